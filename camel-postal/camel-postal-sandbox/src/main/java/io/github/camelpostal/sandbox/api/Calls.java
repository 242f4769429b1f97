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
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelpostal.sandbox.store.Arrival;
import io.github.camelpostal.sandbox.store.Installation;
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

    private static final String PREFIX = "/api/v1/";
    private static final Set<String> NAMES = Set.of("send/message", "send/raw", "messages/message", "messages/deliveries");

    private final Installation installation;
    private final Function<MailServer, Desk> desks;
    private final Clock clock;

    public Calls(Installation installation, Function<MailServer, Desk> desks, Clock clock) {
        this.installation = installation;
        this.desks = desks;
        this.clock = clock;
    }

    /** Where the calls of one mail server end. */
    public record Desk(MailServer server, MessageStore store, Intake intake) {
    }

    /** Takes what a call has stored. */
    public interface Intake {
        /** The messages of one call are stored, and it is about to be answered. */
        void beforeTheAnswer(List<Message> messages);

        /** The call was answered, or nobody is there any more to be told. */
        void afterTheAnswer(List<Message> messages);
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
        return path.startsWith(PREFIX) && NAMES.contains(path.substring(PREFIX.length()));
    }

    Result answer(Request request) {
        Stored stored = new Stored();
        Answer answer = answer(request, stored);
        if (stored.messages.isEmpty()) {
            return Result.of(answer);
        }
        stored.desk.intake().beforeTheAnswer(stored.messages);
        return new Result(answer, () -> stored.desk.intake().afterTheAnswer(stored.messages));
    }

    /** What one call has stored, also when it crashed after that (contract 2.7). */
    private static final class Stored {
        private final List<Message> messages = new ArrayList<>();
        private Desk desk;
    }

    private Answer answer(Request request, Stored stored) {
        try {
            Outcome outcome = outcome(request, stored);
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
    private Outcome outcome(Request request, Stored stored) throws Parameters.MalformedException {
        if (request.key() == null || request.key().isBlank()) {
            return Outcome.error(ErrorCode.ACCESS_DENIED);
        }
        Optional<Installation.Login> login = installation.login(MailServer.Credential.Type.API, request.key());
        if (login.isEmpty()) {
            return Outcome.error(ErrorCode.INVALID_SERVER_API_KEY, "token", request.key());
        }
        if (login.get().server().isSuspended()) {
            return Outcome.bareError(ErrorCode.SERVER_SUSPENDED);
        }
        ObjectNode parameters = Parameters.read(request.contentType(), request.query(), request.body());
        Desk desk = desks.apply(login.get().server());
        stored.desk = desk;
        return call(request.path(), desk).answer(login.get().credential(), parameters, arrival -> store(arrival, stored));
    }

    private Call call(String path, Desk desk) {
        return switch (path.substring(PREFIX.length())) {
            case "send/message" -> new SendMessage(desk.server(), clock);
            case "send/raw" -> new SendRaw(desk.server());
            case "messages/message" -> new ReadMessage(desk.store());
            case "messages/deliveries" -> new ReadDeliveries(desk.store());
            default -> throw new IllegalArgumentException("Not one of the four calls: " + path);
        };
    }

    private static Call.Mailbox.Stored store(Arrival arrival, Stored stored) {
        if (arrival.raw().length > LARGEST_MESSAGE) {
            throw new CrashException("The message is larger than a database packet");
        }
        Message message = stored.desk.store().add(arrival);
        stored.messages.add(message);
        return new Call.Mailbox.Stored(message.id(), message.token());
    }
}
