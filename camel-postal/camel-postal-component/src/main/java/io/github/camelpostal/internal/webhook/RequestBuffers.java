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
package io.github.camelpostal.internal.webhook;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.apache.camel.Exchange;
import org.apache.camel.SafeCopyProperty;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Buffers the body of one request, of which everything else is a part.
 *
 * <p>The files go when the last holder has released them. But where the exchange was copied, by a wire tap, a splitter or an
 * aggregator, nobody can say when the last copy is done, nor whether it is the exchange or only its body that lives on: then
 * each file goes when nothing can reach its {@link BufferedContent} any more.
 */
final class RequestBuffers {

    private static final String EXCHANGE_KEY = "CamelPostalRequestBuffers";

    private final BufferPool pool;
    private final List<BufferedContent> files = new ArrayList<>();
    private int reserved;
    private boolean verified;
    private int holders = 1;
    private int copies;

    RequestBuffers(BufferPool pool) {
        this.pool = pool;
    }

    /**
     * A stream that takes the body, of which everything else is a part.
     *
     * @param expected the number of bytes, as far as known, else negative; a hint
     */
    BufferWriter write(long expected) {
        return new BufferWriter(new byte[0], Math.max(BufferWriter.SMALLEST, expected));
    }

    /** The request is Postal's: it no longer counts as one of those that prove nothing. */
    synchronized void verified() {
        verified = true;
        pool.free(reserved);
        reserved = 0;
    }

    synchronized RequestBuffers hold() {
        holders++;
        return this;
    }

    synchronized void release() {
        if (--holders > 0) {
            return;
        }
        if (copies > 0) {
            files.forEach(BufferedContent::leaveToCollector);
        }
        clear();
    }

    /** Discards what has been buffered, whoever holds it, except for what copies of the exchange may still read. */
    synchronized void clear() {
        if (copies == 0) {
            files.forEach(BufferedContent::discard);
        }
        files.clear();
        verified();
        verified = false;
    }

    /** Holds everything until the exchange is done, wherever it is handed over to, and watches out for copies. */
    void holdFor(Exchange exchange) {
        hold();
        exchange.getExchangeExtension().setSafeCopyProperty(EXCHANGE_KEY, new CopyWatch());
        exchange.getExchangeExtension().addOnCompletion(new ReleaseWhenDone());
    }

    private synchronized void copied(int more) {
        copies += more;
    }

    private synchronized boolean reserve(int bytes) {
        if (verified || pool.reserve(bytes)) {
            reserved += verified ? 0 : bytes;
            return true;
        }
        return false;
    }

    private synchronized void unreserve(int bytes) {
        int freed = Math.min(reserved, bytes);
        reserved -= freed;
        pool.free(freed);
    }

    private synchronized BufferedContent newFile(Spool.Entry entry, long length) {
        BufferedContent content = BufferedContent.inFile(entry, length);
        files.add(content);
        return content;
    }

    /** Camel copies it with each copy of the exchange. */
    private final class CopyWatch implements SafeCopyProperty {

        @Override
        public SafeCopyProperty safeCopy() {
            copied(1);
            return this;
        }
    }

    private final class ReleaseWhenDone extends SynchronizationAdapter {

        /** A hand-over is a copy whose end is known: this is called then. */
        @Override
        public void beforeHandover(Exchange target) {
            copied(-1);
        }

        @Override
        public void onDone(Exchange exchange) {
            release();
        }
    }

    /** Bytes on their way into the buffers. */
    final class BufferWriter extends OutputStream {

        private static final int SMALLEST = 1024;
        private static final int GROWTH = 4;
        private static final byte[] NOTHING = {};

        private final long expected;
        private byte[] memory;
        private long length;
        private @Nullable OpenFile file;

        private BufferWriter(byte[] memory, long expected) {
            this.memory = memory;
            this.expected = expected;
        }

        /** Writes what is left in the buffer. */
        void write(ByteBuffer bytes) throws IOException {
            if (bytes.hasArray()) {
                write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
                bytes.position(bytes.limit());
            } else {
                byte[] copy = new byte[bytes.remaining()];
                bytes.get(copy);
                write(copy, 0, copy.length);
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            if (wouldUseFile(count)) {
                file().out().write(bytes, offset, count);
            } else {
                System.arraycopy(bytes, offset, memory, (int) length, count);
            }
            length += count;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[]{(byte) b}, 0, 1);
        }

        /** Whether so many bytes more would go to a file; otherwise there is room for them in memory. */
        boolean wouldUseFile(int count) {
            return file != null || length + count > pool.threshold() || !growTo((int) length + count);
        }

        long length() {
            return length;
        }

        BufferedContent complete() throws IOException {
            if (file != null) {
                file.out().close();
                BufferedContent content = newFile(file.entry(), length);
                file = null;
                return content;
            }
            return BufferedContent.inMemory(length == memory.length ? memory : Arrays.copyOf(memory, (int) length));
        }

        /** Discards what was not completed. */
        @Override
        public void close() {
            if (file == null) {
                return;
            }
            try {
                file.out().close();
            } catch (IOException e) {
                // it is discarded anyway
            }
            file.entry().discard();
            file = null;
        }

        /** The file, which takes over what is in memory when it is first needed. */
        private OpenFile file() throws IOException {
            if (file != null) {
                return file;
            }
            OpenFile opened = OpenFile.of(pool.newFile());
            file = opened;
            opened.out().write(memory, 0, (int) length);
            unreserve(memory.length);
            memory = NOTHING;
            return opened;
        }

        /** Grows with what arrives, not with what is announced: who announces much and sends little gets little. */
        private boolean growTo(int needed) {
            if (needed <= memory.length) {
                return true;
            }
            long roomy = Math.min(Math.max(expected, SMALLEST), Math.max(SMALLEST, (long) GROWTH * memory.length));
            int size = (int) Math.min(Math.max(pool.threshold(), needed), Math.max(needed, roomy));
            if (!reserve(size - memory.length)) {
                return false;
            }
            memory = Arrays.copyOf(memory, size);
            return true;
        }
    }

    /** A file that is being written. */
    private record OpenFile(Spool.Entry entry, OutputStream out) {

        static OpenFile of(Spool.Entry entry) throws IOException {
            try {
                return new OpenFile(entry, entry.write());
            } catch (IOException e) {
                entry.discard();
                throw e;
            }
        }
    }
}
