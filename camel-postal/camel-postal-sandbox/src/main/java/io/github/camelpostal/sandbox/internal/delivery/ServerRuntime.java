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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.github.camelpostal.sandbox.internal.store.Arrival;
import io.github.camelpostal.sandbox.internal.store.ChangeNotifier;
import io.github.camelpostal.sandbox.internal.store.Direction;
import io.github.camelpostal.sandbox.internal.store.Installation.Destination;
import io.github.camelpostal.sandbox.internal.store.Journal;
import io.github.camelpostal.sandbox.internal.store.MailServer;
import io.github.camelpostal.sandbox.internal.store.Message;
import io.github.camelpostal.sandbox.internal.store.MessageStore;
import io.github.camelpostal.sandbox.internal.store.RandomText;
import io.github.camelpostal.sandbox.internal.store.Status;
import io.github.camelpostal.sandbox.internal.store.TrackedLinks;
import io.github.camelpostal.sandbox.internal.webhook.DkimSigner;
import io.github.camelpostal.sandbox.internal.webhook.Event;
import io.github.camelpostal.sandbox.internal.webhook.ExchangeLog;
import io.github.camelpostal.sandbox.internal.webhook.HttpPoster;
import org.jspecify.annotations.Nullable;

/** One mail server at work: its messages, its webhook requests, and what a person may do to a message in Postal's web interface. */
public final class ServerRuntime {
    private static final Duration EVENTS_TIMEOUT = Duration.ofSeconds(5);
    /** Who clicks and opens where a test or the page says that somebody did. */
    private static final String PERSON_ADDRESS = "192.0.2.1";
    private static final String PERSON_AGENT = "Mozilla/5.0 (Postal sandbox)";

    private final MailServer server;
    private final MessageStore store;
    private final ExchangeLog log;
    private final EventSender events;
    private final OutcomeRules outcomes = new OutcomeRules();
    private final SpamScores spamScores = new SpamScores();
    private final WebhookFaultPlan faults = new WebhookFaultPlan();
    private final MessageFaultPlan messageFaults = new MessageFaultPlan();
    private final MailIntake intake;
    private final SharedServices shared;
    private final DeliveryLog deliveryLog;
    private final MailQueue queue;

    /** What all servers of the installation share. */
    record SharedServices(Scheduler scheduler, HttpPoster poster, DkimSigner dkim, ChangeNotifier changes, RandomText texts,
            Journal journal,
            MailRouter router, WorkerMetrics metrics) {
    }

    ServerRuntime(MailServer server, SharedServices shared) {
        Scheduler scheduler = shared.scheduler();
        RandomText texts = shared.texts();
        this.server = server;
        this.shared = shared;
        this.store = new MessageStore(scheduler.clock(), texts, shared.changes(), server.permalink(), shared.journal());
        this.log = new ExchangeLog(shared.changes());
        WebhookSender webhookSender = new WebhookSender(shared.poster(), log, faults);
        this.events = new EventSender(server, shared.metrics().measuring(WorkerMetrics.Job.EVENTS, scheduler), webhookSender);
        this.intake = new MailIntake(server, store, scheduler);
        this.deliveryLog = new DeliveryLog(store, events, scheduler);
        RemoteMailServer remoteMailServer = new RemoteMailServer(server, deliveryLog, outcomes, shared.router(), scheduler,
                texts);
        OutgoingDelivery outgoing = new OutgoingDelivery(server, store, deliveryLog, spamScores, new SendLimit(server, events),
                new MailPreparation(server, store, shared.dkim(), scheduler, texts), remoteMailServer, scheduler);
        SenderBounce senderBounce = new SenderBounce(server, store, deliveryLog, scheduler, this::queue);
        IncomingDelivery incoming = new IncomingDelivery(server, store, deliveryLog, events, spamScores, senderBounce,
                new EndpointDelivery(deliveryLog, senderBounce, webhookSender, texts));
        this.queue = new MailQueue(server, store, shared.metrics().measuring(WorkerMetrics.Job.MAIL, scheduler),
                new Worker(server, deliveryLog, outgoing, incoming), webhookSender, shared.metrics());
    }

