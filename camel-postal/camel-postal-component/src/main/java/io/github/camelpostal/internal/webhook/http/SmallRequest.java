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
package io.github.camelpostal.internal.webhook.http;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import io.github.camelpostal.internal.webhook.Answer;
import io.github.camelpostal.internal.webhook.FrontDoor.Receptionist;
import io.github.camelpostal.internal.webhook.Reply;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** A request whose body has an announced and small length. Everything but the work is done on the event loop. */
final class SmallRequest {

    private static final Pattern SMALL_NUMBER = Pattern.compile("\\d{1,9}");

    private final HttpServerRequest request;
    private final Receptionist receptionist;
    private final Semaphore room;
    private final byte[] body;
    private final long patience;
    private final Context eventLoop = Vertx.currentContext();
    private Consumer<Answer> answerer;
    private long arrived;
    private Reply reply;
    private long timer;
    private boolean answered;

    private SmallRequest(HttpServerRequest request, Receptionist receptionist, Semaphore room, int length, Duration patience) {
        this.request = request;
        this.receptionist = receptionist;
        this.room = room;
        this.body = new byte[length];
        this.patience = Math.max(1, patience.toMillis());
    }

    /**
     * Empty if it is none, or there is no room to gather it.
     *
     * @param room in bytes
     */
    static Optional<SmallRequest> of(HttpServerRequest request, Receptionist receptionist, Semaphore room) {
        String announced = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (announced == null || !SMALL_NUMBER.matcher(announced).matches()) {
            return Optional.empty();
        }
        int length = Integer.parseInt(announced);
        return receptionist.patience(length).filter(patience -> room.tryAcquire(length))
                .map(patience -> new SmallRequest(request, receptionist, room, length, patience));
    }

    /** Calls the answerer once, on the event loop, at the latest when the receptionist's patience is over. */
    void gather(Consumer<Answer> onAnswer) {
        answerer = onAnswer;
        timer = eventLoop.owner().setTimer(patience, late -> expire());
        request.exceptionHandler(broken -> breakOff());
        request.handler(this::append);
        request.endHandler(end -> work());
        if (request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
            request.response().writeContinue();
        }
        request.resume(); // some servers hand it over paused
    }

    private void append(Buffer chunk) {
        if (arrived + chunk.length() <= body.length) {
            chunk.getBytes(body, (int) arrived);
        }
        arrived += chunk.length();
    }

    private void work() {
        if (answered || arrived != body.length) { // HTTP/2 does not hold a client to its word
            breakOff();
            return;
        }
        room.release(body.length);
        reply = receptionist.at(new VertxRequest(request), body);
        reply.whenGiven(answer -> eventLoop.runOnContext(now -> give(answer)));
    }

    private void expire() {
        if (reply != null) {
            reply.expire();
        } else {
            new VertxRequest(request).closeAfterAnswer();
            breakOff();
        }
    }

    private void breakOff() {
        if (reply == null && !answered) {
            room.release(body.length);
            give(receptionist.incomplete());
        }
    }

    private void give(Answer answer) {
        if (!answered) {
            answered = true;
            eventLoop.owner().cancelTimer(timer);
            answerer.accept(answer);
        }
    }
}
