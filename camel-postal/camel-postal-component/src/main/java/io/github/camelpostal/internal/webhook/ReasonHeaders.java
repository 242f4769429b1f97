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

import java.util.Map;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.payload.DeliveryEvent;
import io.github.camelpostal.payload.PostalPayload;

/** Says in headers why a mail was not delivered, so that a route can decide without looking into the event. */
public final class ReasonHeaders implements HeaderContributor {

    private final ReasonLookup reasons;

    public ReasonHeaders(ReasonLookup reasons) {
        this.reasons = reasons;
    }

    @Override
    public void contribute(PostalPayload payload, Map<String, Object> headers) {
        if (payload instanceof DeliveryEvent event) {
            reasons.of(event).ifPresent(reason -> {
                headers.put(PostalConstants.REASON, reason.category().text());
                headers.put(PostalConstants.REASON_SIDE, reason.side().text());
                headers.put(PostalConstants.PERMANENT, reason.permanent());
            });
        }
    }
}
