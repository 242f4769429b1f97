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
package io.github.camelpostal.sandbox.delivery;

import java.util.random.RandomGenerator;

import io.github.camelpostal.sandbox.outbound.PostLog;
import io.github.camelpostal.sandbox.outbound.Poster;
import io.github.camelpostal.sandbox.store.Delivery;
import io.github.camelpostal.sandbox.store.MailServer;
import io.github.camelpostal.sandbox.store.Message;
import io.github.camelpostal.sandbox.store.MessageStore;
import io.github.camelpostal.sandbox.store.RandomText;
import io.github.camelpostal.sandbox.store.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue of both directions: takes accepted messages, has each attempted, and tries again by Postal's clock (contract 4.7).
 * Nothing happens on the caller's thread: a send is answered before its outcome exists.
 */
public final class MailQueue {
    private static final Logger LOG = LoggerFactory.getLogger(MailQueue.class);

    private final MessageStore store;
    private final Agenda agenda;
    private final Arrivals arrivals;
    private final Outgoing outgoing;
    private final Incoming incoming;

    public MailQueue(MailServer server, MessageStore store, Agenda agenda, Events events, Poster poster, PostLog log,
            RandomGenerator random) {
        this.store = store;
        this.agenda = agenda;
        RandomText texts = new RandomText(random);
        History history = new History(store, events);
        this.arrivals = new Arrivals(server, store, agenda);
        this.outgoing = new Outgoing(server, store, history, arrivals, agenda, texts);
        this.incoming = new Incoming(server, store, history, events, poster, log, agenda, texts);
    }

    /**
     * Mail from outside has come over SMTP: stores it and queues it.
     *
     * @param mailFrom null for the null sender
     */
    public Message receive(String mailFrom, String rcptTo, byte[] rfc5322) {
        Message message = arrivals.accept(mailFrom, rcptTo, rfc5322);
        add(message);
        return message;
    }

    /** Queues a stored message for its first attempt. */
    public void add(Message message) {
        agenda.soon(() -> attempt(message.id(), 1));
    }

    private void attempt(long id, int attempt) {
        Next next = next(store.find(id).orElseThrow(), attempt);
        LOG.debug("Message {}: attempt {}{}", id, attempt, next.retry() ? " failed, will be repeated" : " was the last");
        next.newMail().forEach(this::add);
        if (next.retry()) {
            agenda.after(RetrySchedule.afterMailAttempt(attempt), () -> attempt(id, attempt + 1));
        }
    }

    /** An exception of our own is treated like one of Postal's: {@code Error}, no event, tried again (contract 2.11). */
    private Next next(Message message, int attempt) {
        try {
            return switch (message.direction()) {
                case OUTGOING -> outgoing.attempt(message, attempt);
                case INCOMING -> incoming.attempt(message, attempt);
            };
        } catch (RuntimeException e) {
            LOG.error("Message {}: the sandbox itself failed", message.id(), e);
            store.record(message.id(), Delivery.Attempt.decided(Status.ERROR, "An internal error; will be tried again."));
            return Next.RETRY;
        }
    }
}
