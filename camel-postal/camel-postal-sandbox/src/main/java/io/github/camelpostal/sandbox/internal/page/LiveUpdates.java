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
package io.github.camelpostal.sandbox.internal.page;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells open pages that something has changed, by responses that come late. Waits on threads of its own, so that open pages never
 * keep a thread from the API; when there are too many pages, the rest is told to ask again later.
 */
final class LiveUpdates implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveUpdates.class);
    private static final int MOST_WAITING = 16;
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final long IDLE_SECONDS = 30;

    private final Mailbox mailbox;
    private final ExecutorService waiting;

    LiveUpdates(Mailbox mailbox, ThreadFactory threads) {
        this.mailbox = mailbox;
        this.waiting = new ThreadPoolExecutor(0, MOST_WAITING, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(),
                threads);
    }

    /** Responds now or later; the exchange is this object's from now on. */
    void respond(HttpExchange exchange, long seen) throws IOException {
        long now = mailbox.version();
        if (now != seen) {
            version(now).send(exchange);
            return;
        }
        try {
            waiting.execute(() -> respondLater(exchange, seen));
        } catch (RejectedExecutionException e) {
            PageResponse.text(503, "Too many pages are open; ask again later.\n").with("Retry-After", "5").send(exchange);
        }
    }

    @Override
    public void close() {
        waiting.shutdownNow();
    }

    private void respondLater(HttpExchange exchange, long seen) {
        try (exchange) {
            version(mailbox.awaitChange(seen, LONGEST)).send(exchange);
        } catch (IOException | IllegalStateException e) {
            LOG.debug("A page has gone, or the sandbox closes", e);
        }
    }

    private static PageResponse version(long version) {
        return PageResponse.json("{\"version\":" + version + "}");
    }
}
