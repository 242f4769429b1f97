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
package io.github.camelpostal.internal.ledger;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Names and values in one line, as the ledger keeps them for a scan: {@code phase=UP from=120}. What is absent is not written. */
final class ScanText {

    private final Map<String, String> values;

    private ScanText(Map<String, String> values) {
        this.values = values;
    }

    static ScanText empty() {
        return new ScanText(new LinkedHashMap<>());
    }

    static ScanText parse(String text) {
        Map<String, String> values = new HashMap<>();
        for (String pair : text.split(" ")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return new ScanText(values);
    }

    ScanText put(String name, String value) {
        values.put(name, AsciiColumns.escape(value));
        return this;
    }

    ScanText put(String name, long value) {
        return put(name, Long.toString(value));
    }

    ScanText put(String name, @Nullable Instant time) {
        return time == null ? this : put(name, time.toEpochMilli());
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    String text(String name, String otherwise) {
        String value = values.get(name);
        return value == null ? otherwise : AsciiColumns.unescape(value);
    }

    long number(String name, long otherwise) {
        String value = values.get(name);
        return value == null ? otherwise : Long.parseLong(value);
    }

    @Nullable
    Instant time(String name) {
        String value = values.get(name);
        return value == null ? null : Instant.ofEpochMilli(Long.parseLong(value));
    }

    Instant time(String name, Instant otherwise) {
        Instant time = time(name);
        return time == null ? otherwise : time;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(300);
        values.forEach((name, value) -> text.append(text.isEmpty() ? "" : " ").append(name).append('=').append(value));
        return text.toString();
    }
}
