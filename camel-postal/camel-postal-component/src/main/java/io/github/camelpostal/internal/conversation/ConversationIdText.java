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
package io.github.camelpostal.internal.conversation;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Writes the id of a conversation so that it survives in the local part of an address, whose case some programs change.
 * <p>
 * {@code a-z 0-9 . _ -} stand for themselves. A tilde switches between lower and upper case, which keeps ids like
 * {@code ORD-2026-4711} short. Every other byte of the UTF-8 form is an equals sign and two hexadecimal digits, and so is
 * the second of two dots in a row, which no local part may contain (RFC 5322, 3.2.3).
 */
final class ConversationIdText {

    private static final char CASE_SWITCH = '~';

    private static final char ESCAPE = '=';

    private ConversationIdText() {
    }

    /** Tells whether a character can occur in an escaped id; all letters are lower case. */
    static boolean isAllowed(char c) {
        return isPlain(c) || c == CASE_SWITCH || c == ESCAPE;
    }

    static String escape(String id) {
        StringBuilder text = new StringBuilder(id.length() + 8);
        boolean upper = false;
        char last = 0;
        for (byte b : utf8(id)) {
            char c = (char) (b & 0xff);
            boolean upperLetter = c >= 'A' && c <= 'Z';
            boolean lowerLetter = c >= 'a' && c <= 'z';
            if (upperLetter && !upper || lowerLetter && upper) {
                text.append(CASE_SWITCH);
                upper = !upper;
            }
            if (upperLetter) {
                text.append((char) (c + 32));
            } else if (isPlain(c) && !(c == '.' && last == '.')) {
                text.append(c);
            } else {
                text.append(ESCAPE).append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            }
            last = text.charAt(text.length() - 1);
        }
        return text.toString();
    }

    /** Reads what {@link #escape} wrote. Only called with texts whose MAC was verified, so nothing else is expected. */
    static String unescape(String text) {
        ByteArrayOutputStream id = new ByteArrayOutputStream(text.length());
        boolean upper = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == CASE_SWITCH) {
                upper = !upper;
            } else if (c == ESCAPE) {
                id.write(Integer.parseInt(text, i + 1, i + 3, 16));
                i += 2;
            } else {
                id.write(upper && c >= 'a' && c <= 'z' ? c - 32 : c);
            }
        }
        return id.toString(StandardCharsets.UTF_8);
    }

    private static boolean isPlain(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-';
    }

    private static byte[] utf8(String id) {
        if (id.isEmpty()) {
            throw new ConversationRefusedException("A conversation needs an id that is not empty");
        }
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(id));
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return copy;
        } catch (CharacterCodingException e) {
            // half a surrogate pair would become a question mark, and two conversations one
            throw new ConversationRefusedException("The id of a conversation must be text that UTF-8 can express");
        }
    }
}
