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

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * How Postal's mail library decodes the content of an entity: line ends become LF only in some encodings (recorded), and nothing
 * is ever refused but an encoding that it does not know.
 */
enum TransferDecoding {
    SEVEN_BIT, AS_IS, BASE64, QUOTED_PRINTABLE, UUENCODE, UNKNOWN;

    private static final Pattern BITS = Pattern.compile("(?i)([78])-?bits?");
    private static final Pattern NAME = Pattern
            .compile("\\s*([\\x21-\\x27\\x2a-\\x2e0-9A-Z\\x5e-\\x7e]+)\\s*(?:\\(.*\\))?\\s*;?\\s*");
    private static final Pattern HEX_LINE_END = Pattern.compile("(?:=0D=0A|=0D|=0A)\r\n");
    private static final Pattern UU_BEGIN = Pattern.compile("\\Abegin \\d+ [^\n]*\n");
    private static final int SIX_BITS = 0x3f;

    /** @param field {@code Content-Transfer-Encoding}; null without one */
    static TransferDecoding of(@Nullable String field, boolean ascii) {
        Matcher bits = BITS.matcher(field == null ? "" : field);
        if (bits.find()) {
            return bits.group(1).equals("7") ? SEVEN_BIT : AS_IS;
        }
        Matcher name = NAME.matcher(field == null ? "" : field);
        return switch (name.matches() ? name.group(1).toLowerCase(Locale.ROOT).replace('_', '-') : "") {
            case "", "text" -> ascii ? SEVEN_BIT : AS_IS;
            case "binary" -> AS_IS;
            case "base64" -> BASE64;
            case "quoted-printable" -> QUOTED_PRINTABLE;
            case "uuencode", "x-uuencode", "x-uue" -> UUENCODE;
            default -> UNKNOWN;
        };
    }

    /** @param body bytes as Latin-1 characters, lines ending in CRLF */
    byte[] decoded(String body) {
        return switch (this) {
            case SEVEN_BIT -> latin1(withLf(body));
            case AS_IS, UNKNOWN -> latin1(body);
            case BASE64 -> RubyBase64.lenient(body);
            case QUOTED_PRINTABLE -> quotedPrintable(HEX_LINE_END.matcher(body).replaceAll("\r\n"));
            case UUENCODE -> uu(UU_BEGIN.matcher(body).replaceFirst(""));
        };
    }

    static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static String withLf(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n');
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** From the first mistake on the rest stands as it is; what is all ASCII gets LF. */
    private static byte[] quotedPrintable(String body) {
        StringBuilder text = new StringBuilder(body.length());
        int at = 0;
        while (at < body.length()) {
            if (body.charAt(at) != '=') {
                text.append(body.charAt(at++));
            } else if (body.startsWith("\r\n", at + 1)) {
                at += 3;
            } else if (body.startsWith("\n", at + 1)) {
                at += 2;
            } else if (hex(body, at + 1) >= 0 && hex(body, at + 2) >= 0) {
                text.append((char) (hex(body, at + 1) << 4 | hex(body, at + 2)));
                at += 3;
            } else {
                text.append(body, at, body.length());
                at = body.length();
            }
        }
        return latin1(isAscii(text.toString()) ? withLf(text.toString()) : text.toString());
    }

    private static int hex(String text, int at) {
        return at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
    }

    /** Each line says how many bytes it has; missing characters count as zeros, and a line that cannot be one ends the text. */
    private static byte[] uu(String body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int most = body.length() * 3 / 4;
        int at = 0;
        while (isUu(body, at) && body.charAt(at) > ' ') {
            int left = Math.min(body.charAt(at++) - ' ' & SIX_BITS, most - bytes.size());
            while (left > 0) {
                int group = 0;
                for (int i = 0; i < 4; i++) {
                    boolean there = isUu(body, at);
                    group = group << 6 | (there ? body.charAt(at) - ' ' & SIX_BITS : 0);
                    at += there ? 1 : 0;
                }
                for (int i = 2; i >= 0 && left > 0; i--, left--) {
                    bytes.write(group >> 8 * i);
                }
            }
            at += at < body.length() && body.charAt(at) != '\r' && body.charAt(at) != '\n' ? 1 : 0; // a check sum
            at += body.startsWith("\r", at) ? 1 : 0;
            at += body.startsWith("\n", at) ? 1 : 0;
        }
        return bytes.toByteArray();
    }

    private static boolean isUu(String text, int at) {
        return at < text.length() && text.charAt(at) >= ' ' && text.charAt(at) < 'a';
    }
}
