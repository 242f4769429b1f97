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
package io.github.camelpostal.payload;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Keeps attachments and raw messages while a request is decoded and its mail is worked on.
 *
 * <p>One store serves one request and is used by one thread. Whoever made it removes what is in it: after the mail is done,
 * and also when decoding fails half-way.
 */
@FunctionalInterface
public interface ContentStore {

    /**
     * Keeps what the writer writes.
     *
     * <p>If the streams that the result opens are {@link jakarta.mail.internet.SharedInputStream}s, a raw message is parsed
     * where it lies; otherwise it is read into memory when it is parsed.
     *
     * @param  writer           called once; writes the decoded bytes, in pieces, and does not close the stream
     * @throws IOException      if they cannot be kept, or not be read from the request
     * @throws PayloadException from the writer: the bytes are not encoded as they should be
     */
    PostedBody store(Writer writer) throws IOException, PayloadException;

    /** Writes the bytes that are to be kept. */
    @FunctionalInterface
    interface Writer {
        /**
         * @throws IOException      if the stream cannot take them, or the source not give them
         * @throws PayloadException if the source is malformed
         */
        void writeTo(OutputStream out) throws IOException, PayloadException;
    }

    /** A store that keeps everything in memory. */
    static ContentStore inMemory() {
        return new MemoryStore();
    }
}
