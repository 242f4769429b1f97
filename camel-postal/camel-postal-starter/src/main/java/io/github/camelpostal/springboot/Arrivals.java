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
package io.github.camelpostal.springboot;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import jakarta.servlet.AsyncContext;

import io.github.camelpostal.internal.webhook.Answer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests on threads of its own, while the container's threads read their bodies. Only so can a body that stops in
 * the midst be given up: a thread that waits in a blocking read cannot be woken. None of the container's threads waits for
 * one of these that has not begun, or all of them could wait for each other.
 */
final class Arrivals {

    private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);
    /** As many as Tomcat has of its own. A request beyond that is answered 503 at once. */
    private static final int MOST_THREADS = 200;

    private final AtomicInteger number = new AtomicInteger();
    private final ExecutorService threads = new ThreadPoolExecutor(0, MOST_THREADS, 60, TimeUnit.SECONDS,
            new SynchronousQueue<>(), this::newThread);

    /** Answers a request whose asynchronous processing has just begun. */
    void answer(Supplier<Answer> reception, ArrivedRequest posted, AsyncContext async) throws IOException {
        async.setTimeout(0); // the receiver's own deadline is in force
        posted.assume(Answer.BROKEN); // a response that nobody writes would say 200
        AtomicBoolean over = new AtomicBoolean();
        AwaitedBody body = posted.awaitBody(() -> end(over, async, () -> LOG.debug("A client went away")));
        Runnable work = () -> {
            try {
                Answer answer = reception.get();
                end(over, async, () -> posted.write(answer));
            } finally {
                end(over, async, () -> LOG.debug("A delivery was not answered"));
                body.abandon();
            }
        };
        try {
            threads.execute(work);
        } catch (RejectedExecutionException e) {
            LOG.debug("No thread for a delivery; Postal is told to try again later");
            posted.closeAfterAnswer();
            end(over, async, () -> posted.write(Answer.FULL));
            body.abandon();
        }
    }

    void close() {
        threads.shutdown(); // what is under way ends by its deadline
    }

    @FunctionalInterface
    private interface LastWord {
        void say() throws IOException;
    }

    /** The first one counts: after it the response belongs to the container again. */
    private static void end(AtomicBoolean over, AsyncContext async, LastWord lastWord) {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        try {
            lastWord.say();
        } catch (IOException e) {
            LOG.debug("A delivery could not be answered", e);
        } finally {
            async.complete();
        }
    }

    private Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "postal-arrival-" + number.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
