/*
 * Copyright 2026 the camel-postal contributors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.github.camelpostal.internal.webhook;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.camelpostal.payload.DeliveryEvent;
import io.github.camelpostal.payload.FailureReason;
import io.github.camelpostal.payload.PostalPayload;

/** Why a mail failed, also where its event only says that Postal has given up. */
public interface ReasonLookup {

    /** Completes, never with a failure, when {@link #of} knows as much as the route waits for. */
    CompletionStage<?> prepare(PostalPayload payload);

    /** The reason as far as it is known now; empty where {@link DeliveryEvent#reason()} is. */
    Optional<FailureReason> of(DeliveryEvent event);

    /** Knows what the event itself says. */
    static ReasonLookup ofEvents() {
        return new ReasonLookup() {
            @Override
            public CompletionStage<?> prepare(PostalPayload payload) {
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public Optional<FailureReason> of(DeliveryEvent event) {
                return event.reason();
            }
        };
    }
}