    public MailServer server() {
        return server;
    }

    public MessageStore store() {
        return store;
    }

    /** What was sent to receivers of this server, mail and events. */
    public ExchangeLog log() {
        return log;
    }

    public EventSender events() {
        return events;
    }

    /** What becomes of outgoing mail. */
    public OutcomeRules outcomes() {
        return outcomes;
    }

    public SpamScores spamScores() {
        return spamScores;
    }

    /** What goes wrong on the way to a receiver. */
    public WebhookFaultPlan webhookFaults() {
        return faults;
    }

    /** What goes wrong when a call stores its messages. */
    public MessageFaultPlan messageFaults() {
        return messageFaults;
    }

    /**
     * What one recipient of a call has led to.
     *
     * @param named  the message whose id and token the response tells
     * @param queued those that are to be queued
     */
    public record Submission(Message named, List<Message> queued) {
    }

    /** An API call hands over one message for one recipient; queue it with {@link #beforeResponse} and {@link #afterResponse}. */
    public Submission submit(Arrival arrival) {
        store.skipIds(messageFaults.takeIdsToSkip());
        List<Message> queued = new ArrayList<>();
        Message named = store.add(arrival);
        if (!messageFaults.takePending()) {
            queued.add(named);
        }
        if (messageFaults.takeTwice()) {
            named = store.add(arrival);
            queued.add(named);
        }
        if (messageFaults.copiesBackIn()) {
            Message copy = store.add(arrival.asCopyThatComesBackIn());
            deliveryLog.decided(copy, Status.PROCESSED, "Accepted; the route sends it nowhere.");
        }
        for (int i = 0; i < messageFaults.rowsOfOthers(); i++) {
            queued.add(store.add(ofAnotherSender()));
        }
        return new Submission(named, queued);
    }

    private Arrival ofAnotherSender() {
        String name = shared.texts().token();
        String messageId = name + "@elsewhere.example";
        String rcptTo = name.toLowerCase(Locale.ROOT) + "@elsewhere.example";
        byte[] raw = ("From: other@elsewhere.example\r\nTo: " + rcptTo + "\r\nMessage-ID: <" + messageId
                + ">\r\nSubject: Of another sender\r\n\r\n.\r\n").getBytes(StandardCharsets.US_ASCII);
        return new Arrival(Direction.OUTGOING, "other@elsewhere.example", rcptTo, "Of another sender", messageId, null, false,
                0,
                true, false, raw);
    }

    private void queue(Message message) {
        queue.add(message);
    }

    /**
     * An API call has stored these messages and is about to get its response. Usually they are queued after the response, so that
     * no webhook request precedes it. In virtual time they are queued before: nothing happens until time passes, and then nothing
     * may be missing.
     */
    public void beforeResponse(List<Message> messages) {
        if (queuesBeforeResponse()) {
            messages.forEach(this::queue);
        }
        if (faults.putsEventsBeforeResponse()) {
            shared.changes().await(() -> Optional.of(messages)
                    .filter(all -> all.stream().allMatch(message -> hasEvents(message.id()))), EVENTS_TIMEOUT);
        }
    }

    /** The response was sent, or the client has gone. */
    public void afterResponse(List<Message> messages) {
        if (!queuesBeforeResponse()) {
            messages.forEach(this::queue);
        }
    }

    private boolean queuesBeforeResponse() {
        return shared.scheduler().isVirtual() || faults.putsEventsBeforeResponse();
    }

    /** Whether everything that follows from the first attempt at this message can be seen: its status and its event's request. */
    private boolean hasEvents(long id) {
        boolean webhooks = server.webhooks().stream().anyMatch(webhook -> webhook.events().isEmpty());
        return find(id).status() != Status.PENDING && (!webhooks || !log.about(id).isEmpty());
    }

    /**
     * A client that has logged in by SMTP hands over mail: stores one message for each recipient and queues them. Whether the
     * sender is allowed is asked before, with {@link MailServer#maySend}.
     */
    public List<Message> submit(SmtpTransaction transfer, MailServer.Credential credential, List<String> rcptTo,
            byte[] rfc5322) {
        List<Message> messages = intake.fromClient(transfer, credential, rcptTo, rfc5322);
        messages.forEach(queue::add);
        return messages;
    }

