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
package io.github.camelpostal.examples.approvalbymail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpostal.PostalConstants;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Reads requests, and writes the mail that asks. */
final class Question {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String APPROVER = "approver";

    private Question() {
    }

    /** From {@code {"id": "4711", "approver": "ann@customer.example", "question": "..."}}. */
    static void read(Exchange exchange) throws UnreadableRequestException {
        Message message = exchange.getMessage();
        Map<?, ?> request;
        try {
            request = JSON.readValue(message.getBody(String.class), Map.class);
        } catch (IOException | IllegalArgumentException e) {
            throw new UnreadableRequestException("No JSON object", e);
        }
        for (String name : new String[]{"id", APPROVER, "question"}) {
            if (!(request.get(name) instanceof String text) || text.isBlank()) {
                throw new UnreadableRequestException("The request has no " + name, null);
            }
        }
        message.removeHeaders("*");
        message.setHeader(Answer.REQUEST, request.get("id"));
        message.setHeader(APPROVER, request.get(APPROVER));
        message.setBody(request.get("question"));
    }

    static void write(Exchange exchange) {
        Message message = exchange.getMessage();
        String request = message.getHeader(Answer.REQUEST, String.class);
        String link = exchange.getContext().resolvePropertyPlaceholders("{{approval.url}}") + "/decide?request="
                + PageLink.encoded(request) + "&token=" + new PageLink(exchange.getContext()).token(request);
        message.setHeader(PostalConstants.TO, message.getHeader(APPROVER));
        message.setHeader(PostalConstants.SUBJECT, "Please decide: " + request);
        message.setHeader(PostalConstants.CONVERSATION, request);
        message.setHeader(PostalConstants.IDEMPOTENCY_KEY,
                "question-" + UUID.nameUUIDFromBytes(request.getBytes(StandardCharsets.UTF_8)));
        message.setBody(
                message.getBody(String.class) + "\n\nReply to this mail with yes or no, or decide here:\n" + link + "\n");
    }

    static void undeliverable(Exchange exchange) {
        String request = exchange.getMessage().getHeader(Answer.REQUEST, String.class);
        Answer.put(exchange, request, Result.UNDELIVERABLE, "refused", "Postal");
    }
}
