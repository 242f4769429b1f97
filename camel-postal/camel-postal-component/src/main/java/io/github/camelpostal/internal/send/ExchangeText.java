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

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.ParseException;

import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.internal.client.Refusal;
import io.github.camelpostal.internal.client.SendingRules;
import io.github.camelpostal.internal.mime.compose.HeaderText;
import io.github.camelpostal.payload.HeaderField;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.apache.camel.TypeConversionException;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;

/**
 * Takes text from an exchange, whatever type a header or map value has there. A header that is there wins, even when it is
 * empty; one that is null is not there.
 *
 * <p>
 * Bytes, as Kafka hands headers on, are text in the character set of the exchange, else of its Content-Type, else UTF-8, never
 * the platform's. What is no text is refused by name: {@code [B@26844abb} would be mailed otherwise.
 */
public final class ExchangeText {

    private ExchangeText() {
    }

    /** The text of a header on one line; null when there is none. */
    static @Nullable String line(Message message, String header) {
        String text = header(message, header);
        return text == null ? null : HeaderText.singleLine(text);
    }

    /**
     * The text of a header; null when there is none.
     *
     * @throws Refusal if it holds something that is no text
     */
    public static @Nullable String header(Message message, String header) {
        Object value = message.getHeader(header);
        return value == null ? null : of(message.getExchange(), header, value);
    }

    /**
     * A value as text.
     *
     * @param exchange null outside of a route
     * @param name     of the header or field, for error texts
     */
    static String of(@Nullable Exchange exchange, String name, Object value) {
        if (value instanceof CharSequence text) {
            return text.toString();
        }
        if (value instanceof byte[] bytes) {
            return decoded(exchange, name, bytes);
        }
        boolean isArray = value.getClass().isArray();
        if (isContainer(value)) {
            throw noText(name, value);
        }
        if (isBytes(value) && exchange != null) {
            return decoded(exchange, name, bytes(exchange, name, value));
        }
        String text = isArray
                ? null
                : exchange == null ? value.toString() : converted(exchange, name, value, String.class);
        if (text == null || !isTextOf(value, text)) {
            throw noText(name, value);
        }
        return text;
    }

    /** What a path expression or a duplicate header of a request leaves: {@code [news]} is not the stream {@code news}. */
    private static boolean isContainer(Object value) {
        return value instanceof Collection || value instanceof Map || value instanceof Optional;
    }

    /**
     * Whether a conversion made text that somebody could want to read. Camel converts every object by its {@code toString}:
     * {@code Order@26844abb}, {@code Exchange[]}, and so what a collection of these holds.
     */
    static boolean isTextOf(Object value, String text) {
        if (value instanceof Exchange || value instanceof Message || value instanceof Optional
                || text.startsWith(value.getClass().getName() + '@')) {
            return false;
        }
        return !(value instanceof Collection<?> several)
                || several.stream().allMatch(one -> one == null || isTextOf(one, String.valueOf(one)));
    }

    /** Postal takes everything but false and null for true, even the text "false" (protocol 2.7), so text is not passed on. */
    static boolean truth(@Nullable Exchange exchange, String name, Object value) {
        String text = of(exchange, name, value).strip();
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw new Refusal(PostalErrorCode.INVALID_VALUE, name + " is neither true nor false");
        }
        return text.equalsIgnoreCase("true");
    }

    /** An address field as the reader of address lists takes it: bytes in it, also inside collections, become text. */
    static Object addresses(Exchange exchange, String name, Object value) {
        if (value instanceof Collection<?> several) {
            List<@Nullable Object> readable = new ArrayList<>(several.size());
            several.forEach(one -> readable.add(one == null ? null : addresses(exchange, name, one)));
            return readable;
        }
        return value instanceof byte[] || isBytes(value) ? of(exchange, name, value) : value;
    }

    /** Header fields from a map; a value may be a collection or array of values. */
    static List<HeaderField> headers(@Nullable Exchange exchange, String name, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new Refusal(PostalErrorCode.INVALID_VALUE, name + " is a " + value.getClass().getName()
                    + "; it takes a Map from header name to value, or to a collection of values");
        }
        List<HeaderField> fields = new ArrayList<>();
        map.forEach((key, content) -> {
            String field = String.valueOf(key);
            SendingRules.checkHeaderName(field);
            for (Object one : several(content)) {
                fields.add(new HeaderField(field, HeaderText.singleLine(of(exchange, "the header " + field, one))));
            }
        });
        return fields;
    }

    /** The character set of the body and of bytes in headers. */
    static Charset charset(@Nullable Exchange exchange) {
        String name = exchange == null ? null : ExchangeHelper.getCharsetName(exchange, false);
        if (name == null && exchange != null) {
            name = charsetOf(exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class));
        }
        try {
            return name == null ? StandardCharsets.UTF_8 : Charset.forName(name.strip());
        } catch (IllegalArgumentException e) {
            throw new Refusal(PostalErrorCode.INVALID_ENCODING,
                    "the exchange or its Content-Type names a character set that this Java does not know", e);
        }
    }

    /** Bytes as text; what does not decode is refused, because a mail with replacement characters would be another mail. */
    static String decoded(@Nullable Exchange exchange, String name, byte[] bytes) {
        Charset charset = charset(exchange);
        try {
            return charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT).decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new Refusal(PostalErrorCode.INVALID_ENCODING, name + " is not " + charset.name()
                    + "; set the exchange property CamelCharsetName, or a Content-Type header with charset", e);
        }
    }

    /** Whether Camel would decode it with the platform's character set. */
    static boolean isBytes(Object value) {
        return value instanceof byte[] || value instanceof InputStream || value instanceof ByteBuffer
                || value instanceof StreamCache && !(value instanceof java.io.Reader);
    }

    /** The bytes of what {@link #isBytes}, each time all of them. */
    static byte[] bytes(Exchange exchange, String name, Object value) {
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes); // Camel would empty it
            return bytes;
        }
        OneTimeStreams.take(name, value);
        return converted(exchange, name, value, byte[].class);
    }

    private static <T> T converted(Exchange exchange, String name, Object value, Class<T> type) {
        try {
            T converted = exchange.getContext().getTypeConverter().convertTo(type, exchange, value);
            if (converted != null) {
                return converted;
            }
        } catch (TypeConversionException e) {
            throw new Refusal(PostalErrorCode.INVALID_VALUE, name + " cannot be converted to text", e);
        }
        throw noText(name, value);
    }

    private static Refusal noText(String name, Object value) {
        return new Refusal(PostalErrorCode.INVALID_VALUE,
                name + " is a " + value.getClass().getTypeName() + "; it takes a String");
    }

    private static Collection<?> several(@Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        if (value instanceof Collection<?> collection) {
            return collection.stream().filter(one -> one != null).toList();
        }
        return value instanceof Object[] array ? several(Arrays.asList(array)) : List.of(value);
    }

    private static @Nullable String charsetOf(@Nullable String contentType) {
        try {
            return contentType == null ? null : new ContentType(contentType).getParameter("charset");
        } catch (ParseException e) {
            return null;
        }
    }
}
