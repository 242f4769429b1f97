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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import io.github.camelpostal.payload.PayloadException;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code application/x-www-form-urlencoded} from a stream, value by value, and skips values that nobody reads.
 *
 * <p>Our own, because what there is (servlet engines, Vert.x, HttpClient's {@code URLEncodedUtils}) wants the whole body as
 * a {@code String} first, while an attachment of 30 MB is one value. It also tells a key without {@code =}, which is Postal's
 * way to write null, from a key with an empty value.
 */
final class FormInput {

    private static final int LONGEST_NAME = 1_000;
    private static final int END_OF_FIELD = -1;

    private final InputStream in;
    private final byte[] buffer = new byte[16 * 1024];
    private long bufferOffset;
    private int position;
    private int limit;
    private int delimiter = '&';

    FormInput(InputStream in) {
        this.in = in;
    }

    /** The next name; null at the end. What was not read of the value before is skipped. */
    @Nullable
    String nextName() throws IOException, PayloadException {
        if (hasValue()) {
            skipValue();
        }
        ByteArrayOutputStream name = new ByteArrayOutputStream(32);
        while (delimiter == '&') {
            delimiter = 0;
            for (int b = decodedOfName(); b != END_OF_FIELD; b = decodedOfName()) {
                name.write(b);
                if (name.size() > LONGEST_NAME) {
                    throw new PayloadException("a field has a name of more than " + LONGEST_NAME + " bytes");
                }
            }
            if (name.size() > 0 || delimiter == '=') {
                return utf8(name);
            }
        }
        return null;
    }

    /** Whether a value follows the name that was just read, or is left of it; a key without {@code =} has none. */
    boolean hasValue() {
        return delimiter == '=';
    }

    /** The value as text. */
    String text() throws IOException, PayloadException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int b = decoded(); b != END_OF_FIELD; b = decoded()) {
            text.write(b);
        }
        return utf8(text);
    }

    /** Where in the body the value begins, or its next unread byte is. */
    long position() {
        return bufferOffset + position;
    }

    private void skipValue() throws IOException {
        for (int b = raw();; b = raw()) {
            if (b == '&' || b == END_OF_FIELD) {
                delimiter = b;
                return;
            }
        }
    }

    private int decodedOfName() throws IOException, PayloadException {
        int b = raw();
        if (b == '=') {
            delimiter = '=';
            return END_OF_FIELD;
        }
        return decoded(b);
    }

    private int decoded() throws IOException, PayloadException {
        return decoded(raw());
    }

    private int decoded(int b) throws IOException, PayloadException {
        switch (b) {
            case '&', END_OF_FIELD -> {
                delimiter = b;
                return END_OF_FIELD;
            }
            case '+' -> {
                return ' ';
            }
            case '%' -> {
                return hexDigit() << 4 | hexDigit();
            }
            default -> {
                return b;
            }
        }
    }

    private int hexDigit() throws IOException, PayloadException {
        int digit = Character.digit(raw(), 16);
        if (digit < 0) {
            throw new PayloadException("a percent sign is not followed by two hex digits");
        }
        return digit;
    }

    private int raw() throws IOException {
        if (position == limit) {
            bufferOffset += limit;
            limit = in.read(buffer);
            position = 0;
            if (limit <= 0) {
                limit = 0;
                return END_OF_FIELD;
            }
        }
        return buffer[position++] & 0xff;
    }

    private static String utf8(ByteArrayOutputStream bytes) throws CharacterCodingException {
        // decode() of a fresh decoder reports malformed input, where new String() would replace it
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
    }
}
