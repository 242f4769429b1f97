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
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

import io.github.camelpostal.BodyType;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalMessage;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.TypeConversionException;
import org.apache.camel.WrappedFile;

/**
 * Reads the body of an exchange as a message in parts: a {@link PostalMessage}, a map of its fields, or its text.
 */
final class ExchangeBody {

    private ExchangeBody() {
    }

    static PostalMessage read(Exchange exchange, BodyType bodyType) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof PostalMessage message) {
            return message;
        }
        if (body instanceof Map<?, ?> map) {
            return FieldMap.read(map);
        }
        String text = body == null ? "" : text(exchange, body);
        if (text.isEmpty()) {
            return PostalMessage.builder().build();
        }
        return isHtml(exchange, bodyType)
                ? PostalMessage.builder().htmlBody(text).build()
                : PostalMessage.builder().plainBody(text).build();
    }

    private static boolean isHtml(Exchange exchange, BodyType bodyType) {
        return switch (bodyType) {
            case PLAIN -> false;
            case HTML -> true;
            case AUTO -> {
                String type = exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class);
                yield type != null && type.strip().toLowerCase(Locale.ROOT).startsWith("text/html");
            }
        };
    }

    private static String text(Exchange exchange, Object body) {
        try {
            if (body instanceof CharSequence text) {
                return text.toString();
            }
            // Camel would decode a file with the charset of the endpoint it came from, and other bytes with the platform's
            if (body instanceof WrappedFile<?> wrapped && wrapped.getFile() instanceof File file) {
                return BodyCharset.decode(exchange, Files.readAllBytes(file.toPath()));
            }
            if (body instanceof Path path) {
                return BodyCharset.decode(exchange, Files.readAllBytes(path));
            }
            boolean bytes = body instanceof byte[] || body instanceof InputStream || body instanceof File
                    || body instanceof ByteBuffer || body instanceof WrappedFile
                    || body instanceof StreamCache && !(body instanceof Reader);
            if (bytes) {
                return BodyCharset.decode(exchange, convert(exchange, byte[].class));
            }
            return convert(exchange, String.class);
        } catch (IOException e) {
            throw new Refusal(PostalErrorCode.CONTENT_UNREADABLE, "the body cannot be read", e);
        }
    }

    private static <T> T convert(Exchange exchange, Class<T> type) {
        try {
            T converted = exchange.getMessage().getBody(type);
            if (converted != null) {
                return converted;
            }
        } catch (TypeConversionException e) {
            throw new Refusal(PostalErrorCode.INVALID_VALUE, "the body cannot be converted to text", e);
        }
        throw new Refusal(PostalErrorCode.INVALID_VALUE, "the body is a " + exchange.getMessage().getBody().getClass().getName()
                + "; it must be a PostalMessage, Map, MimeMessage, or something that Camel converts to text");
    }
}
