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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.camelpostal.payload.ContentStore;
import io.github.camelpostal.payload.PayloadException;

/**
 * Keeps what belongs to one delivery, its body and what is decoded from it: in memory up to a threshold, else in files of
 * the spool, until the last one who holds it has let go.
 */
final class DeliveryStore implements ContentStore {

    private final Spool spool;
    private final int threshold;
    private long longest = Keeping.SMALLEST;
    /** Contents grow here one after the other, so that none but the first has to grow. */
    private byte[] workspace;
    private final List<Spool.Entry> files = new ArrayList<>();
    private final AtomicInteger holders = new AtomicInteger(1);

    /**
     * @param threshold in bytes, of one content
     */
    DeliveryStore(Spool spool, long threshold) {
        this.spool = spool;
        this.threshold = (int) Math.min(threshold, Integer.MAX_VALUE - 8);
    }

    @Override
    public Stored store(Writer writer) throws IOException, PayloadException {
        if (workspace == null) {
            workspace = new byte[(int) Math.min(longest, threshold)];
        }
        try (Keeping out = new Keeping(workspace)) {
            writer.writeTo(out);
            return out.complete();
        }
    }

    /**
     * A stream that keeps the body, of which everything else is a part.
     *
     * @param expected the number of bytes, as far as known; a hint
     */
    Keeping keep(long expected) {
        longest = Math.max(Keeping.SMALLEST, expected);
        return new Keeping(new byte[(int) Math.min(longest, threshold)]);
    }

    /** Keeps a body that has arrived in memory and may stay there. */
    Stored keep(byte[] body) {
        longest = Math.max(Keeping.SMALLEST, body.length);
        return Stored.inMemory(body);
    }

    /** Everything has been decoded that will be. */
    void complete() {
        workspace = null;
    }

    DeliveryStore hold() {
        holders.incrementAndGet();
        return this;
    }

    void letGo() {
        if (holders.decrementAndGet() == 0) {
            synchronized (files) {
                files.forEach(Spool.Entry::discard);
                files.clear();
            }
        }
    }

    /** Bytes on their way into the store. */
    final class Keeping extends OutputStream {

        private static final int SMALLEST = 1024;

        private byte[] memory;
        private long length;
        private Spool.Entry entry;
        private OutputStream file;

        private Keeping(byte[] memory) {
            this.memory = memory;
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            if (file == null && length + count > threshold) {
                moveToFile();
            }
            if (file != null) {
                file.write(bytes, offset, count);
            } else {
                growTo((int) length + count);
                System.arraycopy(bytes, offset, memory, (int) length, count);
            }
            length += count;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[]{(byte) b}, 0, 1);
        }

        long length() {
            return length;
        }

        Stored complete() throws IOException {
            if (file != null) {
                file.close();
                return Stored.inFile(entry.file(), length);
            }
            boolean own = memory != workspace;
            return Stored.inMemory(own && length == memory.length ? memory : Arrays.copyOf(memory, (int) length));
        }

        @Override
        public void close() throws IOException {
            if (file != null) {
                file.close();
            }
        }

        private void moveToFile() throws IOException {
            entry = spool.newEntry();
            synchronized (files) {
                files.add(entry);
            }
            file = entry.write();
            file.write(memory, 0, (int) length);
            memory = null;
        }

        private void growTo(int needed) {
            if (needed > memory.length) {
                memory = Arrays.copyOf(memory, (int) Math.min(threshold, Math.max(needed, 2L * memory.length)));
            }
        }
    }
}
