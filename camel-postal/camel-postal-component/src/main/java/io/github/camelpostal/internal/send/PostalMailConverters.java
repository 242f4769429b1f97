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

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpostal.api.Delivery;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.api.PostalRejectedException;
import io.github.camelpostal.api.SendResult;
import io.github.camelpostal.api.StoredMessage;
import io.github.camelpostal.internal.client.Refusal;
import io.github.camelpostal.internal.mime.compose.MimeParts;
import io.github.camelpostal.payload.Content;
import org.apache.camel.Converter;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Camel's conversions of what is sent and what comes back: to {@link PostalMessage} from a map, JSON or a MIME message, and from
 * the results to a map or JSON with Postal's field names.
 */
@Converter(generateLoader = true)
public final class PostalMailConverters {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final @Nullable Session NO_SESSION = null;
    private static final TypeReference<LinkedHashMap<String, Object>> MAP = new TypeReference<>() {
    };

    private PostalMailConverters() {
    }

    /** @throws PostalRejectedException naming the key that is unknown or of a wrong type */
    @Converter
    public static PostalMessage toPostalMessage(Map<?, ?> fields, @Nullable Exchange exchange) throws PostalRejectedException {
        try {
            return MessageMap.read(exchange, fields);
        } catch (Refusal refusal) {
            throw refusal.by("send");
        }
    }

    /** Text is taken for a JSON object with the names of Postal's {@code send/message}. */
    @Converter
    public static PostalMessage toPostalMessage(String json) throws PostalRejectedException {
        try {
            return toPostalMessage(JSON.readValue(json, MAP), null);
        } catch (JsonProcessingException e) {
            throw noJson();
        }
    }

    /** The same from bytes, which JSON defines as UTF-8. */
    @Converter
    public static PostalMessage toPostalMessage(byte[] json) throws PostalRejectedException, IOException {
        try {
            return toPostalMessage(JSON.readValue(json, MAP), null);
        } catch (JsonProcessingException e) {
            throw noJson();
        }
    }

    /** The same from a stream. */
    @Converter
    public static PostalMessage toPostalMessage(InputStream json) throws PostalRejectedException, IOException {
        try {
            return toPostalMessage(JSON.readValue(json, MAP), null);
        } catch (JsonProcessingException e) {
            throw noJson();
        }
    }

    /** Takes a MIME message apart: fields, the first text and HTML part, and everything else as attachments. */
    @Converter
    public static PostalMessage toPostalMessage(MimeMessage message)
            throws PostalRejectedException, MessagingException, IOException {
        try {
            return MimeParts.read(message);
        } catch (Refusal refusal) {
            throw refusal.by("send");
        }
    }

    /** @throws IllegalArgumentException if the message was read without {@code raw_message} */
    @Converter
    public static MimeMessage toMimeMessage(StoredMessage message) throws MessagingException, IOException {
        Content raw = message.rawMessage();
        if (raw == null) {
            throw new IllegalArgumentException(
                    "The message was read without its raw form; set expansions=raw_message or expansions=all");
        }
        try (InputStream in = raw.open()) {
            return new MimeMessage(NO_SESSION, in);
        }
    }

    @Converter
    public static Map<String, Object> toMap(SendResult result) {
        return result.toMap();
    }

    @Converter
    public static Map<String, Object> toMap(StoredMessage message) {
        return message.toMap();
    }

    @Converter
    public static Map<String, Object> toMap(Delivery delivery) {
        return delivery.toMap();
    }

    @Converter
    public static String toJson(SendResult result) throws JsonProcessingException {
        return JSON.writeValueAsString(result.toMap());
    }

    @Converter
    public static String toJson(StoredMessage message) throws JsonProcessingException {
        return JSON.writeValueAsString(message.toMap());
    }

    @Converter
    public static String toJson(Delivery delivery) throws JsonProcessingException {
        return JSON.writeValueAsString(delivery.toMap());
    }

    /** Jackson's own message quotes the text. */
    private static PostalRejectedException noJson() {
        return PostalRejectedException.beforeCall("send", PostalErrorCode.INVALID_VALUE,
                "the text is no JSON object with the names of Postal's send/message", null);
    }
}
