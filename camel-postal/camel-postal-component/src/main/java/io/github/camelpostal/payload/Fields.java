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
package io.github.camelpostal.payload;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of one object or form, by Postal's names. Knows how a value may be written: forms know text only, and older
 * releases of Postal write 0 and 1 for false and true (contract 11).
 *
 * <p>Values are {@code String}, {@code Long}, {@code BigInteger}, {@code BigDecimal}, {@code Boolean}, {@code null},
 * {@code List} and {@code Map}.
 */
final class Fields {

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
    void put(String name, Object value) throws PayloadException {
        if (values.containsKey(name)) {
            throw new PayloadException("'" + name + "' occurs twice");
        }
        values.put(name, value);
    }

    /** Takes a field that a form repeats for each value (contract 4.4). */
    void add(String name, Object value) {
        if (!has(name)) {
            values.put(name, value);
        } else if (values.get(name) instanceof Repeated several) {
            several.add(value);
        } else {
            values.put(name, new Repeated(values.get(name), value));
        }
    }

    /** The values of a field that a form repeats. */
    private static final class Repeated extends ArrayList<Object> {

        private static final long serialVersionUID = 1L;

        Repeated(Object first, Object second) {
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

    Optional<String> text(String name) throws PayloadException {
        Object value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof List || value instanceof Map) {
            throw new PayloadException("'" + name + "' is not text");
        }
        return Optional.of(value.toString());
    }

    String requiredText(String name) throws PayloadException {
        return text(name).filter(text -> !text.isBlank()).orElseThrow(() -> missing(name));
    }

    /** Several texts, or one, or none. */
    List<String> texts(String name) throws PayloadException {
        if (!(values.get(name) instanceof List<?> several)) {
            return text(name).map(List::of).orElse(List.of());
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
        return optionalInteger(name).orElseThrow(() -> missing(name));
    }

    Optional<Long> optionalInteger(String name) throws PayloadException {
        Optional<BigDecimal> number = number(name);
        if (number.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal value = number.get();
        if (value.compareTo(SMALLEST_LONG) < 0 || value.compareTo(LARGEST_LONG) > 0 || value.stripTrailingZeros().scale() > 0) {
            throw new PayloadException("'" + name + "' is not a whole number that we can keep");
        }
        return Optional.of(value.longValueExact());
    }

    Optional<Integer> count(String name) throws PayloadException {
        Optional<Long> number = optionalInteger(name);
        if (number.isPresent() && (number.get() < 0 || number.get() > Integer.MAX_VALUE)) {
            throw new PayloadException("'" + name + "' is not a count");
        }
        return number.map(Long::intValue);
    }

    Instant instant(String name) throws PayloadException {
        return UnixTime.instant(number(name).orElseThrow(() -> missing(name)));
    }

    Optional<Duration> duration(String name) throws PayloadException {
        Optional<BigDecimal> seconds = number(name);
        return seconds.isEmpty() ? Optional.empty() : Optional.of(UnixTime.duration(seconds.get()));
    }

    Optional<Boolean> flag(String name) throws PayloadException {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        return switch (value.get()) {
            case "true", "1" -> Optional.of(true);
            case "false", "0" -> Optional.of(false);
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

    private Optional<BigDecimal> number(String name) throws PayloadException {
        Object value = values.get(name);
        if (value instanceof Long whole) {
            return Optional.of(BigDecimal.valueOf(whole));
        }
        if (value instanceof BigDecimal decimal) {
            return Optional.of(decimal);
        }
        if (value instanceof BigInteger whole) {
            return Optional.of(new BigDecimal(whole));
        }
        if (value instanceof Boolean) {
            throw new PayloadException("'" + name + "' is not a number");
        }
        Optional<String> text = text(name);
        return text.isEmpty() ? Optional.empty() : Optional.of(number(name, text.get()));
    }

    /** Parses a number that is neither long nor of an exponent that would take minutes to write out. */
    static BigDecimal number(String name, String text) throws PayloadException {
        try {
            BigDecimal number = text.length() > JsonReader.LONGEST_NUMBER ? null : new BigDecimal(text);
            if (number != null && Math.abs((long) number.scale()) <= JsonReader.LONGEST_NUMBER) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new PayloadException("'" + name + "' is not a number that we can keep");
    }

    private static PayloadException missing(String name) {
        return new PayloadException("'" + name + "' is missing");
    }
}
