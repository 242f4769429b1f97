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
package io.github.camelpostal.sandbox.api;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelpostal.sandbox.store.Arrival;
import io.github.camelpostal.sandbox.store.MailServer;
import io.github.camelpostal.sandbox.store.Message;
import io.github.camelpostal.sandbox.store.MessageStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The four calls of API v1 behind one door: authenticates, reads the parameters, answers, and only then queues what was stored. */
public final class Calls {
    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);
    /** MariaDB's default packet limit; a larger message is an exception in Postal (contract 2.13). */
    private static final int LARGEST_MESSAGE = 16 * 1024 * 1024;

    private final MailServer server;
    private final MessageStore store;
    private final Consumer<Message> queue;
    private final Map<String, Call> calls;

    /** @param queue takes each stored message once its call has been answered */
    public Calls(MailServer server, MessageStore store, Clock clock, Consumer<Message> queue) {
        this.server = server;
        this.store = store;
        this.queue = queue;
        this.calls = Map.of(
                "/api/v1/send/message", new SendMessage(server, clock),
                "/api/v1/send/raw", new SendRaw(server),
                "/api/v1/messages/message", new ReadMessage(store),
                "/api/v1/messages/deliveries", new ReadDeliveries(store));
    }

    /**
     * One HTTP request.
     *
     * @param key         as sent, or null
     * @param contentType as sent, or null
     * @param query       raw, or null
     * @param started     {@link System#nanoTime()} when it came in
     */
    record Request(String path, String key, String contentType, String query, byte[] body, boolean wantsJson, long started) {
    }

    /** An answer, and what is to be done when it has been sent. */
    record Result(Answer answer, Runnable afterwards) {
        static Result of(Answer answer) {
            return new Result(answer, () -> {
            });
        }
    }

    boolean know(String path) {
        return calls.containsKey(path);
    }

    Result answer(Request request) {
        List<Message> stored = new ArrayList<>();
        return new Result(answer(request, arrival -> store(arrival, stored)), () -> stored.forEach(queue));
    }

    private Answer answer(Request request, Call.Mailbox mailbox) {
        try {
            Outcome outcome = outcome(request, mailbox);
            double millis = Math.round((System.nanoTime() - request.started()) / 1e6);
            return Answer.json(outcome.envelope(millis / 1000));
        } catch (Parameters.MalformedException e) {
            return Answer.frame(400, request.wantsJson());
        } catch (CrashException | Arrival.TooLongException e) {
            LOG.debug("{} crashes, as in Postal: {}", request.path(), e.getMessage());
            return Answer.frame(500, request.wantsJson());
        }
    }

    /** Authentication comes before the body is looked at (contract 2.2). */
    private Outcome outcome(Request request, Call.Mailbox mailbox) throws Parameters.MalformedException {
        if (request.key() == null || request.key().isBlank()) {
            return Outcome.error(ErrorCode.ACCESS_DENIED);
        }
        Optional<MailServer.Credential> credential = server.credential(request.key());
        if (credential.isEmpty()) {
            return Outcome.error(ErrorCode.INVALID_SERVER_API_KEY, "token", request.key());
        }
        if (server.isSuspended()) {
            return Outcome.bareError(ErrorCode.SERVER_SUSPENDED);
        }
        ObjectNode parameters = Parameters.read(request.contentType(), request.query(), request.body());
        return calls.get(request.path()).answer(credential.get(), parameters, mailbox);
    }

    private Call.Mailbox.Stored store(Arrival arrival, List<Message> stored) {
        if (arrival.raw().length > LARGEST_MESSAGE) {
            throw new CrashException("The message is larger than a database packet");
        }
        Message message = store.add(arrival);
        stored.add(message);
        return new Call.Mailbox.Stored(message.id(), message.token());
    }
}
