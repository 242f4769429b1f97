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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads on which complete requests are processed, so that none of the server's threads waits for a route.
 *
 * <p>There are {@code maxInFlight} places in the route and some more threads for what comes before it: when late exchanges
 * hold all places, a duplicate of something completed must still get its 200.
 */
final class WebhookExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookExecutor.class);
    private static final int THREADS_BEFORE_THE_ROUTE = 32;

    private final CamelContext context;
    private final ExecutorService executor;
    private final Semaphore places;
    private final int maxInFlight;
    private final InFlightRegistry inFlight;
    private final RateLimitedLog log;
    private volatile boolean open = true;

    /** @param inFlight knows for how long the places have been taken */
    WebhookExecutor(CamelContext context, Object owner, int maxInFlight, InFlightRegistry inFlight, RateLimitedLog log) {
        this.context = context;
        this.maxInFlight = maxInFlight;
        this.inFlight = inFlight;
        this.log = log;
        this.places = new Semaphore(maxInFlight);
        ThreadPoolProfile profile = new ThreadPoolProfile("postal-webhook");
        profile.setPoolSize(1); // up to that many, each request would get a new thread although others are idle
        profile.setMaxPoolSize(maxInFlight + THREADS_BEFORE_THE_ROUTE);
        profile.setMaxQueueSize(0); // to wait in a queue is to miss the deadline
        profile.setAllowCoreThreadTimeOut(true);
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        this.executor = context.getExecutorServiceManager().newThreadPool(owner, "PostalWebhook", profile);
    }

    /** The processing of one request: gives the response, or throws it, or says how it goes on. */
    @FunctionalInterface
    interface Work {

        /** Empty when the response was given. */
        Optional<Sequel> run() throws EarlyResponse, IOException;
    }

    /**
     * The rest of some work, which needs something that no thread waits for.
     *
     * @param after when it fails, the work ends with its {@link EarlyResponse}
     */
    record Sequel(CompletionStage<?> after, Work work) {
    }

    /**
     * Begins the work and does not wait for it. Whatever the work throws, an {@link Error} too, becomes a response, and
     * {@code atTheEnd} runs: what is not cleaned up here would be kept until the next restart.
     *
     * @param  atTheEnd      run once: when the work has ended, or has not begun
     */
    void execute(Work work, PendingResponse response, Runnable atTheEnd) {
        try {
            executor.execute(() -> run(work, response, atTheEnd));
        } catch (RejectedExecutionException e) {
            atTheEnd.run();
            response.give(open ? WebhookResponse.FULL : WebhookResponse.NOT_OPEN);
        }
    }

    /**
     * A place in the route.
     *
     * @throws EarlyResponse if all are taken, or the consumer is stopping
     */
    Place take() throws EarlyResponse {
        if (!open) {
            throw new EarlyResponse(WebhookResponse.NOT_OPEN);
        }
        if (!places.tryAcquire()) {
            log.refused(WebhookResponse.FULL, "all " + maxInFlight + " places in the route are taken (maxInFlight),"
                    + " the longest for " + inFlight.longest().toSeconds() + " s");
            throw new EarlyResponse(WebhookResponse.FULL);
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

    private void run(Work work, PendingResponse response, Runnable atTheEnd) {
        WebhookResponse failure = WebhookResponse.BROKEN;
        Optional<Sequel> sequel = Optional.empty();
        try {
            sequel = toTheEndOrAWait(work);
        } catch (EarlyResponse early) {
            failure = early.response();
        } catch (Spool.NoRoomException e) {
            LOG.error("A request of Postal cannot be stored on disk; Postal will try again", e);
            failure = WebhookResponse.NO_ROOM;
        } catch (Throwable e) { // also an OutOfMemoryError, which the next mail must not suffer from
            LOG.error("A request of Postal failed before or after its route; Postal will try again", e);
        }
        if (sequel.isPresent()) {
            goOn(sequel.get(), response, atTheEnd);
        } else {
            end(failure, response, atTheEnd); // unless the work has given a response
        }
    }

    /** What need not be waited for goes on at once: another thread may not be free. */
    private static Optional<Sequel> toTheEndOrAWait(Work work) throws EarlyResponse, IOException {
        Optional<Sequel> sequel = work.run();
        while (sequel.isPresent() && isReady(sequel.get())) {
            sequel = sequel.get().work().run();
        }
        return sequel;
    }

    private static boolean isReady(Sequel sequel) {
        CompletableFuture<?> after = sequel.after().toCompletableFuture();
        return after.isDone() && !after.isCompletedExceptionally();
    }

    private void goOn(Sequel sequel, PendingResponse response, Runnable atTheEnd) {
        sequel.after().whenComplete((ready, failure) -> {
            if (failure == null) {
                execute(sequel.work(), response, atTheEnd);
            } else {
                end(EarlyResponse.in(failure), response, atTheEnd);
            }
        });
    }

    private static void end(WebhookResponse failure, PendingResponse response, Runnable atTheEnd) {
        try {
            atTheEnd.run();
        } finally {
            response.give(failure);
        }
    }
}
