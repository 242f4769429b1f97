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
import io.github.camelpostal.sandbox.internal.webhook.Posted;

/**
 * One HTTP post that the sandbox made, and how it was answered.
 *
 * @param url     as configured, user and password included
 * @param headers as sent, in wire order
 * @param body    the signed bytes; the sandbox's own, so do not change them
 * @param event   the event's name; null when inbound mail was posted
 * @param mailId  the message it is about; 0 when it is about none
 * @param attempt counted from 1
 * @param status  the HTTP status; 0 when there was no answer
 * @param answer  the answer's body, or why there was none
 */
public record Post(URI url, Map<String, String> headers, byte[] body, String event, long mailId, int attempt, int status,
        String answer, Instant at) {

    /** Whether an event of this name was posted. */
    public boolean isEvent(String name) {
        return name.equals(event);
    }

    /** Whether inbound mail was posted, not an event. */
    public boolean isMail() {
        return event == null;
    }

    /** Whether it was answered with success. */
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
        return what + ", attempt " + attempt + ": " + (status == 0 ? answer : "HTTP " + status);
    }

    static Post of(Posted posted) {
        Posted.Order order = posted.order();
        boolean answered = posted.result() instanceof Posted.Answered;
        return new Post(order.url(), posted.headers(), order.body(), order.event(), order.mailId(), order.attempt(),
                answered ? ((Posted.Answered) posted.result()).status() : 0,
                posted.result() instanceof Posted.Answered answer
                        ? new String(answer.body(), StandardCharsets.UTF_8)
                        : ((Posted.Failed) posted.result()).message(),
                posted.at());
    }
}
