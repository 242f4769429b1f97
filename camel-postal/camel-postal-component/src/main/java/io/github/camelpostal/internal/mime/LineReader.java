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

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads lines and knows where in the content they stand. A line ends with CRLF, LF or CR. */
final class LineReader {

    private static final int NONE = -1;

    private final InputStream in;
    private final byte[] buffer = new byte[16 * 1024];
    private int next;
    private int limit;
    private long bufferOffset;

    private byte[] line = new byte[256];
    private int kept;
    private long start;
    private long end;

    /**
     * @param in     stands at the offset
     * @param offset of what it reads first
     */
    LineReader(InputStream in, long offset) {
        this.in = in;
        this.bufferOffset = offset;
    }

    /**
     * Moves to the next line.
     *
     * @param  keep how many of its bytes {@link #text()} gives
     * @return      false at the end
     */
    boolean next(int keep) throws IOException {
        start = position();
        kept = 0;
        for (int b = read(); b != NONE; b = read()) {
            if (b == '\n' || b == '\r') {
                end = position() - 1;
                if (b == '\r' && peek() == '\n') {
                    next++;
                }
                return true;
            }
            keepUntilLineEnd(b, keep);
        }
        end = position();
        return end > start;
    }

    /** The line, without its end, one char a byte. */
    String text() {
        return new String(line, 0, kept, StandardCharsets.ISO_8859_1);
    }

    boolean startsWithHyphens() {
        return kept > 2 && line[0] == '-' && line[1] == '-';
    }

    /** Where the line ends, without CRLF. */
    long end() {
        return end;
    }

    /** Where the next line begins. */
    long position() {
        return bufferOffset + next;
    }

    /** The byte that was read, and those after it that are certainly of the same line. */
    private void keepUntilLineEnd(int first, int keep) {
        int from = next - 1;
        while (next < limit && buffer[next] != '\n' && buffer[next] != '\r') {
            next++;
        }
        int count = Math.min(next - from, keep - kept);
        if (count > 0) {
            if (kept + count > line.length) {
                line = Arrays.copyOf(line, Math.max(kept + count, 2 * line.length));
            }
            line[kept] = (byte) first;
            System.arraycopy(buffer, from, line, kept, count);
            kept += count;
        }
    }

    private int read() throws IOException {
        return next < limit || fill() ? buffer[next++] & 0xff : NONE;
    }

    private int peek() throws IOException {
        return next < limit || fill() ? buffer[next] & 0xff : NONE;
    }

    private boolean fill() throws IOException {
        bufferOffset += limit;
        next = 0;
        limit = Math.max(0, in.read(buffer));
        return limit > 0;
    }
}
