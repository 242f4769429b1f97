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
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of a request on its way in. Holds no more than has arrived and never more than {@code maxBodySize}, whatever the
 * request announces.
 *
 * <p>A body that is refused is still read to its end, or to the deadline: Postal reads no response before it has written
 * everything, and a connection that breaks while it writes freezes an event for ever (protocol 5.4).
 */
final class IncomingBody implements BodyReceiver {

    private static final Logger LOG = LoggerFactory.getLogger(IncomingBody.class);

    private static final Duration TIME_TO_REFUSE = Duration.ofSeconds(4);

    private final WebhookRequest request;
    private final @Nullable RequestBuffers buffers;
    private final long maxBodySize;
    private final CompletableFuture<BufferedContent> content = new CompletableFuture<>();
    /** Where the body goes; null where it is not kept, or no longer. */
    private RequestBuffers.@Nullable BufferWriter writing;
    /** The response if the body is not complete, or not kept. */
    private WebhookResponse refusal = WebhookResponse.INCOMPLETE;
    private boolean ended;

    /** @param buffers null where nothing is kept */
    private IncomingBody(WebhookRequest request, @Nullable RequestBuffers buffers, long maxBodySize) {
        this.request = request;
        this.buffers = buffers;
        this.maxBodySize = maxBodySize;
    }

    /** The body of a request that is let in. */
    static IncomingBody of(WebhookRequest request, RequestBuffers buffers, long maxBodySize) {
        IncomingBody body = new IncomingBody(request, buffers, maxBodySize);
        long announced = announcedLength(request);
        if (announced > maxBodySize) {
            body.refusal = WebhookResponse.TOO_LARGE;
        } else {
            body.writing = buffers.write(announced);
        }
        return body;
    }

    /** The body of a request that is refused, of which nothing is kept. */
    static IncomingBody refused(WebhookRequest request, WebhookResponse refusal) {
        IncomingBody body = new IncomingBody(request, null, 0);
        body.refusal = refusal;
        return body;
    }

    /** Reads a body that nobody needs, at the latest until Postal stops waiting (protocol 4.4). */
    static CompletionStage<Void> drain(WebhookRequest request) {
        PendingResponse end = new PendingResponse(); // for its deadline; which response it is does not matter
        IncomingBody body = refused(request, WebhookResponse.NOT_OPEN);
        end.expireAt(Deadline.in(TIME_TO_REFUSE.minus(request.age())), body::expire);
        body.read().whenComplete((none, refused) -> end.give(WebhookResponse.NOT_OPEN));
        return end.stage().thenApply(response -> null);
    }

    /**
     * Begins to read.
     *
     * @return the complete body, else an {@link EarlyResponse}
     */
    CompletionStage<BufferedContent> read() {
        try {
            request.read(this);
        } catch (RuntimeException e) { // the request has ended already
            failed(e);
        }
        return content;
    }

    /** The deadline has passed; does nothing when the body is complete. */
    void expire() {
        if (end()) {
            request.closeAfterResponse();
            refuse(refusal);
        }
    }

    @Override
    public synchronized void received(ByteBuffer bytes) {
        if (ended || writing == null) {
            return;
        }
        if (writing.length() + bytes.remaining() > maxBodySize) {
            discard(WebhookResponse.TOO_LARGE);
            return;
        }
        try {
            writing.write(bytes);
        } catch (IOException e) {
            LOG.error("The body of a request cannot be stored; Postal will try again", e);
            discard(WebhookResponse.NO_ROOM);
        }
    }

    @Override
    public void completed() {
        if (!end()) {
            return;
        }
        if (writing == null) {
            refuse(refusal);
            return;
        }
        try {
            content.complete(writing.complete());
        } catch (IOException e) {
            LOG.error("The body of a request cannot be stored; Postal will try again", e);
            refuse(WebhookResponse.NO_ROOM);
        }
    }

    @Override
    public void failed(Throwable cause) {
        if (end()) {
            LOG.debug("A request ended before its body was complete", cause);
            request.closeAfterResponse();
            refuse(refusal);
        }
    }

    @Override
    public synchronized boolean wouldBlock(int count) {
        return isOpen() && writing != null && writing.wouldUseFile(count);
    }

    @Override
    public synchronized boolean isOpen() {
        return !ended;
    }

    private synchronized boolean end() {
        boolean first = !ended;
        ended = true;
        return first;
    }

    private void discard(WebhookResponse instead) {
        refusal = instead;
        stopWriting();
        if (buffers != null) {
            buffers.clear(); // what is thrown away takes no room
        }
    }

    private void refuse(WebhookResponse instead) {
        stopWriting();
        content.completeExceptionally(new EarlyResponse(instead));
    }

    private synchronized void stopWriting() {
        if (writing != null) {
            writing.close();
            writing = null;
        }
    }

    private static long announcedLength(WebhookRequest request) {
        try {
            return request.header("Content-Length").map(Long::parseLong).orElse(-1L);
        } catch (NumberFormatException e) { // the server has its own rules for that; the bytes are counted anyway
            return -1;
        }
    }
}
