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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** The one answer to one request: given by the work, or by the deadline when that comes first. */
public final class Reply {

    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final AtomicBoolean decided = new AtomicBoolean();

    Reply() {
    }

    static Reply of(Answer given) {
        Reply reply = new Reply();
        reply.give(given);
        return reply;
    }

    /** Hands the answer on as soon as it is there, on the thread that gives it. */
    public void whenGiven(Consumer<Answer> listener) {
        answer.thenAccept(listener);
    }

    /** The deadline has come: unless the work is about to give its answer, Postal is told to try again. */
    public void expire() {
        if (decided.compareAndSet(false, true)) {
            answer.complete(Answer.NOT_IN_TIME);
        }
    }

    /**
     * Decides, once and for all, whether Postal will hear what the work gives.
     *
     * @return false if the deadline came first
     */
    boolean willBeHeard() {
        return decided.compareAndSet(false, true);
    }

    /** Ends the waiting; the first answer counts. */
    void give(Answer given) {
        answer.complete(given);
    }

    Answer await(Deadline deadline) {
        try {
            return answer.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return decideForMyself(Answer.NOT_IN_TIME);
        } catch (InterruptedException e) { // the server is going down
            Thread.currentThread().interrupt();
            return decideForMyself(Answer.NOT_OPEN);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // it is only ever completed with a value
        }
    }

    private Answer decideForMyself(Answer instead) {
        return decided.compareAndSet(false, true) ? instead : answer.join(); // the work is about to give it
    }
}
