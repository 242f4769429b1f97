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

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

import io.github.camelpostal.internal.mime.MailReportReader;
import io.github.camelpostal.internal.reason.ReasonClassifier;
import io.github.camelpostal.internal.suppression.ListFailure;
import io.github.camelpostal.internal.suppression.ReportedEvents;
import io.github.camelpostal.internal.suppression.UnsubscribeTokens;
import io.github.camelpostal.payload.BounceEvent;
import io.github.camelpostal.payload.Content;
import io.github.camelpostal.payload.DeliveryEvent;
import io.github.camelpostal.payload.Direction;
import io.github.camelpostal.payload.FailureReason;
import io.github.camelpostal.payload.FailureReason.Category;
import io.github.camelpostal.payload.FailureReason.Side;
import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.payload.MessageInfo;
import io.github.camelpostal.payload.Outcome;
import io.github.camelpostal.payload.PostalPayload;
import io.github.camelpostal.suppression.PostalSuppressionList;
import io.github.camelpostal.suppression.RecipientEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the suppression list what happens to outgoing mails, whether the route wants the events or not. Never stops a request:
 * Postal would send it again for a list that is away, and the route would lose mail over it.
 */
public final class RecipientObserver implements PayloadObserver {

    private static final Logger LOG = LoggerFactory.getLogger(RecipientObserver.class);

    /** Complaints quote a mail, some of them all of it; what is larger than this is not read. */
    private static final int LONGEST_REPORT = 8 * 1024 * 1024;

    private final PostalSuppressionList list;
    private final Optional<UnsubscribeTokens> tokens;
    private final Consumer<BounceEvent> bounces;
    private final BiPredicate<String, String> sentOnlyTo;
    private final ReasonLookup reasons;
    private final ReasonClassifier bounceReasons;
    private final WebhookCounters counters;
    private final Clock clock;

    /**
     * @param tokens  without them no complaint is believed
     * @param bounces reads bounces, later, and gives them to {@link #bounced}
     * @param sentOnlyTo whether a Message-ID is ours and proves that its mail went to this address and to nobody else
     * @param reasons    of mails that Postal reports
     * @param bounceReasons of mails that a bounce reports
     */
    public RecipientObserver(PostalSuppressionList list, Optional<UnsubscribeTokens> tokens, Consumer<BounceEvent> bounces,
            BiPredicate<String, String> sentOnlyTo, ReasonLookup reasons, ReasonClassifier bounceReasons,
            WebhookCounters counters, Clock clock) {
        this.list = list;
        this.tokens = tokens;
        this.bounces = bounces;
        this.sentOnlyTo = sentOnlyTo;
        this.reasons = reasons;
        this.bounceReasons = bounceReasons;
        this.counters = counters;
        this.clock = clock;
    }

    @Override
    public void observe(PostalPayload payload) {
        if (payload instanceof DeliveryEvent event) {
            ofDelivery(event);
        } else if (payload instanceof BounceEvent event && event.originalMessage().direction() == Direction.OUTGOING) {
            bounces.accept(event); // the event alone proves nothing: anybody can send a mail that makes Postal fire it
        } else if (payload instanceof InboundMail mail && tokens.isPresent()) {
            ofMail(mail, tokens.get());
        }
    }

    /** What a bounce says that was read. */
    public void bounced(BounceEvent event, byte[] mail) {
        MessageInfo original = event.originalMessage();
        String recipient = original.to();
        if (recipient != null) {
            MailReportReader.read(mail).flatMap(report -> valid(() -> ReportedEvents.bounce(report, original.token(),
                    recipient, event.timestamp(), bounceReasons))).ifPresent(this::tell);
        }
    }

    private void ofDelivery(DeliveryEvent event) {
        MessageInfo message = event.message();
        String recipient = message.to();
        if (message.direction() != Direction.OUTGOING || recipient == null) {
            return;
        }
        Instant at = event.attempted();
        if (event.outcome() == Outcome.DELIVERED) {
            valid(() -> Optional.of(new RecipientEvent.Delivery(recipient, message.token(), at))).ifPresent(this::tell);
        } else if (event.outcome() == Outcome.DEFERRED || event.outcome() == Outcome.FAILED) {
            valid(() -> reasonOf(event).map(reason -> new RecipientEvent.Failure(recipient, message.token(), at,
                    reason.category(), reason.permanent(), event.outcome() == Outcome.FAILED))).ifPresent(this::tell);
        }
    }

    /**
     * Where the last reply is permanent, or about a full mailbox or about us, it counts and not the expiry. One
     * that expired because the other server, or its directory, was away has expired.
     */
    private Optional<FailureReason> reasonOf(DeliveryEvent event) {
        return reasons.of(event).filter(reason -> reason.permanent() || reason.category() == Category.MAILBOX_FULL
                || reason.side() == Side.SENDER || reason.side() == Side.CONTENT).or(event::reason);
    }

    private void ofMail(InboundMail mail, UnsubscribeTokens known) {
        Content message = mail.message();
        String type = message == null ? null : mail.header("Content-Type");
        if (message == null || type == null || !type.strip().toLowerCase(Locale.ROOT).startsWith("multipart/report")) {
            return;
        }
        try (InputStream in = message.open()) {
            byte[] bytes = in.readNBytes(LONGEST_REPORT);
            Instant at = mail.timestamp() == null ? clock.instant() : mail.timestamp();
            MailReportReader.read(bytes)
                    .flatMap(report -> valid(() -> ReportedEvents.complaint(report, at, known, sentOnlyTo)))
                    .ifPresent(this::tell);
        } catch (IOException e) {
            LOG.warn("{} cannot be read for a complaint", mail, e);
        }
    }

    /** Whom Postal sent to need not be an address that a list can hold. */
    private static Optional<RecipientEvent> valid(Events events) {
        try {
            return events.get().map(RecipientEvent.class::cast);
        } catch (IllegalArgumentException e) {
            LOG.debug("A recipient is not an address for the suppression list", e);
            return Optional.empty();
        }
    }

    private void tell(RecipientEvent event) {
        try {
            list.record(event);
        } catch (RuntimeException e) {
            counters.recipientEventLost();
            LOG.error("The suppression list does not learn of a {}: {}", event.getClass().getSimpleName(),
                    ListFailure.text(e));
            LOG.debug("The suppression list failed", e);
        }
    }

    /** Makes an event of what was received. */
    @FunctionalInterface
    private interface Events {

        Optional<? extends RecipientEvent> get();
    }

    @Override
    public String toString() {
        return "The suppression list";
    }
}
