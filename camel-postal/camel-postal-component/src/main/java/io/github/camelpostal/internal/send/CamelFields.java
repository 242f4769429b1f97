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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.PostalErrorCode;
import org.apache.camel.Message;

/**
 * Reads the {@code CamelPostal*} headers of a message that is to be sent. A header that is there wins, even when it is empty; one
 * that is null is not there.
 */
final class CamelFields {

    private CamelFields() {
    }

    /** Text for a header field, on one line; null when there is none. */
    static String line(Message message, String header) {
        String text = text(message, header);
        return text == null ? null : HeaderText.singleLine(text);
    }

    /** Any text; null when there is none. */
    static String text(Message message, String header) {
        Object value = message.getHeader(header);
        if (value == null) {
            return null;
        }
        String text = message.getHeader(header, String.class);
        if (text == null) {
            throw new Refusal(PostalErrorCode.INVALID_VALUE,
                    header + " is a " + value.getClass().getName() + "; it takes a String");
        }
        return text;
    }

    static Optional<Boolean> bounce(Message message) {
        Object value = message.getHeader(PostalConstants.BOUNCE);
        return value == null ? Optional.empty() : Optional.of(truth(PostalConstants.BOUNCE, value));
    }

    /** Postal takes everything but false and null for true, even the text "false" (contract 2.7), so we do not pass text on. */
    static boolean truth(String field, Object value) {
        String text = value.toString().strip();
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw new Refusal(PostalErrorCode.INVALID_VALUE, field + " is neither true nor false");
        }
        return text.equalsIgnoreCase("true");
    }

    /** Additional header fields, names made safe. */
    static Map<String, List<String>> headers(Message message) {
        Object value = message.getHeader(PostalConstants.HEADERS);
        if (value != null && !(value instanceof Map)) {
            throw new Refusal(PostalErrorCode.INVALID_VALUE, PostalConstants.HEADERS + " is a " + value.getClass().getName()
                    + "; it takes a Map from header name to value, or to a collection of values");
        }
        return value == null ? Map.of() : headers((Map<?, ?>) value);
    }

    static Map<String, List<String>> headers(Map<?, ?> map) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        map.forEach((name, value) -> {
            List<String> values = headers.computeIfAbsent(HeaderText.fieldName(String.valueOf(name)), n -> new ArrayList<>());
            several(value).forEach(one -> values.add(HeaderText.singleLine(one.toString())));
        });
        return headers;
    }

    private static List<Object> several(Object value) {
        if (value == null) {
            return List.of();
        }
        if (value instanceof Collection<?> collection) {
            return collection.stream().filter(one -> one != null).map(one -> (Object) one).toList();
        }
        return value instanceof Object[] array ? several(Arrays.asList(array)) : List.of(value);
    }
}
