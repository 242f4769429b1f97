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
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decodes the encoded words of a header field (RFC 2047) also where they break the rules: in the middle of a word, without a
 * blank between two, within quotes, and with a character that begins in one and ends in the next.
 */
public final class EncodedWords {

    private static final Pattern WORD = Pattern.compile("=\\?([^?\\s]{1,64})\\?([bBqQ])\\?([^?]*)\\?=");

    private EncodedWords() {
    }

    /**
     * The text with its encoded words decoded; what cannot be decoded remains as it is.
     *
     * @param text unfolded
     */
    public static String decode(String text) {
        if (!text.contains("=?")) {
            return text;
        }
        StringBuilder decoded = new StringBuilder(text.length());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(); // of neighbours in one charset
        String charset = "";
        int end = 0;
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            String between = text.substring(end, word.start());
            String next = word.group(1).split("\\*", 2)[0].toLowerCase(Locale.ROOT); // RFC 2231 adds a language
            boolean neighbours = bytes.size() > 0 && between.isBlank();
            if (!neighbours || !next.equals(charset)) {
                decoded.append(MailCharsets.decode(bytes.toByteArray(), charset));
                decoded.append(neighbours ? "" : between);
                bytes.reset();
            }
            charset = next;
            bytes.writeBytes(word.group(2).equalsIgnoreCase("b") ? base64(word.group(3)) : q(word.group(3)));
            end = word.end();
        }
        return decoded.append(MailCharsets.decode(bytes.toByteArray(), charset)).append(text, end, text.length()).toString();
    }

    private static byte[] base64(String text) {
        StringBuilder characters = new StringBuilder(text.length());
        text.chars().filter(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '+' || c == '/'))
                .forEach(c -> characters.append((char) c));
        if (characters.length() % 4 == 1) { // cut in the middle of a byte
            characters.setLength(characters.length() - 1);
        }
        return Base64.getDecoder().decode(characters.toString());
    }

    private static byte[] q(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length);
        for (int i = 0; i < encoded.length; i++) {
            int high = encoded[i] == '=' && i + 2 < encoded.length ? Character.digit(encoded[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(encoded[i + 2], 16);
            if (low >= 0) {
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.write(encoded[i] == '_' ? ' ' : encoded[i]);
            }
        }
        return bytes.toByteArray();
    }
}
