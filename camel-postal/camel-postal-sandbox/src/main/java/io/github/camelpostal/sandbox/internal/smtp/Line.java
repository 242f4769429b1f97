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
package io.github.camelpostal.sandbox.internal.smtp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * What a client sent up to an LF. Postal takes a bare LF for the end of a line too, and remembers which it was.
 *
 * @param bytes without its end
 * @param crlf  whether it ended in CRLF
 */
record Line(byte[] bytes, boolean crlf) {
    private static final int LONGEST = 64 * 1024 * 1024;

    /**
     * Null at the end of the stream; what stands there without an LF is forgotten.
     *
     * @throws IOException also when a line is longer than 64 MiB
     */
    static @Nullable Line read(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                return of(line.toByteArray());
            }
            line.write(b);
            if (line.size() > LONGEST) {
                throw new IOException("The client sent a line of more than " + LONGEST + " bytes");
            }
        }
        return null;
    }

    private static Line of(byte[] bytes) {
        boolean crlf = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
        return new Line(crlf ? Arrays.copyOf(bytes, bytes.length - 1) : bytes, crlf);
    }

    String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    boolean isDot() {
        return bytes.length == 1 && bytes[0] == '.';
    }
}
