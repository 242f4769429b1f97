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

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

import io.github.camelpostal.sandbox.format.RawMail;
import io.github.camelpostal.sandbox.format.ReadMail;
import io.github.camelpostal.sandbox.outbound.Event;
import io.github.camelpostal.sandbox.outbound.InboundBody;
import io.github.camelpostal.sandbox.outbound.PostLog;
import io.github.camelpostal.sandbox.outbound.Posted;
import io.github.camelpostal.sandbox.outbound.Poster;
import io.github.camelpostal.sandbox.store.Delivery.Attempt;
import io.github.camelpostal.sandbox.store.Delivery.Transmission;
import io.github.camelpostal.sandbox.store.HttpEndpoint;
import io.github.camelpostal.sandbox.store.MailServer;
import io.github.camelpostal.sandbox.store.Message;
import io.github.camelpostal.sandbox.store.MessageStore;
import io.github.camelpostal.sandbox.store.RandomText;
import io.github.camelpostal.sandbox.store.Status;

/**
 * One attempt at inbound mail: Postal's checks in Postal's order (contract 4.1), then a post to the route's endpoint, and what
 * the endpoint's answer means for the mail (contract 4.5).
 */
final class Incoming {
    private static final String SPAM_HEADERS = "X-Postal-Spam: no\r\nX-Postal-Spam-Threshold: 5.0\r\n"
            + "X-Postal-Spam-Score: 0\r\nX-Postal-Threat: no\r\n";
    private static final int READ_OF_ANSWER = 500;
    private static final int STORED_OF_ANSWER = 250;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final double NANOS = 1e9;

    private final MailServer server;
    private final MessageStore store;
    private final History history;
    private final Events events;
    private final Poster poster;
    private final PostLog log;
    private final Agenda agenda;
    private final RandomText texts;

    Incoming(MailServer server, MessageStore store, History history, Events events, Poster poster, PostLog log, Agenda agenda,
            RandomText texts) {
        this.server = server;
        this.store = store;
        this.history = history;
        this.events = events;
        this.poster = poster;
        this.log = log;
        this.agenda = agenda;
        this.texts = texts;
    }

    Next attempt(Message queued, int attempt) {
        if (server.isSuspended()) {
            return decided(queued, Status.HELD, "The mail server is suspended.");
        }
        if (attempt > RetrySchedule.MAIL_ATTEMPTS) {
            return hardFail(queued, "Given up after " + RetrySchedule.MAIL_ATTEMPTS + " attempts", null, null);
        }
        if (queued.arrival().bounceForId() > 0) {
            return matchedBounce(queued);
        }
        Optional<HttpEndpoint> endpoint = server.routeFor(queued.arrival().rcptTo()).map(route -> route.endpoints().get(0));
        if (queued.arrival().bounce() && endpoint.isEmpty()) {
            return decided(queued, Status.HARD_FAIL, "A bounce for no known message, and there is no route for such.");
        }
        Message message = inspected(queued);
        return endpoint.isPresent()
                ? post(message, endpoint.get(), attempt)
                : decided(message, Status.HARD_FAIL, "There is no route for this address.");
    }

    private Next matchedBounce(Message bounce) {
        Message original = store.find(bounce.arrival().bounceForId()).orElseThrow();
        history.write(bounce, Attempt.decided(Status.PROCESSED, "A bounce for <msg:" + original.id() + ">."));
        Message bounced = history.write(original, Attempt.decided(Status.BOUNCED,
                "A bounce has come back for this message: <msg:" + bounce.id() + ">."));
        events.fire(Event.bounced(bounced, bounce));
        return Next.DONE;
    }

    /** Always, and without a scanner with score 0; the headers go before everything (contract 3.1). */
    private Message inspected(Message message) {
        return message.state().inspected()
                ? message
                : store.update(message.id(), state -> state
                        .withRaw(RawMail.prepend(SPAM_HEADERS, state.raw())).afterInspection());
    }

