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

import java.io.File;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.github.camelpostal.api.PostalAttachment;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.internal.client.Refusal;
import io.github.camelpostal.internal.mime.compose.HeaderText;
import io.github.camelpostal.payload.Content;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Reads a map with the names of Postal's {@code send/message} (protocol 2.7) as a message.
 *
 * <p>
 * Postal ignores a name that it does not know and takes nearly every type for nearly every field; a mail without its attachments
 * would be the result of a slip. So here an unknown name and a wrong type are refused by name.
 */
final class MessageMap {

    private static final Set<String> ATTACHMENT_FIELDS = Set.of("name", "content_type", "data");
    private static final String FIELDS = "to, cc, bcc, from, sender, subject, tag, reply_to, plain_body, html_body, bounce,"
            + " headers, attachments";

    private final @Nullable Exchange exchange;

    private MessageMap(@Nullable Exchange exchange) {
        this.exchange = exchange;
    }

    /** @param exchange null outside of a route */
    static PostalMessage read(@Nullable Exchange exchange, Map<?, ?> map) {
        return new MessageMap(exchange).message(map);
    }

    private PostalMessage message(Map<?, ?> map) {
        PostalMessage.Builder message = PostalMessage.builder();
        map.forEach((key, value) -> {
            if (value != null) {
                set(message, String.valueOf(key), value);
            }
        });
        return message.build();
    }

    private void set(PostalMessage.Builder message, String key, Object value) {
        switch (key) {
            case "to" -> message.to(addresses(key, value));
            case "cc" -> message.cc(addresses(key, value));
            case "bcc" -> message.bcc(addresses(key, value));
            case "reply_to" -> message.replyTo(addresses(key, value));
            case "from" -> message.from(text(key, value));
            case "sender" -> message.sender(text(key, value));
            case "subject" -> message.subject(text(key, value));
            case "tag" -> message.tag(text(key, value));
            case "plain_body" -> message.plainBody(text(key, value));
            case "html_body" -> message.htmlBody(text(key, value));
            case "bounce" -> message.bounce(ExchangeText.truth(exchange, "'bounce'", value));
            case "headers" -> headers(message, value);
            case "attachments" -> several(key, value, "a list of maps").forEach(one -> message.attachment(attachment(one)));
            default -> throw new Refusal(PostalErrorCode.INVALID_VALUE,
                    "the Map has an unknown key '" + HeaderText.singleLine(key) + "'; Postal knows " + FIELDS);
        }
    }

    private List<String> addresses(String key, Object value) {
        if (value instanceof CharSequence || value instanceof byte[]) {
            String text = text(key, value);
            return text.isBlank() ? List.of() : List.of(text);
        }
        return several(key, value, "a String or a list of Strings").stream().map(one -> text(key, one)).toList();
    }

    private String text(String key, Object value) {
        if (value instanceof CharSequence || value instanceof byte[]) {
            return ExchangeText.of(exchange, "'" + key + "'", value);
        }
        throw wrongType(key, value, "a String");
    }

    private void headers(PostalMessage.Builder message, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw wrongType("headers", value, "a Map");
        }
        ExchangeText.headers(exchange, "'headers'", map).forEach(field -> message.header(field.name(), field.value()));
    }

    private PostalAttachment attachment(Object value) {
        if (value instanceof PostalAttachment attachment) {
            return attachment;
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw wrongType("attachments", value, "a list of maps");
        }
        map.keySet().stream().filter(key -> !ATTACHMENT_FIELDS.contains(String.valueOf(key))).findFirst().ifPresent(key -> {
            throw new Refusal(PostalErrorCode.INVALID_VALUE, "an attachment has an unknown key '"
                    + HeaderText.singleLine(String.valueOf(key)) + "'; Postal knows name, content_type, data");
        });
        Object name = map.get("name");
        Object type = map.get("content_type");
        return PostalAttachment.of(name == null ? null : text("attachments.name", name),
                type == null ? null : text("attachments.content_type", type), content(map.get("data")));
    }

    private static Content content(@Nullable Object data) {
        if (data == null) {
            throw new Refusal(PostalErrorCode.ATTACHMENT_MISSING_DATA, "an attachment has no 'data'");
        }
        if (data instanceof CharSequence text) {
            try {
                return Content.of(Base64.getDecoder().decode(text.toString().replaceAll("\\s", "")));
            } catch (IllegalArgumentException e) {
                // Postal leaves out what is no base64 and sends the rest
                throw new Refusal(PostalErrorCode.INVALID_ENCODING, "'attachments.data' is a String that is no base64");
            }
        }
        if (data instanceof Content content) {
            return content;
        }
        if (data instanceof byte[] bytes) {
            return Content.of(bytes);
        }
        if (data instanceof Path path) {
            return Content.of(path);
        }
        if (data instanceof File file) {
            return Content.of(file.toPath());
        }
        if (data instanceof InputStream stream) {
            return OneTimeStreams.content(stream);
        }
        throw wrongType("attachments.data", data, "base64 text, bytes, a stream or a file");
    }

    private static List<Object> several(String key, Object value, String expected) {
        if (value instanceof Collection<?> collection) {
            return collection.stream().filter(Objects::nonNull).map(Object.class::cast).toList();
        }
        if (value instanceof Object[] array) {
            return several(key, Arrays.asList(array), expected);
        }
        throw wrongType(key, value, expected);
    }

    private static Refusal wrongType(String key, Object value, String expected) {
        return new Refusal(PostalErrorCode.INVALID_VALUE,
                "'" + key + "' is a " + value.getClass().getName() + "; it takes " + expected);
    }
}
