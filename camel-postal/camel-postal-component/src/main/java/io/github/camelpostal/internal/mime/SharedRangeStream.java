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

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import jakarta.mail.internet.SharedInputStream;

/**
 * A range of bytes that can be opened anywhere, as Jakarta Mail wants to parse a message without copying it. The bytes are
 * opened when they are first read, because a message may have thousands of parts and each holds such a stream.
 */
public final class SharedRangeStream extends BufferedInputStream implements SharedInputStream {

    private static final int BUFFER_SIZE = 2 * 1024; // grows when more is read or marked

    private final RandomAccess source;
    private final long start;
    private final long end;

    /** Bytes that can be opened at any offset. */
    @FunctionalInterface
    public interface RandomAccess {
        /** @throws IOException if they cannot be read */
        InputStream openAt(long offset) throws IOException;
    }

    /**
     * @param end exclusive
     */
    public SharedRangeStream(RandomAccess source, long start, long end) {
        super(new Range(source, start, end), BUFFER_SIZE);
        this.source = source;
        this.start = start;
        this.end = end;
    }

    @Override
    public synchronized long getPosition() {
        return ((Range) in).consumed - (count - pos);
    }

    @Override
    public InputStream newStream(long from, long to) {
        return new SharedRangeStream(source, start + from, to < 0 ? end : Math.min(end, start + to));
    }

    private static final class Range extends FilterInputStream {

        private final RandomAccess source;
        private final long start;
        private final long length;
        private long consumed;

        Range(RandomAccess source, long start, long end) {
            super(null); // opened when it is first read
            this.source = source;
            this.start = start;
            this.length = Math.max(0, end - start);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int wanted) throws IOException {
            if (consumed == length) {
                return -1;
            }
            if (in == null) {
                in = source.openAt(start + consumed);
            }
            int count = in.read(target, offset, (int) Math.min(wanted, length - consumed));
            consumed += Math.max(0, count);
            if (count < 0 || consumed == length) {
                in.close();
            }
            return count;
        }

        @Override
        public long skip(long wanted) throws IOException {
            if (in != null) {
                in.close();
                in = null; // reopened where reading goes on
            }
            long count = Math.max(0, Math.min(wanted, length - consumed));
            consumed += count;
            return count;
        }

        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, length - consumed);
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        @Override
        public void close() throws IOException {
            if (in != null) {
                in.close();
            }
        }
    }
}
