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

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.camelpostal.internal.webhook.Deadline;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Reads a paused request from a worker thread, a few chunks ahead and not after the deadline.
 *
 * <p>All calls on the request are made on its event loop: the queue behind {@code fetch} is not thread-safe.
 */
final class PausedRequestStream extends InputStream {

    /** Chunks of 8 KiB that may wait for the reader. One would cost a change of threads per chunk. */
    private static final int CHUNKS_AHEAD = 16;
    /** Taken before as many more are asked for, so that not every chunk costs a message to the event loop. */
    private static final int CHUNKS_AT_ONCE = CHUNKS_AHEAD / 2;

    private final HttpServerRequest request;
    private final Deadline deadline;
    private final Context eventLoop;
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();

    private Buffer chunk = Buffer.buffer();
    private int position;
    private int taken;
    private boolean ended;
    /** Known to the event loop only. */
    private boolean arrived;

    private sealed interface Arrival {
        record Chunk(Buffer bytes) implements Arrival {
        }

        record End() implements Arrival {
        }

        record Failure(Throwable cause) implements Arrival {
        }
    }

    PausedRequestStream(HttpServerRequest request, Deadline deadline) {
        this.request = request;
        this.deadline = deadline;
        this.eventLoop = Vertx.currentContext();
        eventLoop.runOnContext(now -> open());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (position == chunk.length()) {
            if (ended) {
                return -1;
            }
            next();
        }
        int count = Math.min(length, chunk.length() - position);
        chunk.getBytes(position, position + count, target, offset);
        position += count;
        return count;
    }

    private void next() throws IOException {
        Arrival arrival = await();
        if (arrival instanceof Arrival.Chunk next) {
            chunk = next.bytes();
            position = 0;
            if (++taken % CHUNKS_AT_ONCE == 0) {
                eventLoop.runOnContext(now -> fetchMore());
            }
        } else if (arrival instanceof Arrival.Failure failure) {
            ended = true;
            throw new IOException("The request ended before its body was complete", failure.cause());
        } else {
            ended = true;
        }
    }

    /** Where the end has arrived already, a request of HTTP/2 does not allow it. */
    private void fetchMore() {
        if (!arrived) {
            request.fetch(CHUNKS_AT_ONCE);
        }
    }

    private Arrival await() throws IOException {
        try {
            Arrival arrival = arrivals.poll(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
            if (arrival == null) {
                throw new InterruptedIOException("The body did not arrive in time");
            }
            return arrival;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while the body arrived");
        }
    }

    private void open() {
        try {
            request.exceptionHandler(cause -> last(new Arrival.Failure(cause)));
            request.endHandler(end -> last(new Arrival.End()));
            request.handler(bytes -> arrivals.add(new Arrival.Chunk(bytes)));
            if (request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
                request.response().writeContinue();
            }
            request.fetch(CHUNKS_AHEAD);
        } catch (IllegalStateException e) { // read to its end, or reset, before we came
            last(new Arrival.Failure(e));
        }
    }

    private void last(Arrival arrival) {
        arrived = true;
        arrivals.add(arrival);
    }
}
