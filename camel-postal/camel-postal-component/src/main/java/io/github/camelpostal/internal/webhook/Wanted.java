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
import io.github.camelpostal.payload.Posted;

/** Knows which kinds, events and directions the route is there for. */
final class Wanted {

    private final AcceptedKinds accept;
    private final Set<String> events;
    private final EventDirection direction;
    private final Notices notices;

    Wanted(AcceptedKinds accept, Set<String> events, EventDirection direction, Notices notices) {
        this.accept = accept;
        this.events = events;
        this.direction = direction;
        this.notices = notices;
    }

    /**
     * @throws Answered if the route is not to see it
     */
    void check(Understood understood) throws Answered {
        if (understood instanceof Understood.AsPosted known) {
            check(known.posted());
        }
    }

    private void check(Posted posted) throws Answered {
        if (posted instanceof InboundMail) {
            require(accept != AcceptedKinds.EVENTS, "it is a mail, and accept=events. One of Postal's routes has this URL as"
                    + " its HTTP endpoint: give it the URL of a consumer that takes mail");
        } else if (posted instanceof PostalEvent event) {
            require(accept != AcceptedKinds.MAIL, "it is an event, and accept=mail. One of Postal's webhooks has this URL:"
                    + " give it the URL of a consumer that takes events");
            if (!isWanted(event)) {
                throw new Answered(Answer.NOT_WANTED);
            }
        }
    }

    private boolean isWanted(PostalEvent event) {
        return (events.isEmpty() || events.contains(event.event())) && hasWantedDirection(event);
    }

    private boolean hasWantedDirection(PostalEvent event) {
        if (direction == EventDirection.ALL || !(event instanceof MessageEvent about)) {
            return true;
        }
        return (about.message().direction() == Direction.OUTGOING) == (direction == EventDirection.OUTGOING);
    }

    private void require(boolean kindIsAccepted, String otherwise) throws Answered {
        if (!kindIsAccepted) {
            notices.refused(Answer.WRONG_KIND, otherwise);
            throw new Answered(Answer.WRONG_KIND);
        }
    }
}
