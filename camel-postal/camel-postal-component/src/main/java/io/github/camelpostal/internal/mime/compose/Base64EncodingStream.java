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
package io.github.camelpostal.internal.mime.compose;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Reads a stream as the base64 lines of a MIME part, so that no attachment is ever held whole (RFC 2045, 6.8).
 */
final class Base64EncodingStream extends InputStream {

    private static final int BYTES_A_LINE = 57;
    private static final int CHARACTERS_A_LINE = 76;
    private static final byte[] CRLF = "\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(CHARACTERS_A_LINE, CRLF);

    private final InputStream source;
    private byte[] encoded = new byte[0];
    private int position;
    private boolean first = true;

    Base64EncodingStream(InputStream source) {
        this.source = source;
    }

    /** How many bytes that many become, line ends between the lines included and none behind the last. */
    static long length(long bytes) {
        long characters = (bytes + 2) / 3 * 4;
        long lines = (characters + CHARACTERS_A_LINE - 1) / CHARACTERS_A_LINE;
        return characters + Math.max(0, lines - 1) * CRLF.length;
    }

    @Override
    public int read() throws IOException {
        return fill() ? encoded[position++] : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, encoded.length - position);
        System.arraycopy(encoded, position, into, offset, count);
        position += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private boolean fill() throws IOException {
        if (position < encoded.length) {
            return true;
        }
        // whole lines only, so that two chunks fit together
        byte[] chunk = source.readNBytes(BYTES_A_LINE * 144);
        if (chunk.length == 0) {
            return false;
        }
        byte[] lines = LINES.encode(chunk);
        if (first) {
            encoded = lines;
            first = false;
        } else {
            encoded = new byte[CRLF.length + lines.length];
            System.arraycopy(CRLF, 0, encoded, 0, CRLF.length);
            System.arraycopy(lines, 0, encoded, CRLF.length, lines.length);
        }
        position = 0;
        return true;
    }
}
