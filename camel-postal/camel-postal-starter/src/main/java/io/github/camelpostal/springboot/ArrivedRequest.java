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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import io.github.camelpostal.internal.signature.SignatureHeaders;
import io.github.camelpostal.internal.webhook.Answer;
import io.github.camelpostal.internal.webhook.Deadline;
import io.github.camelpostal.internal.webhook.HttpRequest;

/**
 * A request that the servlet container has just let in. It never asks for a parameter, because the container would read
 * the body to answer that.
 */
final class ArrivedRequest implements HttpRequest {

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final long arrived = System.nanoTime();
    private volatile Deadline deadline;
    private volatile boolean closes;
    private InputStream body;

    ArrivedRequest(HttpServletRequest request, HttpServletResponse response) {
        this.request = request;
        this.response = response;
    }

    /** The path inside the application, decoded and without path parameters. */
    String path() {
        String inside = request.getPathInfo();
        return inside == null ? request.getServletPath() : request.getServletPath() + inside;
    }

    /** Whether it looks like one of Postal's, which signs all it posts. */
    boolean isFromPostal() {
        return method().equals("POST")
                && (header(SignatureHeaders.SHA256_HEADER).isPresent() || header(SignatureHeaders.SHA1_HEADER).isPresent());
    }

    /**
     * From now on reading the body waits no longer than until the deadline; asynchronous processing must have begun.
     *
     * @param whenBroken run by the container when the request has ended before its body
     */
    AwaitedBody awaitBody(Runnable whenBroken) throws IOException {
        AwaitedBody awaited = new AwaitedBody(request.getInputStream(), () -> deadline, whenBroken);
        body = awaited;
        return awaited;
    }

    @Override
    public String method() {
        return request.getMethod().toUpperCase(Locale.ROOT);
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
    public InputStream body(Deadline deadline) throws IOException {
        this.deadline = deadline;
        if (body == null) {
            body = new PunctualStream(request.getInputStream(), () -> this.deadline);
        }
        return body;
    }

    @Override
    public void closeAfterAnswer() {
        closes = true;
    }

    /** What is answered when nobody writes anything. */
    void assume(Answer answer) {
        response.setStatus(answer.status());
    }

    void write(Answer answer) throws IOException {
        byte[] text = answer.text().getBytes(StandardCharsets.US_ASCII);
        response.setStatus(answer.status());
        response.setContentLength(text.length);
        if (text.length > 0) {
            response.setContentType("text/plain");
        }
        if (answer == Answer.WRONG_METHOD) {
            response.setHeader("Allow", "POST");
        }
        if (closes && request.getProtocol().startsWith("HTTP/1")) { // later ones carry other requests on the connection too
            response.setHeader("Connection", "close");
        }
        response.getOutputStream().write(text);
    }
}
