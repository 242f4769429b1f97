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
import java.util.concurrent.Semaphore;

/**
 * Where the requests of one consumer are buffered: in memory up to a threshold, else in files of the spool.
 *
 * <p>What has not been verified yet may take a bounded amount of memory, all requests together: who can prove nothing must
 * not be able to fill the heap. Beyond that it goes to files, however small it is.
 */
final class BufferPool {

    private static final int MOST_UNVERIFIED_BYTES = 16 * 1024 * 1024;

    private final Spool spool;
    private final int threshold;
    private final Semaphore unverified = new Semaphore(MOST_UNVERIFIED_BYTES);

    /** @param threshold in bytes, of one content; what is larger goes to a file */
    BufferPool(Spool spool, long threshold) {
        this.spool = spool;
        this.threshold = (int) Math.min(threshold, Integer.MAX_VALUE - 8);
    }

    RequestBuffers newBuffers() {
        return new RequestBuffers(this);
    }

    int threshold() {
        return threshold;
    }

    Spool.Entry newFile() throws IOException {
        return spool.newEntry();
    }

    boolean reserve(int bytes) {
        return unverified.tryAcquire(bytes);
    }

    void free(int bytes) {
        unverified.release(bytes);
    }
}
