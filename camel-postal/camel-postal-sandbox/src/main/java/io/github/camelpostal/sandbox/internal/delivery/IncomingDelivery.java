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

import java.util.List;
import java.util.Optional;

import io.github.camelpostal.sandbox.HttpEndpoint;
import io.github.camelpostal.sandbox.Route;
import io.github.camelpostal.sandbox.internal.format.RawMail;
import io.github.camelpostal.sandbox.internal.store.Delivery.Attempt;
import io.github.camelpostal.sandbox.internal.store.MailServer;
import io.github.camelpostal.sandbox.internal.store.Message;
import io.github.camelpostal.sandbox.internal.store.MessageStore;
import io.github.camelpostal.sandbox.internal.store.Status;
import io.github.camelpostal.sandbox.internal.webhook.Event;

/**
 * One attempt at inbound mail: Postal's checks in Postal's order, then what the route says (protocol 4.1). What comes before
 * the checks of this direction is done for both in {@link Worker}.
 */
final class IncomingDelivery {
    private final MailServer server;
    private final MessageStore store;
    private final DeliveryLog deliveryLog;
    private final EventSender events;
    private final SpamScores spamScores;
    private final SenderBounce senderBounce;
    private final EndpointDelivery endpointPost;

    IncomingDelivery(MailServer server, MessageStore store, DeliveryLog deliveryLog, EventSender events, SpamScores spamScores,
            SenderBounce senderBounce, EndpointDelivery endpointPost) {
        this.server = server;
        this.store = store;
        this.deliveryLog = deliveryLog;
        this.events = events;
        this.spamScores = spamScores;
        this.senderBounce = senderBounce;
        this.endpointPost = endpointPost;
    }

    AttemptResult attempt(DeliveryTask work) {
        Message queued = work.message();
        if (queued.arrival().bounceForId() > 0) {
            return matchedBounce(queued);
        }
        Optional<Route> route = server.routeFor(queued.arrival().recipient());
        if (queued.arrival().bounce() && route.isEmpty()) {
            return deliveryLog.decided(queued, Status.HARD_FAIL,
                    "A bounce for no known message, and there is no route for such.");
        }
        Message message = inspected(queued);
        if (message.state().inspection().score() >= server.settings().spamFailureThreshold()) {
            return deliveryLog.decided(message, Status.HARD_FAIL, "The spam score is over the limit of this mail server: "
                    + server.settings().spamFailureThreshold());
        }
        if (server.settings().isDevelopment() && !work.manual()) {
            return deliveryLog.decided(message, Status.HELD, "The mail server is in development mode.");
        }
        if (route.isEmpty()) {
            return deliveryLog.decided(message, Status.HARD_FAIL, "There is no route for this address.");
        }
        return afterSpamMode(work.with(message), route.get());
    }

    /** The pick-up after the last attempt (protocol 4.7). */
    AttemptResult giveUp(Message message) {
        return senderBounce.hardFail(message, "Given up after " + RetrySchedule.MAIL_ATTEMPTS + " attempts", null, null);
    }

    private AttemptResult matchedBounce(Message bounce) {
        Message original = store.find(bounce.arrival().bounceForId()).orElseThrow();
        deliveryLog.write(bounce, Attempt.decided(Status.PROCESSED, "A bounce for <msg:" + original.id() + ">."));
        Message bounced = deliveryLog.write(original, Attempt.decided(Status.BOUNCED,
                "A bounce has come back for this message: <msg:" + bounce.id() + ">."));
        events.fire(Event.bounced(bounced, bounce));
        return AttemptResult.DONE;
    }

    /** Always, and without a scanner with score 0; the headers go before everything (protocol 3.1). */
    private Message inspected(Message message) {
        if (message.state().inspected()) {
            return message;
        }
        SpamScores.Look look = spamScores.at(message, server.settings());
        return store.update(message.id(), state -> state
                .withRaw(RawMail.prepend(look.headerLines(), state.raw())).withInspection(look.inspection()));
    }

    private AttemptResult afterSpamMode(DeliveryTask work, Route route) {
        Message message = work.message();
        if (message.state().inspection().spam()) {
            if (route.spamMode() == Route.SpamMode.QUARANTINE && !work.manual()) {
                return deliveryLog.decided(message, Status.HELD, "The message is in quarantine: it is spam.");
            }
            if (route.spamMode() == Route.SpamMode.FAIL) {
                return deliveryLog.decided(message, Status.HARD_FAIL, "The message is spam, and the route fails spam.");
            }
        }
        return switch (route.mode()) {
            case ACCEPT -> deliveryLog.decided(message, Status.PROCESSED, "Accepted; the route sends it nowhere.");
            case HOLD -> work.manual()
                    ? deliveryLog.decided(message, Status.PROCESSED, "Accepted after a hold; the route sends it nowhere.")
                    : deliveryLog.decided(message, Status.HELD, "The route holds all mail.");
            case BOUNCE, REJECT -> senderBounce.becauseTheRouteAsks(message);
            case ENDPOINT -> post(work, route.endpoints());
        };
    }

    private AttemptResult post(DeliveryTask work, List<HttpEndpoint> endpoints) {
        int wanted = work.message().arrival().endpoint();
        return wanted < endpoints.size()
                ? endpointPost.attempt(work, endpoints.get(wanted))
                : deliveryLog.decided(work.message(), Status.HARD_FAIL, "The route has no such endpoint any more.");
    }
}
