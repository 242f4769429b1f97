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
import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.attachment.AttachmentMessage;

/** An exchange as it was while the route ran: its files are gone afterwards. */
record ReceivedExchange(Object body, Map<String, Object> headers, Map<String, byte[]> attachments) {

    static ReceivedExchange of(Exchange exchange) throws IOException {
        AttachmentMessage message = exchange.getMessage(AttachmentMessage.class);
        Map<String, byte[]> attachments = new LinkedHashMap<>();
        if (message.hasAttachments()) {
            for (String name : message.getAttachmentNames()) {
                try (InputStream in = message.getAttachment(name).getInputStream()) {
                    attachments.put(name, in.readAllBytes());
                }
            }
        }
        return new ReceivedExchange(message.getBody(), Map.copyOf(exchange.getMessage().getHeaders()), attachments);
    }
}
