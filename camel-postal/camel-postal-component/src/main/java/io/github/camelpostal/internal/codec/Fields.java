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
package io.github.camelpostal.internal.codec;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.camelpostal.payload.PayloadException;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one object or form, by Postal's names. Knows how a value may be written: forms know text only, and older
 * releases of Postal write 0 and 1 for false and true (protocol 11).
 *
 * <p>Values are {@code String}, {@code Long}, {@code BigInteger}, {@code BigDecimal}, {@code Boolean}, {@code null},
 * {@code List} and {@code Map}.
 */
final class Fields {

    static final int LONGEST_NUMBER = 64;

    private static final int NANO_DIGITS = 9;
    private static final BigDecimal LARGEST_TIME = new BigDecimal("1e12"); // some 30,000 years
    private static final BigDecimal LARGEST_LONG = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final BigDecimal SMALLEST_LONG = BigDecimal.valueOf(Long.MIN_VALUE);

    private final Map<String, Object> values;

    Fields(Map<String, Object> values) {
        this.values = values;
    }

    Fields() {
        this(new LinkedHashMap<>());
    }

    /** Takes a field that may occur once. */
    void put(String name, @Nullable Object value) throws PayloadException {
        if (values.containsKey(name)) {
            throw new PayloadException("'" + name + "' occurs twice");
        }
        values.put(name, value);
    }

    /** Takes a field that a form repeats for each value (protocol 4.4). */
    void add(String name, @Nullable Object value) {
        if (!has(name)) {
            values.put(name, value);
        } else if (values.get(name) instanceof RepeatedValues several) {
            several.add(value);
        } else {
            values.put(name, new RepeatedValues(values.get(name), value));
        }
    }

    /** The values of a field that a form repeats. */
    private static final class RepeatedValues extends ArrayList<@Nullable Object> {

        private static final long serialVersionUID = 1L;

        RepeatedValues(@Nullable Object first, @Nullable Object second) {
            add(first);
            add(second);
        }
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    boolean hasAny(Iterable<String> names) {
        for (String name : names) {
            if (has(name)) {
                return true;
            }
        }
        return false;
    }

    Map<String, Object> asMap() {
        return Collections.unmodifiableMap(values);
    }

    @Nullable
    String text(String name) throws PayloadException {
        Object value = values.get(name);
        if (value instanceof String text) { // first: to ask a text whether it is a list takes longer
            return text;
        }
        if (value instanceof List || value instanceof Map) {
            throw new PayloadException("'" + name + "' is not text");
        }
        return value == null ? null : value.toString();
    }

    String requiredText(String name) throws PayloadException {
        String text = text(name);
        if (text == null || text.isBlank()) {
            throw missing(name);
        }
        return text;
    }

    /** Several texts, or one, or none. */
    List<String> texts(String name) throws PayloadException {
        if (!(values.get(name) instanceof List<?> several)) {
            String text = text(name);
            return text == null ? List.of() : List.of(text);
        }
        List<String> texts = new ArrayList<>(several.size());
        for (Object value : several) {
            if (!(value instanceof String text)) {
                throw new PayloadException("'" + name + "' is not a list of texts");
            }
            texts.add(text);
        }
        return Collections.unmodifiableList(texts);
    }

    long integer(String name) throws PayloadException {
        Long number = optionalInteger(name);
        if (number == null) {
            throw missing(name);
        }
        return number;
    }

    @Nullable
    Long optionalInteger(String name) throws PayloadException {
        BigDecimal number = number(name);
        if (number == null) {
            return null;
        }
        if (number.compareTo(SMALLEST_LONG) < 0 || number.compareTo(LARGEST_LONG) > 0
                || number.stripTrailingZeros().scale() > 0) {
            throw new PayloadException("'" + name + "' is not a whole number that fits");
        }
        return number.longValueExact();
    }

    @Nullable
    Integer count(String name) throws PayloadException {
        Long number = optionalInteger(name);
        if (number != null && (number < 0 || number > Integer.MAX_VALUE)) {
            throw new PayloadException("'" + name + "' is not a count");
        }
        return number == null ? null : number.intValue();
    }

    Instant instant(String name) throws PayloadException {
        BigDecimal seconds = number(name);
        if (seconds == null) {
            throw missing(name);
        }
        Duration sinceEpoch = duration(seconds);
        try {
            return Instant.ofEpochSecond(sinceEpoch.getSeconds(), sinceEpoch.getNano());
        } catch (DateTimeException e) {
            throw new PayloadException("a time is out of range");
        }
    }

    @Nullable
    Duration duration(String name) throws PayloadException {
        BigDecimal seconds = number(name);
        return seconds == null ? null : duration(seconds);
    }

    private static Duration duration(BigDecimal seconds) throws PayloadException {
        if (seconds.abs().compareTo(LARGEST_TIME) > 0 || seconds.scale() > LONGEST_NUMBER) {
            throw new PayloadException("a time is out of range");
        }
        BigDecimal nanos = seconds.setScale(NANO_DIGITS, RoundingMode.FLOOR);
        long whole = nanos.setScale(0, RoundingMode.FLOOR).longValueExact();
        return Duration.ofSeconds(whole, nanos.subtract(BigDecimal.valueOf(whole)).unscaledValue().longValueExact());
    }

    @Nullable
    Boolean flag(String name) throws PayloadException {
        String value = text(name);
        if (value == null) {
            return null;
        }
        return switch (value) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new PayloadException("'" + name + "' is neither true nor false");
        };
    }

    @SuppressWarnings("unchecked")
    Fields object(String name) throws PayloadException {
        if (values.get(name) instanceof Map<?, ?> object) {
            return new Fields((Map<String, Object>) object);
        }
        throw values.get(name) == null ? missing(name) : new PayloadException("'" + name + "' is not an object");
    }

    private @Nullable BigDecimal number(String name) throws PayloadException {
        Object value = values.get(name);
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof Long whole) {
            return BigDecimal.valueOf(whole);
        }
        if (value instanceof Boolean) {
            throw new PayloadException("'" + name + "' is not a number");
        }
        String text = text(name);
        return text == null ? null : number(name, text);
    }

    /** Parses a number that is neither long nor of an exponent that would take minutes to write out. */
    static BigDecimal number(String name, String text) throws PayloadException {
        try {
            BigDecimal number = text.length() > LONGEST_NUMBER ? null : new BigDecimal(text);
            if (number != null && Math.abs((long) number.scale()) <= LONGEST_NUMBER) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw new PayloadException("'" + name + "' is not a number that fits");
    }

    private static PayloadException missing(String name) {
        return new PayloadException("'" + name + "' is missing");
    }
}
