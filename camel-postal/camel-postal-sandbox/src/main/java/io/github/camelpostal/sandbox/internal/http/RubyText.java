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
package io.github.camelpostal.sandbox.internal.http;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelpostal.sandbox.internal.store.PostalVersion;

/** What Ruby makes of a JSON value where a text is wanted, and what Rails calls blank. */
final class RubyText {
    private RubyText() {
    }

    /** {@code to_s}: a list becomes the literal text of a Ruby list (protocol 2.7); nil becomes nothing. */
    static String of(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return "";
        }
        return value.isTextual() ? value.textValue() : inspect(value);
    }

    /** Written as 0 or 1 before 2.1.3 (protocol 11). */
    static Object bool(boolean value, PostalVersion version) {
        return version.writesBooleansAsNumbers() ? (Object) (value ? 1 : 0) : (Object) value;
    }

    /** {@code blank?}: nothing, false, white space, or an empty list or object. */
    static boolean isBlank(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL, MISSING -> true;
            case BOOLEAN -> !value.booleanValue();
            case STRING -> value.textValue().isBlank();
            case ARRAY, OBJECT -> value.isEmpty();
            default -> false;
        };
    }

    private static String inspect(JsonNode value) {
        if (value.isArray()) {
            List<String> elements = new ArrayList<>();
            value.forEach(element -> elements.add(inspect(element)));
            return "[" + String.join(", ", elements) + "]";
        }
        if (value.isObject()) {
            List<String> members = new ArrayList<>();
            value.fields().forEachRemaining(m -> members.add('"' + m.getKey() + "\" => " + inspect(m.getValue())));
            return "{" + String.join(", ", members) + "}";
        }
        if (value.isTextual()) {
            return '"' + value.textValue().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }
        return value.isNull() ? "nil" : value.asText();
    }
}
