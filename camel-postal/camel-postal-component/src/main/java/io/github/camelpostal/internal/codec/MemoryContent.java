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
package io.github.camelpostal.internal.codec;

import java.io.InputStream;

import jakarta.mail.util.SharedByteArrayInputStream;

import io.github.camelpostal.payload.Content;

/** Bytes on the heap. Their streams are shared ones, so that a MIME message is parsed where it lies. */
record MemoryContent(byte[] bytes, boolean decoded) implements Content {

    MemoryContent(byte[] bytes) {
        this(bytes, true);
    }

    InputStream openAt(long offset) {
        return new SharedByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
    }

    @Override
    public InputStream open() {
        return new SharedByteArrayInputStream(bytes);
    }

    @Override
    public long length() {
        return bytes.length;
    }
}
