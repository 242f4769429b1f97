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
package io.github.camelpostal.internal.send;

import java.util.List;

import io.github.camelpostal.api.Delivery;
import io.github.camelpostal.api.PostalClient;
import io.github.camelpostal.api.PostalException;
import io.github.camelpostal.internal.reason.ReasonClassifier;

/** Reads the attempts to deliver a message, with the reasons that the user's rules find. */
public final class DeliveryAttempts {

    private final PostalClient client;
    private final ReasonClassifier reasons;

    /** @param reasons says why attempts failed */
    public DeliveryAttempts(PostalClient client, ReasonClassifier reasons) {
        this.client = client;
        this.reasons = reasons;
    }

    /** Oldest first; empty before the first. */
    public List<Delivery> of(long id) throws PostalException {
        List<Delivery> attempts = client.deliveries(id);
        // the client knows the component's own rules only
        return reasons == ReasonClassifier.standard() ? attempts : attempts.stream().map(this::withReason).toList();
    }

    private Delivery withReason(Delivery attempt) {
        return new Delivery(attempt.id(), attempt.status(), attempt.details(), attempt.output(), attempt.sentWithSsl(),
                attempt.logId(), attempt.time(), attempt.timestamp(),
                reasons.classify(attempt.status(), attempt.details(), attempt.output()));
    }
}
