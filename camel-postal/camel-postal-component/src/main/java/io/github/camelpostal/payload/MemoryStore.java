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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

import jakarta.mail.util.SharedByteArrayInputStream;

/** Keeps contents on the heap, without copying them once they are complete. */
final class MemoryStore implements ContentStore {

    @Override
    public PostedBody store(Writer writer) throws IOException, PayloadException {
        Bytes bytes = new Bytes();
        writer.writeTo(bytes);
        return bytes;
    }

    private static final class Bytes extends ByteArrayOutputStream implements PostedBody {

        @Override
        public InputStream open() {
            return new SharedByteArrayInputStream(buf, 0, count);
        }

        @Override
        public long length() {
            return count;
        }
    }
}
