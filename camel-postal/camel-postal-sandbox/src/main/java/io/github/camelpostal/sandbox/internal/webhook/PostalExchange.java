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
package io.github.camelpostal.sandbox.internal.webhook;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.github.camelpostal.sandbox.HttpEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * One request that went out and what came back.
 *
 * @param request   what was sent
 * @param headers as sent, in wire order
 * @param result  what came back
 */
public record PostalExchange(Request request, Map<String, String> headers, Result result, Instant at) {

    /**
     * What is to be sent.
     *
     * @param event       the event's name; null for inbound mail
     * @param mailId      the message it is about; 0 when it is about none
     * @param contentType of the body
     * @param timeout     from DNS to the last byte of the response; null for the installation's usual one
     * @param attempt     counted from 1
     */
    public record Request(@Nullable String event, long mailId, URI url, String contentType, byte[] body,
            @Nullable Duration timeout, int attempt) {
        /** An event: always JSON, always with the usual time-out (protocol 5.1). */
        public Request(String event, long mailId, URI url, byte[] body, int attempt) {
            this(event, mailId, url, "application/json", body, null, attempt);
        }

        /** The same at the next attempt. */
        public Request again() {
            return new Request(event, mailId, url, contentType, body, timeout, attempt + 1);
        }

        /** Inbound mail in the form and with the time-out of its endpoint (protocol 4.2). */
        public static Request mail(long mailId, HttpEndpoint endpoint, InboundBody body, int attempt) {
            Duration own = endpoint.timeout().equals(HttpEndpoint.DEFAULT_TIMEOUT) ? null : endpoint.timeout();
            return new Request(null, mailId, endpoint.url(), body.contentType(), body.bytes(), own, attempt);
        }
    }

    /** What came back. */
    public sealed interface Result {
    }

    /** A complete HTTP response; of a long body only the beginning is kept. */
    public record Response(int status, byte[] body) implements Result {
        public boolean isSuccess() {
            return status / 100 == 2;
        }
    }

    /** No complete response. */
    public record Failure(Reason reason, String message) implements Result {
    }

    /** Why there was no response, with the codes that Postal uses inside (protocol 4.5). */
    public enum Reason {
        /** Nothing complete within the time-out, whatever was slow. */
        TIMEOUT(-1),
        /** Refused, reset, closed early, unknown host. */
        CONNECTION(-2),
        /** The certificate or the handshake. */
        TLS(-3),
        /** Refused before connecting, since 3.3.7: a private target (protocol 14). */
        PRIVATE_TARGET(-4),
        /** Something that is not HTTP; Postal has no code for it and treats it as a crash of its own. */
        NOT_HTTP(0);

        private final int code;

        Reason(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }
    }
}
