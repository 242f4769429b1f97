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
package io.github.camelpostal.sandbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelpostal.sandbox.internal.format.PostalJson;
import io.github.camelpostal.sandbox.internal.webhook.PostalExchange;
import org.jspecify.annotations.Nullable;

/**
 * One request that the sandbox sent to a webhook or to the endpoint of a route, and what came back.
 *
 * @param url     as configured, user and password included
 * @param headers as sent, in wire order
 * @param body    the signed bytes; the sandbox's own, so do not change them
 * @param event   the event's name; null for inbound mail
 * @param mailId  the message it is about; 0 if it is about none
 * @param attempt counted from 1
 * @param status  the HTTP status; 0 if there was no response
 * @param response the response's body, or why there was none
 */
public record WebhookRequest(URI url, Map<String, String> headers, byte[] body, @Nullable String event, long mailId,
        int attempt,
        int status,
        String response, Instant at) {

    /** Whether this is an event of this name. */
    public boolean isEvent(String name) {
        return name.equals(event);
    }

    /** Whether this is inbound mail, not an event. */
    public boolean isMail() {
        return event == null;
    }

    /** Whether the response was a success (2xx). */
    public boolean isAccepted() {
        return status / 100 == 2;
    }

    /** The body as JSON. */
    public JsonNode json() {
        try {
            return PostalJson.read(new ByteArrayInputStream(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without URL, headers and body, so that it may be logged. */
    @Override
    public String toString() {
        String what = isMail() ? "mail " + mailId : event + (mailId == 0 ? "" : " about message " + mailId);
        return what + ", attempt " + attempt + ": " + (status == 0 ? response : "HTTP " + status);
    }

    static WebhookRequest of(PostalExchange exchange) {
        PostalExchange.Request request = exchange.request();
        boolean responded = exchange.result() instanceof PostalExchange.Response;
        return new WebhookRequest(request.url(), exchange.headers(), request.body(), request.event(), request.mailId(),
                request.attempt(),
                responded ? ((PostalExchange.Response) exchange.result()).status() : 0,
                exchange.result() instanceof PostalExchange.Response response
                        ? new String(response.body(), StandardCharsets.UTF_8)
                        : ((PostalExchange.Failure) exchange.result()).message(),
                exchange.at());
    }
}
