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
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import io.github.camelpostal.internal.webhook.BodyReceiver;
import io.github.camelpostal.internal.webhook.HttpResponse;
import io.github.camelpostal.internal.webhook.WebhookRequest;
import io.github.camelpostal.internal.webhook.WebhookResponse;

/**
 * A request that the servlet container has just let in. Never asks for a parameter, because the container would read the
 * body to find it.
 */
final class ServletWebhookRequest implements WebhookRequest {

    private static final int PIECE = 16 * 1024;

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final long arrived = System.nanoTime();
    private volatile boolean closes;

    ServletWebhookRequest(HttpServletRequest request, HttpServletResponse response) {
        this.request = request;
        this.response = response;
    }

    /** Inside the application, decoded and without path parameters. */
    @Override
    public String path() {
        String inside = request.getPathInfo();
        return inside == null ? request.getServletPath() : request.getServletPath() + inside;
    }

    @Override
    public String method() {
        return request.getMethod().toUpperCase(Locale.ROOT);
    }

    @Override
    public Optional<String> query() {
        return Optional.ofNullable(request.getQueryString());
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
    public void read(BodyReceiver receiver) {
        try {
            if (request.isAsyncStarted()) {
                request.getInputStream().setReadListener(new AsyncBody(request.getInputStream(), receiver));
            } else {
                readBlockingly(request.getInputStream(), receiver);
            }
        } catch (IOException e) {
            receiver.failed(e);
        }
    }

    /** Where another filter allows no asynchronous processing. The container's own time-out bounds each read. */
    private static void readBlockingly(InputStream body, BodyReceiver receiver) throws IOException {
        byte[] piece = new byte[PIECE];
        for (int count = body.read(piece); count >= 0 && receiver.isOpen(); count = body.read(piece)) {
            receiver.received(ByteBuffer.wrap(piece, 0, count));
        }
        receiver.completed();
    }

    @Override
    public void closeAfterResponse() {
        closes = true;
    }

    /** The response when nobody writes one: otherwise it would be 200. */
    void assume(WebhookResponse assumed) {
        response.setStatus(assumed.status());
    }

    void write(HttpResponse given) throws IOException {
        byte[] content = given.content();
        response.setStatus(given.status());
        response.setContentLength(content.length);
        given.headers().forEach(response::setHeader);
        if (closes && request.getProtocol().startsWith("HTTP/1")) { // later ones carry other requests on the connection too
            response.setHeader("Connection", "close");
        }
        response.getOutputStream().write(content);
    }
}
