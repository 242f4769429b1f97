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
package io.github.camelpostal.sandbox.internal.format;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Form data the way Postal writes it (protocol 4.4): percent-encoded UTF-8, a space as {@code +}, null as a bare key without
 * {@code =}, a list as the same key again and again, booleans as words. Knows the bytes, never what they are about.
 */
public final class PostalForm {
    private PostalForm() {
    }

    /** The ASCII bytes Postal would send for these strings, numbers, booleans, lists of such, and nulls. */
    public static byte[] write(Map<String, Object> fields) {
        return fields.entrySet().stream()
                .map(field -> pairs(encoded(field.getKey()), field.getValue()))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String pairs(String key, @Nullable Object value) {
        if (value == null) {
            return key;
        }
        return value instanceof List<?> values
                ? values.stream().map(one -> key + "=" + encoded(text(one))).collect(Collectors.joining("&"))
                : key + "=" + encoded(text(value));
    }

    private static String text(Object value) {
        return value instanceof Double number ? number(number) : value.toString();
    }

    /** Ruby's {@code 0.0} and {@code 1795196741.3768268}, never an exponent. */
    static String number(double value) {
        BigDecimal exact = BigDecimal.valueOf(value);
        return (exact.scale() < 1 ? exact.setScale(1) : exact).toPlainString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
