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

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.camelpostal.ledger.StoredCopy;

/**
 * Texts as a database column holds them whatever its character set and collation are: ASCII only, everything else, blanks and line ends
 * escaped. What is searched for exactly is searched for by its hash: many databases take {@code A} and {@code a} for equal.
 */
public final class AsciiColumns {

    private static final char ESCAPE = '\\';

    private AsciiColumns() {
    }

    /** 64 lower-case hexadecimal digits for these texts, in this order. */
    public static String hash(String... texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String text : texts) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c > '~' || c == ESCAPE) {
                escaped.append(ESCAPE).append(HexFormat.of().toHexDigits(c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    public static String unescape(String column) {
        StringBuilder text = new StringBuilder(column.length());
        for (int i = 0; i < column.length(); i++) {
            char c = column.charAt(i);
            if (c == ESCAPE) {
                text.append((char) HexFormat.fromHexDigits(column, i + 1, i + 5));
                i += 4;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    /** One address a line. */
    public static String addresses(List<String> addresses) {
        return String.join("\n", addresses.stream().map(AsciiColumns::escape).toList());
    }

    public static List<String> addresses(String column) {
        return lines(column).stream().map(AsciiColumns::unescape).toList();
    }

    /** One line a copy: id, token, address. */
    public static String copies(Map<String, StoredCopy> copies) {
        List<String> lines = new ArrayList<>();
        copies.forEach((address, copy) -> lines.add(copy.id() + " " + escape(copy.token()) + " " + escape(address)));
        return String.join("\n", lines);
    }

    public static Map<String, StoredCopy> copies(String column) {
        Map<String, StoredCopy> copies = new LinkedHashMap<>();
        for (String line : lines(column)) {
            String[] parts = line.split(" ", 3);
            copies.put(unescape(parts[2]), new StoredCopy(Long.parseLong(parts[0]), unescape(parts[1])));
        }
        return copies;
    }

    private static List<String> lines(String column) {
        // Oracle has no empty strings: they come back as null
        return column == null || column.isEmpty() ? List.of() : List.of(column.split("\n"));
    }
}
