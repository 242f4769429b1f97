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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads on which deliveries are worked on, so that the server's own threads are never held longer than the deadline.
 *
 * <p>There are {@code maxInFlight} places in the route and some more threads for what comes before it: when late exchanges
 * hold all places, a repeat of something completed must still get its 200.
 */
final class WorkPool {

    private static final Logger LOG = LoggerFactory.getLogger(WorkPool.class);
    private static final int THREADS_BEFORE_THE_ROUTE = 32;

    private final CamelContext context;
    private final ExecutorService executor;
    private final Semaphore places;
    private volatile boolean open = true;

    WorkPool(CamelContext context, Object owner, int maxInFlight) {
        this.context = context;
        this.places = new Semaphore(maxInFlight);
        ThreadPoolProfile profile = new ThreadPoolProfile("postal-webhook");
        profile.setPoolSize(maxInFlight + THREADS_BEFORE_THE_ROUTE);
        profile.setMaxPoolSize(maxInFlight + THREADS_BEFORE_THE_ROUTE);
        profile.setMaxQueueSize(0); // to wait in a queue is to miss the deadline
        profile.setAllowCoreThreadTimeOut(true);
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        this.executor = context.getExecutorServiceManager().newThreadPool(owner, "PostalWebhook", profile);
    }

    /** Does the work of one delivery, gives its reply, or throws what it is. */
    @FunctionalInterface
    interface Work {
        void run(Reply reply) throws Answered, IOException;
    }

    /**
     * Runs the work and waits for its reply, until the deadline and no longer.
     *
     * @param  atTheEnd run when the work has ended, in time or not
     * @throws Answered if it cannot even begin
     */
    Answer run(Work work, Deadline deadline, Runnable atTheEnd) throws Answered {
        return begin(work, atTheEnd).await(deadline);
    }

    /**
     * Runs the work and waits for nothing.
     *
     * @param  atTheEnd run when the work has ended
     * @throws Answered if it cannot even begin
     */
    Reply begin(Work work, Runnable atTheEnd) throws Answered {
        Reply reply = new Reply();
        try {
            executor.execute(() -> runAndReply(work, reply, atTheEnd));
        } catch (RejectedExecutionException e) {
            atTheEnd.run();
            throw new Answered(open ? Answer.FULL : Answer.NOT_OPEN);
        }
        return reply;
    }

    /**
     * A place in the route.
     *
     * @throws Answered if all are taken, or the consumer is stopping
     */
    Place take() throws Answered {
        if (!open) {
            throw new Answered(Answer.NOT_OPEN);
        }
        if (!places.tryAcquire()) {
            throw new Answered(Answer.FULL);
        }
        return places::release;
    }

    /** A place that is given back. */
    @FunctionalInterface
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    void close() {
        open = false;
        context.getExecutorServiceManager().shutdown(executor);
    }

    private static void runAndReply(Work work, Reply reply, Runnable atTheEnd) {
        try {
            work.run(reply);
        } catch (Answered early) {
            reply.give(early.answer());
        } catch (Spool.NoRoomException e) {
            LOG.error("A delivery of Postal cannot be kept on disk", e);
            reply.give(Answer.NO_ROOM);
        } catch (IOException | RuntimeException | LinkageError e) {
            LOG.error("A delivery failed before or after its route; Postal is told to try again later", e);
            reply.give(Answer.BROKEN);
        } finally {
            reply.give(Answer.BROKEN);
            atTheEnd.run();
        }
    }
}
