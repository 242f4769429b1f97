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
package io.github.camelpostal.internal.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * A header field with parameters, such as Content-Type, read as well as it can be: quotes that are not closed, semicolons
 * that are missing or doubled, file names without quotes, and RFC 2231 in all its mixtures.
 *
 * @param kind what stands in front of the parameters, such as {@code attachment} or {@code text/plain}; empty without a field
 */
record FieldParameters(String kind, Map<String, String> parameters) {

    /** Names that begin a parameter also where the semicolon in front is missing. */
    private static final List<String> KNOWN = List.of("boundary", "charset", "name", "filename", "format", "delsp", "size",
            "type", "method", "start", "protocol", "micalg", "report-type", "creation-date", "modification-date");

    /** The parameter, decoded; null where there is none or it says nothing. */
    @Nullable
    String get(String name) {
        String value = parameters.get(name);
        return value == null || value.isBlank() ? null : value;
    }

    static FieldParameters of(@Nullable String field) {
        if (field == null) {
            return new FieldParameters("", Map.of());
        }
        return new Reader(MailCharsets.eightBit(field)).read();
    }

    private static final class Reader {

        private final String field;
        private final Map<String, String> plain = new HashMap<>();
        private final Map<String, TreeMap<Integer, Segment>> segments = new HashMap<>();
        private int next;

        /** A value or a piece of one (RFC 2231). */
        private record Segment(String text, boolean encoded) {
        }

        Reader(String field) {
            this.field = field;
        }

        FieldParameters read() {
            while (next < field.length() && !isSeparator(field.charAt(next))) {
                next++;
            }
            String kind = field.substring(0, next).strip();
            while (next < field.length()) {
                readParameter();
            }
            Map<String, String> all = new HashMap<>();
            plain.forEach((name, value) -> all.put(name, EncodedWords.decode(value)));
            segments.forEach((name, several) -> all.put(name, joined(several)));
            return new FieldParameters(kind, all);
        }

        private void readParameter() {
            while (next < field.length() && isSeparator(field.charAt(next))) {
                next++;
            }
            int start = next;
            while (next < field.length() && isNameCharacter(field.charAt(next))) {
                next++;
            }
            String name = field.substring(start, next).toLowerCase(Locale.ROOT);
            skipBlanks();
            if (!name.isEmpty() && next < field.length() && field.charAt(next) == '=') {
                next++;
                skipBlanks();
                put(name, next < field.length() && field.charAt(next) == '"' ? quoted() : unquoted());
            } else if (next == start) {
                next++; // nothing that a parameter begins with
            }
        }

        private void put(String name, String value) {
            int star = name.indexOf('*');
            if (star < 0) {
                plain.putIfAbsent(name, value);
                return;
            }
            boolean encoded = name.endsWith("*");
            String number = name.substring(star + 1, encoded ? Math.max(star + 1, name.length() - 1) : name.length());
            int index = number.matches("\\d{1,4}") ? Integer.parseInt(number) : 0;
            segments.computeIfAbsent(name.substring(0, star), key -> new TreeMap<>()).putIfAbsent(index,
                    new Segment(value, encoded));
        }

        private String quoted() {
            StringBuilder value = new StringBuilder();
            for (next++; next < field.length() && field.charAt(next) != '"'; next++) {
                char c = field.charAt(next);
                boolean escape = c == '\\' && next + 1 < field.length()
                        && (field.charAt(next + 1) == '"' || field.charAt(next + 1) == '\\');
                value.append(escape ? field.charAt(++next) : c); // C:\x is what it says
            }
            next++;
            return value.toString();
        }

        private String unquoted() {
            int start = next;
            while (next < field.length() && field.charAt(next) != ';' && !beginsParameter()) {
                next++;
            }
            return field.substring(start, next).strip();
        }

        private boolean beginsParameter() {
            if (!Character.isWhitespace(field.charAt(next))) {
                return false;
            }
            for (String name : KNOWN) {
                int after = next + 1 + name.length();
                if (field.regionMatches(true, next + 1, name, 0, name.length()) && after < field.length()
                        && (field.charAt(after) == '=' || field.charAt(after) == '*')) {
                    return true;
                }
            }
            return false;
        }

        private void skipBlanks() {
            while (next < field.length() && Character.isWhitespace(field.charAt(next))) {
                next++;
            }
        }

        private static boolean isSeparator(char c) {
            return c == ';' || Character.isWhitespace(c);
        }

        private static boolean isNameCharacter(char c) {
            return c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '*' || c == '.');
        }

        /** The pieces of one value; the first says in which charset the encoded ones are written. */
        private static String joined(TreeMap<Integer, Segment> segments) {
            Segment first = segments.firstEntry().getValue();
            if (segments.values().stream().noneMatch(Segment::encoded)) {
                StringBuilder text = new StringBuilder();
                segments.values().forEach(segment -> text.append(segment.text()));
                return EncodedWords.decode(text.toString());
            }
            String[] parts = first.encoded() ? first.text().split("'", 3) : new String[0];
            String charset = parts.length == 3 ? parts[0] : "";
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (Segment segment : segments.values()) {
                String text = segment == first && parts.length == 3 ? parts[2] : segment.text();
                if (segment.encoded()) {
                    unescape(text, bytes);
                } else {
                    bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
                }
            }
            return MailCharsets.decode(bytes.toByteArray(), charset);
        }

        private static void unescape(String text, ByteArrayOutputStream bytes) {
            byte[] escaped = text.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < escaped.length; i++) {
                int high = escaped[i] == '%' && i + 2 < escaped.length ? Character.digit(escaped[i + 1], 16) : -1;
                int low = high < 0 ? -1 : Character.digit(escaped[i + 2], 16);
                if (low < 0) {
                    bytes.write(escaped[i]);
                } else {
                    bytes.write(high << 4 | low);
                    i += 2;
                }
            }
        }
    }
}
