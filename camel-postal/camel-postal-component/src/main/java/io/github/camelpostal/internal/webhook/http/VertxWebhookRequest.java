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

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.github.camelpostal.internal.webhook.BodyReceiver;
import io.github.camelpostal.internal.webhook.WebhookRequest;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/**
 * A request of Vert.x. Its event loop hands the body over; what goes to a disk is gathered into larger pieces first and
 * written by another thread, while the request is paused.
 *
 * <p>All fields belong to the event loop.
 */
final class VertxWebhookRequest implements WebhookRequest {

    private static final int LARGEST_PIECE = 32 * 1024;

    private final RoutingContext routing;
    private final HttpServerRequest request;
    private final Executor disk;
    private final Context eventLoop = Vertx.currentContext();
    private final long arrived = System.nanoTime();
    @SuppressWarnings("NullAway.Init") // read() sets it, before which no handler is there
    private BodyReceiver receiver;
    private Buffer gathered = Buffer.buffer();
    private boolean writing;
    private boolean ended;

    /**
     * To be made on the event loop.
     *
     * @param disk runs what may wait for a disk
     */
    VertxWebhookRequest(RoutingContext routing, Executor disk) {
        this.routing = routing;
        this.request = routing.request();
        this.disk = disk;
    }

    void onEventLoop(Runnable action) {
        eventLoop.runOnContext(now -> action.run());
    }

    @Override
    public String method() {
        return request.method().name();
    }

    @Override
    public String path() {
        String path = routing.normalizedPath();
        String prefix = routing.mountPoint();
        return prefix != null && path.startsWith(prefix)
                ? path.substring(prefix.endsWith("/") ? prefix.length() - 1 : prefix.length())
                : path;
    }

    @Override
    public Optional<String> query() {
        return Optional.ofNullable(request.query());
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeader(name));
    }

    @Override
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - arrived);
    }

    @Override
    public void read(BodyReceiver bodyReceiver) {
        receiver = bodyReceiver;
        request.exceptionHandler(receiver::failed);
        request.handler(this::received);
        request.endHandler(end -> {
            ended = true;
            passOn();
        });
        if (request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
            request.response().writeContinue();
        }
        request.resume(); // some servers hand it over paused
    }

    @Override
    public void closeAfterResponse() {
        onEventLoop(() -> {
            if (request.version() != HttpVersion.HTTP_2) { // there the connection carries other requests too
                request.response().endHandler(sent -> request.connection().close());
            }
        });
    }

    private void received(Buffer bytes) {
        if (!writing && gathered.length() == 0 && !receiver.wouldBlock(bytes.length())) {
            receiver.received(bytes.getByteBuf().nioBuffer());
            return;
        }
        gathered.appendBuffer(bytes);
        if (gathered.length() >= LARGEST_PIECE) {
            passOn();
        }
    }

    /** Passes on what has been gathered, and the end once everything has been. */
    private void passOn() {
        if (writing) {
            request.pause(); // until the disk has caught up
        } else if (gathered.length() > 0) {
            writing = true;
            write(gathered);
            gathered = Buffer.buffer();
        } else if (ended) {
            receiver.completed();
        }
    }

    private void write(Buffer piece) {
        try {
            disk.execute(() -> {
                receiver.received(ByteBuffer.wrap(piece.getBytes()));
                onEventLoop(this::written);
            });
        } catch (RejectedExecutionException e) { // the application is stopping
            receiver.failed(e);
        }
    }

    private void written() {
        writing = false;
        if (ended || gathered.length() >= LARGEST_PIECE) {
            passOn();
        }
        if (!ended) {
            request.resume();
        }
    }
}
