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

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpostal.internal.text.HtmlText;
import io.github.camelpostal.payload.Content;
import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.payload.PostalEvent;
import io.github.camelpostal.payload.PostalPayload;
import org.apache.camel.Converter;

/**
 * What the bodies of the consumer turn into where a route asks for another type, {@code convertBodyTo(String.class)} or a
 * component that wants a stream.
 *
 * <p>A mail as text is what its sender wrote; as bytes it is the message itself. An event as text or bytes is JSON.
 */
@Converter(generateLoader = true)
public final class PayloadConverters {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PayloadConverters() {
    }

    /** The plain text, else the HTML as text, else nothing. */
    @Converter
    public static String toText(InboundMail mail) {
        String plain = mail.plainBody();
        if (plain != null && !plain.isBlank()) {
            return plain;
        }
        return mail.htmlBody() == null ? "" : HtmlText.of(mail.htmlBody());
    }

    /**
     * The message as it came, or one made of the fields of Postal's format {@code Hash}.
     *
     * @throws IOException        if its content cannot be read
     * @throws MessagingException if it cannot be parsed or composed
     */
    @Converter
    public static MimeMessage toMimeMessage(InboundMail mail) throws IOException, MessagingException {
        return MailAsMime.of(mail);
    }

    /** The bytes of {@link #toMimeMessage}; a raw message is not parsed for that. */
    @Converter
    public static InputStream toStream(InboundMail mail) throws IOException, MessagingException {
        Content message = mail.message();
        return message != null ? message.open() : new ByteArrayInputStream(toBytes(mail));
    }

    /** The bytes of {@link #toMimeMessage}; a raw message is not parsed for that. */
    @Converter
    public static byte[] toBytes(InboundMail mail) throws IOException, MessagingException {
        Content message = mail.message();
        if (message != null) {
            try (InputStream in = message.open()) {
                return in.readAllBytes();
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        toMimeMessage(mail).writeTo(bytes);
        return bytes.toByteArray();
    }

    /** Postal's field names; times as Unix seconds, bytes as {@code byte[]}. */
    @Converter
    public static Map<String, Object> toMap(PostalPayload payload) {
        return payload.toMap();
    }

    /** Postal's field names. */
    @Converter
    public static JsonNode toJson(PostalPayload payload) {
        return JSON.valueToTree(payload.toMap());
    }

    /** As JSON with Postal's field names. */
    @Converter
    public static String toJsonText(PostalEvent event) throws JsonProcessingException {
        return JSON.writeValueAsString(event.toMap());
    }

    /** As JSON with Postal's field names. */
    @Converter
    public static byte[] toJsonBytes(PostalEvent event) throws JsonProcessingException {
        return JSON.writeValueAsBytes(event.toMap());
    }

    /** As JSON with Postal's field names. */
    @Converter
    public static InputStream toJsonStream(PostalEvent event) throws JsonProcessingException {
        return new ByteArrayInputStream(toJsonBytes(event));
    }
}
