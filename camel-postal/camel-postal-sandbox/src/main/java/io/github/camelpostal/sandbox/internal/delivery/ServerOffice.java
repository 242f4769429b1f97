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

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.github.camelpostal.sandbox.internal.store.Changes;
import io.github.camelpostal.sandbox.internal.store.Installation.Destination;
import io.github.camelpostal.sandbox.internal.store.Journal;
import io.github.camelpostal.sandbox.internal.store.MailServer;
import io.github.camelpostal.sandbox.internal.store.Message;
import io.github.camelpostal.sandbox.internal.store.MessageStore;
import io.github.camelpostal.sandbox.internal.store.RandomText;
import io.github.camelpostal.sandbox.internal.store.Status;
import io.github.camelpostal.sandbox.internal.webhook.DkimSigner;
import io.github.camelpostal.sandbox.internal.webhook.PostLog;
import io.github.camelpostal.sandbox.internal.webhook.Poster;

/** One mail server at work: its messages, its posts, and what a person may do to a message in Postal's web interface. */
public final class ServerOffice {
    private final MailServer server;
    private final MessageStore store;
    private final PostLog log;
    private final Events events;
    private final Outcomes outcomes = new Outcomes();
    private final SpamScores spamScores = new SpamScores();
    private final PostFaults faults = new PostFaults();
    private final Arrivals arrivals;
    private final History history;
    private final MailQueue queue;

    /** What all servers of the installation share. */
    record Shared(Agenda agenda, Poster poster, DkimSigner dkim, Changes changes, RandomText texts, Journal journal,
            Transmission.Inbound inbound, WorkerMetrics metrics) {
    }

    ServerOffice(MailServer server, Shared shared) {
        Agenda agenda = shared.agenda();
        RandomText texts = shared.texts();
        this.server = server;
        this.store = new MessageStore(agenda.clock(), texts, shared.changes(), server.permalink(), shared.journal());
        this.log = new PostLog(shared.changes());
        Postman postman = new Postman(shared.poster(), log, faults);
        this.events = new Events(server, shared.metrics().measuring(WorkerMetrics.Job.EVENTS, agenda), postman);
        this.arrivals = new Arrivals(server, store, agenda);
        this.history = new History(store, events, agenda);
        Transmission transmission = new Transmission(server, history, outcomes, shared.inbound(), agenda, texts);
        Outgoing outgoing = new Outgoing(server, store, history, spamScores, new SendLimit(server, events),
                new Preparation(server, store, shared.dkim(), agenda, texts), transmission, agenda);
        SenderBounce senderBounce = new SenderBounce(server, store, history, agenda, this::queue);
        Incoming incoming = new Incoming(server, store, history, events, spamScores, senderBounce,
                new EndpointPost(history, senderBounce, postman, texts));
        this.queue = new MailQueue(server, store, shared.metrics().measuring(WorkerMetrics.Job.MAIL, agenda),
                new Worker(server, history, outgoing, incoming), postman, shared.metrics());
    }

    public MailServer server() {
        return server;
    }

    public MessageStore store() {
        return store;
    }

    /** What was posted for this server, mail and events. */
    public PostLog log() {
        return log;
    }

    public Events events() {
        return events;
    }

    /** What becomes of outgoing mail. */
    public Outcomes outcomes() {
        return outcomes;
    }

    public SpamScores spamScores() {
        return spamScores;
    }

    /** What goes wrong on the way to a receiver. */
    public PostFaults faults() {
        return faults;
    }

    /** Whether everything that follows from the first attempt at this message can be seen: its status, and the post of its event. */
    public boolean isTold(long id) {
        boolean webhooks = server.webhooks().stream().anyMatch(webhook -> webhook.events().isEmpty());
        return find(id).status() != Status.PENDING && (!webhooks || !log.about(id).isEmpty());
    }

    /** Queues a message that was stored by other means, such as an API call. */
    public void queue(Message message) {
        queue.add(message);
    }

    /**
     * A client that has logged in by SMTP hands over mail: stores one message for each recipient and queues them. Whether the
     * sender is allowed is asked before, with {@link MailServer#maySend}.
     */
    public List<Message> submit(Transfer transfer, MailServer.Credential credential, List<String> rcptTo, byte[] rfc5322) {
        List<Message> messages = arrivals.fromClient(transfer, credential, rcptTo, rfc5322);
        messages.forEach(queue::add);
        return messages;
    }

    /** Mail from outside: stores one message for each endpoint of the route and queues them. */
    List<Message> receive(Transfer transfer, Destination destination, byte[] rfc5322) {
        List<Message> messages = arrivals.fromOutside(transfer, destination, rfc5322);
        messages.forEach(queue::add);
        return messages;
    }

    /**
     * A person releases a held message: it is attempted again, past most holds (contract 2.14).
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
        history.cancelHold(held(id));
    }

    /** A person asks for an attempt now: of a waiting message, or once more of any other, whatever its status is. */
    public void retryNow(long id) {
        Message message = find(id);
        if (!queue.hurry(message)) {
            queue.add(message, 1, true, Duration.ZERO);
        }
    }

    void resume() {
        store.stream().forEach(message -> {
            switch (message.status()) {
                case PENDING -> queue.add(message);
                case SOFT_FAIL, ERROR -> queue.resume(message);
                case HELD -> history.expire(message);
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
