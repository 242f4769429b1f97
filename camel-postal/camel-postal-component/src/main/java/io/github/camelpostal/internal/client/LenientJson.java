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
package io.github.camelpostal.internal.client;

import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Values of Postal's JSON in all the types that its versions have written them in (protocol 2.9 and 11). An absent member is
 * like a null one.
 */
final class LenientJson {

    private LenientJson() {
    }

    static @Nullable String text(JsonNode object, String member) {
        JsonNode value = object.path(member);
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }

    static String requiredText(JsonNode object, String member) throws IOException {
        return required(text(object, member), member);
    }

    /** A number, also one written as text. */
    static @Nullable Long integer(JsonNode object, String member) throws IOException {
        JsonNode value = object.path(member);
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        if (value.isTextual()) {
            try {
                return Long.valueOf(value.textValue().trim());
            } catch (NumberFormatException e) {
                throw missing(member);
            }
        }
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        throw missing(member);
    }

    static long requiredInteger(JsonNode object, String member) throws IOException {
        return required(integer(object, member), member);
    }

    static @Nullable Double number(JsonNode object, String member) throws IOException {
        JsonNode value = object.path(member);
        if (value.isNumber()) {
            return value.doubleValue();
        }
        if (value.isTextual()) {
            try {
                return Double.valueOf(value.textValue().trim());
            } catch (NumberFormatException e) {
                throw missing(member);
            }
        }
        return null;
    }

    /** True or false, also as 0 and 1 (before 2.1.3) and as text; null is false. */
    static boolean flag(JsonNode object, String member) {
        JsonNode value = object.path(member);
        if (value.isNumber()) {
            return value.doubleValue() != 0;
        }
        if (value.isTextual()) {
            return value.textValue().equalsIgnoreCase("true") || value.textValue().equals("1");
        }
        return value.booleanValue();
    }

    /** Unix seconds, or ISO 8601 as in activity entries. */
    static @Nullable Instant time(JsonNode object, String member) throws IOException {
        JsonNode value = object.path(member);
        try {
            if (value.isTextual() && value.textValue().indexOf('T') > 0) {
                return OffsetDateTime.parse(value.textValue()).toInstant();
            }
            Double seconds = number(object, member);
            return seconds == null ? null : PostalTime.instant(seconds);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw missing(member);
        }
    }

    static Instant requiredTime(JsonNode object, String member) throws IOException {
        return required(time(object, member), member);
    }

    private static <T> T required(@Nullable T value, String member) throws IOException {
        if (value == null) {
            throw missing(member);
        }
        return value;
    }

    static UnreadableResponseException missing(String member) {
        return new UnreadableResponseException(member + " is missing or is something else");
    }
}
