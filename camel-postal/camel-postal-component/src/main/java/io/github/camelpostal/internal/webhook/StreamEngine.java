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
import java.io.InputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.apache.camel.Exchange;

/**
 * Any server that gives its body as something that Camel reads as a stream. Reading it blocks as long as the client
 * takes: the server's own time-outs are the bound.
 */
public final class StreamEngine implements ServerEngine {

    private final Map<String, Object> mountParameters;

    private StreamEngine(Map<String, Object> mountParameters) {
        this.mountParameters = mountParameters;
    }

    /** A server below platform-http: forms are neither parsed nor decoded. */
    public static StreamEngine ofPlatformHttp() {
        return new StreamEngine(Map.of("useStreaming", "true", "populateBodyWithForm", "false"));
    }

    /** A server that is mounted without parameters. */
    public static StreamEngine plain() {
        return new StreamEngine(Map.of());
    }

    @Override
    public Map<String, Object> mountParameters() {
        return mountParameters;
    }

    @Override
    public HttpRequest request(Exchange exchange) {
        return new StreamedRequest(exchange);
    }

    private static final class StreamedRequest implements HttpRequest {

        private final Exchange exchange;
        private InputStream body;

        StreamedRequest(Exchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public String method() {
            String method = exchange.getMessage().getHeader(Exchange.HTTP_METHOD, "", String.class);
            return method.toUpperCase(Locale.ROOT);
        }

        @Override
        public Optional<String> header(String name) {
            Object value = exchange.getMessage().getHeader(name);
            // query parameters stand behind the headers in the same list
            Object first = value instanceof Collection<?> several ? several.stream().findFirst().orElse(null) : value;
            return Optional.ofNullable(first).map(Object::toString);
        }

        @Override
        public Duration age() {
            return Duration.ofMillis(exchange.getClock().elapsed());
        }

        @Override
        public InputStream body(Deadline deadline) throws IOException {
            if (body == null) {
                InputStream stream = exchange.getMessage().getBody(InputStream.class);
                body = stream == null ? InputStream.nullInputStream() : stream;
            }
            return body;
        }

        @Override
        public void closeAfterAnswer() {
            // no server tells us how; its own time-outs end the connection
        }
    }
}
