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
package io.github.camelpostal.examples.jmstomail;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import io.github.camelpostal.api.PostalAttachment;
import io.github.camelpostal.api.PostalMessage;
import org.apache.camel.Exchange;

/**
 * The mail that a message asks for.
 *
 * <p>A text message is an order as JSON. A bytes message is a file that belongs to an order: its bytes are attached, and the JSON
 * stands in the property {@code order}, the file's name in {@code filename}, its media type in {@code contentType}.
 */
final class OrderMail {

    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {
    };

    private final ObjectMapper json = new ObjectMapper();
    private final Template subject = template(Mustache.compiler().escapeHTML(false), "order.subject");
    private final Template text = template(Mustache.compiler().escapeHTML(false), "order.text");
    private final Template html = template(Mustache.compiler(), "order.html");

    /** Called by the route. */
    PostalMessage mail(Exchange exchange) throws UnreadableRequestException {
        boolean file = exchange.getMessage().getBody() instanceof byte[];
        Map<String, Object> order = fields(file
                ? exchange.getMessage().getHeader("order", String.class)
                : exchange.getMessage().getBody(String.class));
        PostalMessage.Builder mail = mail(order);
        if (file) {
            mail.attachment(PostalAttachment.of(exchange.getMessage().getHeader("filename", "attachment", String.class),
                    exchange.getMessage().getHeader("contentType", String.class), exchange.getMessage().getBody(byte[].class)));
        }
        return mail.build();
    }

    /** A field that a template asks for and the order does not have makes it unreadable: no mail with a hole in it. */
    private PostalMessage.Builder mail(Map<String, Object> order) throws UnreadableRequestException {
        if (!(order.get("email") instanceof String recipient)) {
            throw new UnreadableRequestException("The order has no \"email\"", null);
        }
        try {
            return PostalMessage.builder().to(recipient).subject(subject.execute(order).strip()).plainBody(text.execute(order))
                    .htmlBody(html.execute(order)).tag(String.valueOf(order.get("order")));
        } catch (MustacheException.Context e) {
            throw new UnreadableRequestException("The template asks for \"" + e.key + "\", which the order does not have", e);
        } catch (MustacheException e) {
            throw new UnreadableRequestException("The order does not fit the template", e);
        }
    }

    private Map<String, Object> fields(String order) throws UnreadableRequestException {
        if (order == null) {
            throw new UnreadableRequestException("The message has no order: JSON as its text, or in the property 'order'",
                    null);
        }
        try {
            Map<String, Object> fields = json.readValue(order, FIELDS);
            if (fields != null) {
                return fields;
            }
        } catch (JsonProcessingException e) {
            // said below, without Jackson's text, which quotes the message
        }
        throw new UnreadableRequestException("The order is no JSON object", null);
    }

    private static Template template(Mustache.Compiler compiler, String name) {
        try (InputStream in = OrderMail.class.getResourceAsStream("/templates/" + name + ".mustache")) {
            return compiler.compile(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("The template " + name + " cannot be read", e);
        }
    }
}
