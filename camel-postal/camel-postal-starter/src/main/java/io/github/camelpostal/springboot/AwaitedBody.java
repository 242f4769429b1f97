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
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;

import io.github.camelpostal.internal.webhook.Deadline;

/**
 * A body that is waited for until its deadline and no longer, also when the client has stopped in the midst of it: nobody
 * hangs in a read. The container's thread reads what has come and hands it over, piece by piece, to the thread that wants it.
 *
 * <p>Only the container's thread touches the request: an error that another thread meets there is never reported to the
 * container in full, and Tomcat then counts the request as active for ever.
 */
final class AwaitedBody extends InputStream implements ReadListener {

    private static final int PIECE = 16 * 1024;

    private final ServletInputStream body;
    private final Supplier<Deadline> deadline;
    private final Runnable whenBroken;
    private byte[] incoming = new byte[PIECE];
    private byte[] current = new byte[PIECE];
    private int position;
    private int limit;
    private boolean ended;
    private boolean abandoned;
    private Throwable failure;

    /**
     * To be made on the container's thread, in a request whose asynchronous processing has begun.
     *
     * @param whenBroken run on the container's thread when the request has ended before its body
     */
    AwaitedBody(ServletInputStream body, Supplier<Deadline> deadline, Runnable whenBroken) {
        this.body = body;
        this.deadline = deadline;
        this.whenBroken = whenBroken;
        body.setReadListener(this);
    }

    // ---- the thread that wants it

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) throws IOException {
        while (position == limit) {
            if (failure != null) {
                throw new IOException("The request ended before its body was complete", failure);
            }
            if (ended) {
                return -1;
            }
            awaitMore();
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(current, position, target, offset, count);
        position += count;
        notifyAll();
        return count;
    }

    /** Nobody wants the rest. */
    synchronized void abandon() {
        abandoned = true;
        notifyAll();
    }

    private void awaitMore() throws InterruptedIOException {
        // to the next millisecond: a wait of 0 would have no end
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline.get().remainingNanos() + 999_999);
        if (millis == 0) {
            throw new InterruptedIOException("The body did not arrive in time");
        }
        try {
            wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while the body arrived");
        }
    }

    // ---- the container's thread

    @Override
    public void onDataAvailable() throws IOException {
        while (isWanted() && body.isReady()) {
            int count = body.read(incoming);
            if (count < 0) {
                return;
            }
            handOver(count);
        }
    }

    @Override
    public synchronized void onAllDataRead() {
        ended = true;
        notifyAll();
    }

    @Override
    public void onError(Throwable cause) {
        synchronized (this) {
            failure = cause;
            notifyAll();
        }
        whenBroken.run();
    }

    private synchronized boolean isWanted() {
        return !abandoned;
    }

    private synchronized void handOver(int count) throws InterruptedIOException {
        try {
            while (position < limit && !abandoned) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while the body arrived");
        }
        byte[] read = incoming;
        incoming = current;
        current = read;
        position = 0;
        limit = count;
        notifyAll();
    }
}
