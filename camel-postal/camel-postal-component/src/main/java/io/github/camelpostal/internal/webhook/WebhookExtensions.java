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

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.camelpostal.payload.PostalPayload;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What other parts of the component do with received events and mail, besides the route.
 *
 * @param observers    asked in this order
 * @param contributors in this order; a later one overwrites
 * @param register     what the mail server has stored; null where nobody asks it
 * @param reasons      why mails failed
 */
public record WebhookExtensions(List<PayloadObserver> observers, List<HeaderContributor> contributors,
        @Nullable MessageRegister register, ReasonLookup reasons) {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookExtensions.class);

    public static WebhookExtensions none() {
        return new WebhookExtensions(List.of(), List.of(), null, ReasonLookup.ofEvents());
    }

    /** Completes, never with a failure, when the rest may go on. */
    CompletionStage<?> prepare(DecodedRequest decoded) {
        return decoded instanceof DecodedRequest.Payload known
                ? reasons.prepare(known.payload())
                : CompletableFuture.completedFuture(null);
    }

    /** @throws EarlyResponse if one of the observers refuses the request */
    void observe(DecodedRequest decoded) throws EarlyResponse {
        if (decoded instanceof DecodedRequest.Payload known) {
            for (PayloadObserver observer : observers) {
                try {
                    observer.observe(known.payload());
                } catch (RuntimeException e) {
                    LOG.error("{} failed for {}; the route runs all the same", observer, decoded.dedupKey(), e);
                }
            }
        }
    }

    /** @throws EarlyResponse if the route must not run */
    void contribute(PostalPayload payload, Map<String, Object> headers) throws EarlyResponse {
        for (HeaderContributor contributor : contributors) {
            try {
                contributor.contribute(payload, headers);
            } catch (RuntimeException e) {
                LOG.error("{} failed for {}; the route runs without its headers", contributor, payload.dedupKey(), e);
            }
        }
    }
}