    private Next post(Message message, HttpEndpoint endpoint, int attempt) {
        InboundBody body;
        try {
            body = InboundBody.of(message, endpoint);
        } catch (ReadMail.UnreadableException e) {
            return crashed(message, e.getMessage());
        }
        long started = System.nanoTime();
        Posted posted = poster.post(Posted.Order.mail(message.id(), endpoint, body, attempt));
        double seconds = Math.round((System.nanoTime() - started) / NANOS * 100) / 100.0;
        Transmission transmission = new Transmission("https".equals(endpoint.url().getScheme()), texts.logId(), seconds);
        Next next = posted.result() instanceof Posted.Answered answer
                ? answered(message, endpoint.url(), answer, transmission)
                : failed(message, endpoint.url(), (Posted.Failed) posted.result(), transmission);
        log.add(posted);
        return next;
    }

    private Next answered(Message message, URI endpoint, Posted.Answered answer, Transmission transmission) {
        Optional<String> output = storable(answer.body());
        if (output.isEmpty()) {
            return crashed(message, "The answer's body cannot be stored");
        }
        String details = "Received a " + answer.status() + " from " + endpoint;
        int status = answer.status();
        if (answer.isSuccess()) {
            history.write(message, new Attempt(Status.SENT, details, output.get(), transmission));
            return Next.DONE;
        }
        if (status >= 500) {
            history.write(message, new Attempt(Status.SOFT_FAIL, details, output.get(), transmission));
            return Next.RETRY;
        }
        if (status == TOO_MANY_REQUESTS) { // final, and nobody is told
            history.write(message, new Attempt(Status.HARD_FAIL, details, output.get(), transmission));
            return Next.DONE;
        }
        return hardFail(message, details, output.get(), transmission);
    }

    private Next failed(Message message, URI endpoint, Posted.Failed failure, Transmission transmission) {
        if (failure.reason() == Posted.Reason.NOT_HTTP) {
            return crashed(message, failure.message());
        }
        String details = "Received a " + failure.reason().code() + " from " + endpoint;
        history.write(message, new Attempt(Status.SOFT_FAIL, details, failure.message(), transmission));
        return Next.RETRY;
    }

    /** Postal's own exception: no event, but tried again like any failure. */
    private Next crashed(Message message, String output) {
        history.write(message, new Attempt(Status.ERROR, "An internal error; will be tried again.", output, null));
        return Next.RETRY;
    }

    /** The end of inbound mail: its sender gets a bounce, unless there is none or the mail is a bounce itself. */
    private Next hardFail(Message message, String details, String output, Transmission transmission) {
        if (message.arrival().mailFrom() == null || message.arrival().bounce()) {
            history.write(message, new Attempt(Status.HARD_FAIL, details, output, transmission));
            return Next.DONE;
        }
        Message bounce = store.add(Bounces.toSender(message, server.identity(), UUID.randomUUID().toString(), agenda.now()));
        history.write(message, new Attempt(Status.HARD_FAIL,
                details + ". Sent bounce message to sender (see message <msg:" + bounce.id() + ">)", output, transmission));
        return Next.doneAnd(bounce);
    }

    private Next decided(Message message, Status status, String details) {
        history.write(message, Attempt.decided(status, details));
        return Next.DONE;
    }

    /** Trimmed and cut by bytes; empty when that cuts a character in two or it was no UTF-8 (the body hazard, contract 4.5). */
    private static Optional<String> storable(byte[] body) {
        byte[] read = Arrays.copyOf(body, Math.min(READ_OF_ANSWER, body.length));
        byte[] trimmed = new String(read, StandardCharsets.ISO_8859_1).strip().getBytes(StandardCharsets.ISO_8859_1);
        byte[] cut = Arrays.copyOf(trimmed, Math.min(STORED_OF_ANSWER, trimmed.length));
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(cut)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
