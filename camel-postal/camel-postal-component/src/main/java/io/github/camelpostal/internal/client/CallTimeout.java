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
package io.github.camelpostal.internal.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.camelpostal.internal.time.Alarm;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Breaks a call off where the socket's own time-out cannot: writing has none, so a server that takes no more bytes would hold
 * the caller for ever, and a response that drips in starts it anew with every byte.
 */
final class CallTimeout implements AutoCloseable {

    private final RequestBody body;
    private final long millis;
    private final Runnable abort;
    private long writtenBefore = -1;
    private volatile boolean closed;
    private volatile @Nullable Alarm alarm;

    private CallTimeout(RequestBody body, long millis, Runnable abort) {
        this.body = body;
        this.millis = millis;
        this.abort = abort;
    }

    /**
     * Watches until it is closed. A stored message may be large and its line slow, so there each byte counts as a response; a
     * client without a time-out is left alone.
     *
     * @return null where there is nothing to watch, which {@code try} leaves unclosed
     */
    static @Nullable CallTimeout start(ApiCall call, RequestBody body, Timeout timeout, Runnable abort) {
        if (call == ApiCall.MESSAGE || !Timeout.isPositive(timeout)) {
            return null;
        }
        CallTimeout guard = new CallTimeout(body, timeout.toMilliseconds(), abort);
        guard.lookAfter(guard.millis);
        return guard;
    }

    private void lookAfter(long wait) {
        Alarm next = Alarm.in(TimeUnit.MILLISECONDS.toNanos(wait), this::look);
        alarm = next;
        if (closed) {
            next.cancel();
        }
    }

    private void look() {
        if (closed) {
            return;
        }
        if (body.isSent() ? responseIsOverdue() : writingIsStuck()) {
            CompletableFuture.runAsync(abort); // closing a connection may take a moment; the thread is everybody's
        }
    }

    /** Waiting for a connection is no writing, and has its own limits. */
    private boolean writingIsStuck() {
        long written = body.isBegun() ? body.written() : -1;
        if (written >= 0 && written == writtenBefore) {
            return true;
        }
        writtenBefore = written;
        lookAfter(millis);
        return false;
    }

    private boolean responseIsOverdue() {
        long left = millis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - body.sentAt());
        if (left <= 0) {
            return true;
        }
        lookAfter(left);
        return false;
    }

    @Override
    public void close() {
        closed = true;
        Alarm last = alarm;
        if (last != null) {
            last.cancel();
        }
    }
}
