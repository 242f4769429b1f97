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
package io.github.camelpostal.benchmarks;

/** Finds and writes ASCII in bytes without making an object. */
final class AsciiSearch {

    private AsciiSearch() {
    }

    /** The position behind the first occurrence, letters in any case; -1 when there is none. */
    static int after(byte[] lowerCase, byte[] in, int from, int to) {
        for (int i = from; i <= to - lowerCase.length; i++) {
            if (isAt(lowerCase, in, i)) {
                return i + lowerCase.length;
            }
        }
        return -1;
    }

    static boolean startsWith(byte[] lowerCase, byte[] in) {
        return isAt(lowerCase, in, 0);
    }

    static boolean endsWith(byte[] lowerCase, byte[] in, int to) {
        return to >= lowerCase.length && isAt(lowerCase, in, to - lowerCase.length);
    }

    /** The decimal number that begins there. */
    static long number(byte[] in, int from) {
        long number = 0;
        for (int i = from; in[i] >= '0' && in[i] <= '9'; i++) {
            number = number * 10 + in[i] - '0';
        }
        return number;
    }

    /** Writes a decimal number whose last digit is before this position. */
    static void write(long number, byte[] to, int end) {
        long rest = number;
        for (int i = end - 1; rest > 0; i--) {
            to[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static boolean isAt(byte[] lowerCase, byte[] in, int position) {
        for (int i = 0; i < lowerCase.length; i++) {
            byte b = in[position + i];
            if (lowerCase[i] != (b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b)) {
                return false;
            }
        }
        return true;
    }
}
