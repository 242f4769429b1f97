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

import io.github.camelpostal.sandbox.internal.format.PostalMail;
import io.github.camelpostal.sandbox.internal.store.MailServer;
import io.github.camelpostal.sandbox.internal.store.Message;
import io.github.camelpostal.sandbox.internal.store.MessageStore;
import io.github.camelpostal.sandbox.internal.store.Status;
import io.github.camelpostal.sandbox.internal.store.SuppressionList;

/**
 * One attempt at outgoing mail: Postal's checks in Postal's order (protocol 2.14), then an outcome instead of SMTP. What comes
 * before the checks of this direction is done for both in {@link Worker}.
 */
final class OutgoingDelivery {
    private final MailServer server;
    private final MessageStore store;
    private final DeliveryLog deliveryLog;
    private final SpamScores spamScores;
    private final SendLimit sendLimit;
    private final MailPreparation preparation;
    private final RemoteMailServer remoteMailServer;
    private final Scheduler scheduler;

    OutgoingDelivery(MailServer server, MessageStore store, DeliveryLog deliveryLog, SpamScores spamScores, SendLimit sendLimit,
            MailPreparation preparation, RemoteMailServer remoteMailServer, Scheduler scheduler) {
        this.server = server;
        this.store = store;
        this.deliveryLog = deliveryLog;
        this.spamScores = spamScores;
        this.sendLimit = sendLimit;
        this.preparation = preparation;
        this.remoteMailServer = remoteMailServer;
        this.scheduler = scheduler;
    }

    AttemptResult attempt(DeliveryTask work) {
        String rcptTo = work.message().arrival().rcptTo();
        if (rcptTo == null) {
            return deliveryLog.decided(work.message(), Status.HARD_FAIL, "The message has no recipient.");
        }
        Message message = withTagFromHeader(work.message());
        if (message.arrival().heldByCredential() && !work.manual()) {
            return deliveryLog.decided(message, Status.HELD, "The credential holds everything that is sent with it.");
        }
        Optional<SuppressionList.Entry> suppressed = server.suppressionList().find(rcptTo, scheduler.now());
        if (suppressed.isPresent() && !work.manual()) {
            return deliveryLog.decided(message, Status.HELD,
                    "The recipient (" + rcptTo + ") is on the suppression list (reason: " + suppressed.get().reason() + ").");
        }
        message = inspected(message);
        Double threshold = server.settings().outboundSpamThreshold();
        if (threshold != null && message.state().inspection().score() >= threshold) {
            return deliveryLog.decided(message, Status.HARD_FAIL,
                    "The spam score is over the limit for outgoing mail: " + threshold);
        }
        message = preparation.of(message);
        if (!sendLimit.allowsOneMore(scheduler.now())) {
            return deliveryLog.decided(message, Status.HELD, // begins as Postal does, by which receivers tell it from other holds
                    "Message held because send limit (" + server.settings().sendLimit() + ") is reached.");
        }
        if (server.settings().isDevelopment() && !work.manual()) {
            return deliveryLog.decided(message, Status.HELD, "Server is in development mode; nothing is sent.");
        }
        return remoteMailServer.attempt(work.with(message));
    }

    /** The pick-up after the last attempt (protocol 2.14, 4.7). */
    AttemptResult giveUp(Message message) {
        String rcptTo = message.arrival().rcptTo();
        String reason = "too many soft fails";
        boolean added = rcptTo != null && server.suppressionList().add(rcptTo, reason, scheduler.now());
        return deliveryLog.decided(message, Status.HARD_FAIL,
                "Maximum number of delivery attempts (" + RetrySchedule.MAIL_ATTEMPTS
                        + ") reached." + (added ? " The recipient was added to the suppression list (" + reason + ")" : ""));
    }

    /** The last {@code X-Postal-Tag} counts, unless the call gave a tag (protocol 3.1). */
    private Message withTagFromHeader(Message message) {
        String tag = message.state().tag() == null ? PostalMail.of(message.state().raw()).header("x-postal-tag") : null;
        return tag == null ? message : store.update(message.id(), state -> state.withTag(tag));
    }

    /** Only where a limit for outgoing spam is set; no headers are added. */
    private Message inspected(Message message) {
        return server.settings().outboundSpamThreshold() == null || message.state().inspected()
                ? message
                : store.update(message.id(),
                        state -> state.withInspection(spamScores.at(message, server.settings()).inspection()));
    }
}