    /** Mail from outside: stores one message for each endpoint of the route and queues them. */
    List<Message> receive(SmtpTransaction transfer, Destination destination, byte[] rfc5322) {
        List<Message> messages = intake.fromOutside(transfer, destination, rfc5322);
        messages.forEach(queue::add);
        return messages;
    }

    /**
     * A person releases a held message: it is attempted again, past most holds (protocol 2.14).
     *
     * @throws IllegalStateException when it is not held
     */
    public void release(long id) {
        queue.add(held(id), 1, true, Duration.ZERO);
    }

    /**
     * A person ends a hold without a delivery: {@code HoldCancelled}.
     *
     * @throws IllegalStateException when it is not held
     */
    public void cancelHold(long id) {
        deliveryLog.cancelHold(held(id));
    }

    /** A person asks for an attempt now: of a waiting message, or once more of any other, whatever its status is. */
    public void retryNow(long id) {
        Message message = find(id);
        if (!queue.hurry(message)) {
            queue.add(message, 1, true, Duration.ZERO);
        }
    }

    /**
     * Somebody follows a link of this message: fires {@code MessageLinkClicked}.
     *
     * @throws IllegalArgumentException if there is no such message
     */
    public void click(long id, String url) {
        String token = server.trackedLinks().find(id, url).map(TrackedLinks.Link::token).orElseGet(shared.texts()::token);
        click(find(id), new TrackedLinks.Link(token, id, url), PERSON_ADDRESS, PERSON_AGENT);
    }

    /**
     * A tracked link was requested; ignored when its message is gone (protocol 3.2).
     *
     * @param userAgent null without one
     */
    public void followLink(TrackedLinks.Link link, String ipAddress, @Nullable String userAgent) {
        store.find(link.messageId()).ifPresent(message -> click(message, link, ipAddress, userAgent));
    }

    private void click(Message message, TrackedLinks.Link link, String ipAddress, @Nullable String userAgent) {
        Message.Visit click = new Message.Visit(link.url(), ipAddress, userAgent, shared.scheduler().now());
        events.fire(Event.linkClicked(store.record(message.id(), click), click, link.token()));
    }

    /**
     * Somebody opens this message: fires {@code MessageLoaded}.
     *
     * @throws IllegalArgumentException if there is no such message
     */
    public void open(long id) {
        open(find(id), PERSON_ADDRESS, PERSON_AGENT);
    }

    /**
     * The tracking pixel of the message with this token was requested; there need not be such a message.
     *
     * @param userAgent null without one
     */
    public void loadPixel(String messageToken, String ipAddress, @Nullable String userAgent) {
        store.findByToken(messageToken).ifPresent(message -> open(message, ipAddress, userAgent));
    }

    private void open(Message message, String ipAddress, @Nullable String userAgent) {
        Message.Visit load = new Message.Visit(null, ipAddress, userAgent, shared.scheduler().now());
        events.fire(Event.loaded(store.record(message.id(), load), load));
    }

    /** Forgets all messages and all exchanges; ids are not given again. */
    public void deleteAll() {
        store.purge(1, Long.MAX_VALUE);
        log.clear();
    }

    void resume() {
        store.stream().forEach(message -> {
            switch (message.status()) {
                case PENDING -> queue.add(message);
                case SOFT_FAIL, ERROR -> queue.resume(message);
                case HELD -> deliveryLog.expire(message);
                case SENT, HARD_FAIL, HOLD_CANCELLED, BOUNCED, PROCESSED -> {
                    // nothing more is to come
                }
            }
        });
    }

    /** When this message is attempted next; empty when nothing more is planned. */
    public Optional<Instant> nextAttempt(long id) {
        return queue.due(id);
    }

    private Message held(long id) {
        Message message = find(id);
        if (message.status() != Status.HELD) {
            throw new IllegalStateException("Message " + id + " is not held: it is " + message.status().text());
        }
        return message;
    }

    private Message find(long id) {
        return store.find(id).orElseThrow(() -> new IllegalArgumentException("There is no message " + id));
    }
}
