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
package io.github.camelpostal.sandbox.internal.delivery;

import java.util.Optional;

import io.github.camelpostal.sandbox.internal.store.Delivery.Attempt;
import org.jspecify.annotations.Nullable;

/**
 * What one worker remembers while it works through messages for the same place: after the first one that could not get there,
 * the others are not even tried (protocol 4.6, 2.14).
 */
final class DeliveryBatch {
    private @Nullable Attempt failure;

    /** What the rest of the batch gets without an attempt. */
    Optional<Attempt> shortCircuit() {
        return Optional.ofNullable(failure);
    }

    /** The destination is unreachable. */
    void giveUp(Attempt sameForAll) {
        failure = sameForAll;
    }
}
