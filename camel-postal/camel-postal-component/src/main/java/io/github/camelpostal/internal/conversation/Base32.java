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

/**
 * Base32 (RFC 4648) in lower case and without padding. An address or a Message-ID may arrive in upper case, which base64
 * would not survive.
 */
final class Base32 {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    private static final int BITS = 5;

    private Base32() {
    }

    static boolean isDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= '2' && c <= '7';
    }

    static boolean isNumber(CharSequence text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Writes the lowest bits of a number, most significant digit first. */
    static String ofNumber(int number, int digits) {
        char[] text = new char[digits];
        for (int i = 0; i < digits; i++) {
            text[i] = ALPHABET.charAt(number >>> BITS * (digits - 1 - i) & 31);
        }
        return new String(text);
    }

    /** Reads a number of up to six digits, all of which must be digits of this alphabet. */
    static int toNumber(CharSequence text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number << BITS | ALPHABET.indexOf(text.charAt(i));
        }
        return number;
    }

    /** Writes the first bytes that make up a whole number of digits: five bytes are eight digits. */
    static String ofBytes(byte[] bytes, int digits) {
        StringBuilder text = new StringBuilder(digits);
        for (int digit = 0; digit < digits; digit++) {
            int value = 0;
            for (int bit = digit * BITS; bit < digit * BITS + BITS; bit++) {
                value = value << 1 | bytes[bit >> 3] >> 7 - (bit & 7) & 1;
            }
            text.append(ALPHABET.charAt(value));
        }
        return text.toString();
    }
}
