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

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * The characters of one value within a request body, unescaped while they are read: a JSON string from behind its opening
 * quote, or a form value from behind its equals sign. Made for base64, of which nearly every byte stands for itself.
 */
final class EncodedValue implements Closeable {

    private static final int SKIP = -1;
    private static final int END = -2;
    private static final int BUFFER_SIZE = 8 * 1024;

    private final InputStream in;
    private final Syntax syntax;
    private final boolean dropsLineEnds;
    private final byte[] buffer = new byte[BUFFER_SIZE];
    private long bufferOffset;
    private int next;
    private int limit;
    private boolean ended;

    /** How a value is written. */
    enum Syntax {
        JSON_STRING("+"), FORM_VALUE("");

        private final boolean[] plain = new boolean[256];

        Syntax(String alsoPlain) {
            String all = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/=" + alsoPlain;
            all.chars().forEach(c -> plain[c] = true);
        }
    }

    /**
     * @param in     stands at the value
     * @param offset of the value in the body
     */
    EncodedValue(InputStream in, long offset, Syntax syntax, boolean dropsLineEnds) {
        this.in = in;
        this.bufferOffset = offset;
        this.syntax = syntax;
        this.dropsLineEnds = dropsLineEnds;
    }

    /** Reads into a part of an array; fewer characters than it takes only at the end of the value. */
    int read(byte[] target, int from, int to) throws IOException {
        int count = from;
        while (count < to && !ended) {
            if (next == limit && !fill()) {
                ended = true;
                break;
            }
            byte b = buffer[next];
            if (syntax.plain[b & 0xff]) {
                next++;
                target[count++] = b;
            } else {
                int character = special();
                if (character == END) {
                    ended = true;
                } else if (character != SKIP) {
                    target[count++] = (byte) character;
                }
            }
        }
        return count - from;
    }

    /** Where in the body the next unread character is written. */
    long position() {
        return bufferOffset + next;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private int special() throws IOException {
        int character = syntax == Syntax.JSON_STRING ? jsonCharacter(raw()) : formCharacter(raw());
        return dropsLineEnds && (character == '\n' || character == '\r') ? SKIP : character;
    }

    private int jsonCharacter(int b) throws IOException {
        if (b != '\\') {
            return b == '"' ? END : b;
        }
        int escaped = raw();
        return switch (escaped) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> oneByte(hexDigits(4));
            default -> escaped; // quote, slash and backslash stand for themselves
        };
    }

    private int formCharacter(int b) throws IOException {
        return switch (b) {
            case '&' -> END;
            case '+' -> ' ';
            case '%' -> hexDigits(2);
            default -> b;
        };
    }

    /** A letter that is none of base64 may not become one by losing its upper half. */
    private static int oneByte(int character) {
        return character > 0xff ? '?' : character;
    }

    /** What is no digit is not consumed: it may be the end of the value. The percent sign of half an escape stays. */
    private int hexDigits(int number) throws IOException {
        int value = 0;
        for (int i = 0; i < number; i++) {
            int digit = next < limit || fill() ? Character.digit(buffer[next] & 0xff, 16) : -1;
            if (digit < 0) {
                return '%';
            }
            next++;
            value = value << 4 | digit;
        }
        return value;
    }

    private int raw() throws IOException {
        return next < limit || fill() ? buffer[next++] & 0xff : END;
    }

    private boolean fill() throws IOException {
        bufferOffset += limit;
        next = 0;
        limit = Math.max(0, in.read(buffer));
        return limit > 0;
    }
}
