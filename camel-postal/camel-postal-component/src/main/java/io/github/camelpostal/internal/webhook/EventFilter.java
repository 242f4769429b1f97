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

import java.util.Set;

import io.github.camelpostal.AcceptedKinds;
import io.github.camelpostal.EventDirection;
import io.github.camelpostal.payload.Direction;
import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.payload.MessageEvent;
import io.github.camelpostal.payload.PostalEvent;
import io.github.camelpostal.payload.PostalPayload;

/** Lets only the kinds, events and directions pass that the route is for. */
final class EventFilter {

    private final AcceptedKinds accept;
    private final Set<String> events;
    private final EventDirection direction;
    private final RateLimitedLog log;

    EventFilter(AcceptedKinds accept, Set<String> events, EventDirection direction, RateLimitedLog log) {
        this.accept = accept;
        this.events = events;
        this.direction = direction;
        this.log = log;
    }

    /**
     * @throws EarlyResponse if the route is not to see it
     */
    void check(DecodedRequest decoded) throws EarlyResponse {
        if (decoded instanceof DecodedRequest.Payload known) {
            check(known.payload());
        }
    }

    private void check(PostalPayload payload) throws EarlyResponse {
        if (payload instanceof InboundMail) {
            require(accept != AcceptedKinds.EVENTS, "it is a mail, and accept=events. One of Postal's routes has this URL as"
                    + " its HTTP endpoint: give it the URL of a consumer that takes mail");
        } else if (payload instanceof PostalEvent event) {
            require(accept != AcceptedKinds.MAIL, "it is an event, and accept=mail. One of Postal's webhooks has this URL:"
                    + " give it the URL of a consumer that takes events");
            if (!passes(event)) {
                throw new EarlyResponse(WebhookResponse.NOT_WANTED);
            }
        }
    }

    private boolean passes(PostalEvent event) {
        return (events.isEmpty() || events.contains(event.event())) && hasDirection(event);
    }

    private boolean hasDirection(PostalEvent event) {
        if (direction == EventDirection.ALL || !(event instanceof MessageEvent about)) {
            return true;
        }
        return (about.message().direction() == Direction.OUTGOING) == (direction == EventDirection.OUTGOING);
    }

    private void require(boolean kindIsAccepted, String otherwise) throws EarlyResponse {
        if (!kindIsAccepted) {
            log.refused(WebhookResponse.WRONG_KIND, otherwise);
            throw new EarlyResponse(WebhookResponse.WRONG_KIND);
        }
    }
}
