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

import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

import io.github.camelpostal.internal.webhook.Deadline;
import io.github.camelpostal.internal.webhook.HttpRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** A request of Vert.x; to read its body it must be paused. */
final class VertxRequest implements HttpRequest {

    private final HttpServerRequest request;
    private final long arrived;
    private InputStream body;

    VertxRequest(HttpServerRequest request) {
        this(request, Duration.ZERO);
    }

    /** @param age how long ago it has arrived */
    VertxRequest(HttpServerRequest request, Duration age) {
        this.request = request;
        this.arrived = System.nanoTime() - age.toNanos();
    }

    @Override
    public String method() {
        return request.method().name();
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
    public InputStream body(Deadline deadline) {
        if (body == null) {
            body = new PausedRequestStream(request, deadline);
        }
        return body;
    }

    @Override
    public void closeAfterAnswer() {
        if (request.version() != HttpVersion.HTTP_2) { // there the connection carries other requests too
            request.response().endHandler(ended -> request.connection().close());
        }
    }
}
