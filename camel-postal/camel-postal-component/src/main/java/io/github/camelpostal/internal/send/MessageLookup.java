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
package io.github.camelpostal.internal.send;

import java.util.Set;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.Expansion;
import io.github.camelpostal.api.PostalClient;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalException;
import io.github.camelpostal.api.PostalRejectedException;
import io.github.camelpostal.api.StoredMessage;
import io.github.camelpostal.internal.client.Refusal;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Reads about one message that Postal has stored: the one whose id is in {@code CamelPostalId}, else in the body.
 */
public final class MessageLookup {

    private final PostalClient client;
    private final Set<Expansion> expansions;

    public MessageLookup(PostalClient client, Set<Expansion> expansions) {
        this.client = client;
        this.expansions = Set.copyOf(expansions);
    }

    /**
     * Leaves a {@link StoredMessage} as body, and its attachments as those of the Camel message.
     *
     * @throws PostalException as described there; {@code MESSAGE_NOT_FOUND} where there is none with this id
     */
    public void read(Exchange exchange) throws PostalException {
        StoredMessage stored = client.message(id(exchange, "read"), expansions);
        Message message = exchange.getMessage();
        message.setBody(stored);
        if (expansions.contains(Expansion.ATTACHMENTS)) {
            CamelAttachments.attach(stored, message);
        }
    }

    /**
     * Leaves the delivery attempts, oldest first, as body.
     *
     * @throws PostalException as described there; {@code MESSAGE_NOT_FOUND} where there is no message with this id
     */
    public void deliveries(Exchange exchange) throws PostalException {
        exchange.getMessage().setBody(client.deliveries(id(exchange, "deliveries")));
    }

    private static @Nullable String idText(Message message) {
        try {
            return ExchangeText.header(message, PostalConstants.ID);
        } catch (Refusal noText) {
            return null; // what it is says the exception below
        }
    }

    /** Postal crashes on an id that is no JSON integer, and takes an object for a database condition (protocol 2.9). */
    private static long id(Exchange exchange, String operation) throws PostalRejectedException {
        Message message = exchange.getMessage();
        Object header = message.getHeader(PostalConstants.ID);
        Object id = header != null ? header : message.getBody();
        if (id instanceof Long || id instanceof Integer || id instanceof Short) {
            return ((Number) id).longValue();
        }
        String text = header == null ? message.getBody(String.class) : idText(message);
        if (text != null && text.strip().matches("\\d{1,18}")) {
            return Long.parseLong(text.strip());
        }
        throw PostalRejectedException.beforeCall(operation, PostalErrorCode.INVALID_VALUE, "the id of the message must be a"
                + " whole number, in the header " + PostalConstants.ID + " or as body; it is "
                + (id == null
                        ? "missing"
                        : "a " + id.getClass().getName() + " in the "
                                + (header != null ? "header" : "body")),
                null);
    }
}
