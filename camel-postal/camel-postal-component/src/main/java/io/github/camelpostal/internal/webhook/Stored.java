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
import java.io.InputStream;
import java.nio.file.Path;

import jakarta.mail.util.SharedByteArrayInputStream;
import jakarta.mail.util.SharedFileInputStream;

import io.github.camelpostal.internal.signature.Content;
import io.github.camelpostal.payload.PostedBody;

/**
 * Bytes that are complete and can be read any number of times, in memory or in a temporary file.
 *
 * <p>The streams are shared ones, so that a MIME message is parsed where it lies.
 */
final class Stored implements PostedBody, Content {

    private final byte[] bytes;
    private final Path file;
    private final long length;

    private Stored(byte[] bytes, Path file, long length) {
        this.bytes = bytes;
        this.file = file;
        this.length = length;
    }

    static Stored inMemory(byte[] bytes) {
        return new Stored(bytes, null, bytes.length);
    }

    static Stored inFile(Path file, long length) {
        return new Stored(null, file, length);
    }

    @Override
    public InputStream open() throws IOException {
        return inMemory() ? new SharedByteArrayInputStream(bytes) : new SharedFileInputStream(file.toFile());
    }

    @Override
    public long length() {
        return length;
    }

    boolean inMemory() {
        return bytes != null;
    }
}
