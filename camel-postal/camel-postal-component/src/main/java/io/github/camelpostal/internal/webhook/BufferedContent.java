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
import java.lang.ref.Cleaner;

import jakarta.mail.util.SharedByteArrayInputStream;
import jakarta.mail.util.SharedFileInputStream;

import io.github.camelpostal.internal.signature.SignedContent;
import io.github.camelpostal.payload.Content;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are complete and can be read any number of times, in memory or in a temporary file.
 *
 * <p>A file lives as long as this object can be reached, unless it is discarded before. The streams are shared ones, so that
 * a MIME message is parsed where it lies.
 */
final class BufferedContent implements Content, SignedContent {

    private static final Cleaner CLEANER = Cleaner.create();

    private final byte[] bytes;
    private final Spool.@Nullable Entry file;
    private final Cleaner.@Nullable Cleanable cleanable;
    private final long length;

    /** @param bytes none, where there is a file */
    private BufferedContent(byte[] bytes, Spool.@Nullable Entry file, long length) {
        this.bytes = bytes;
        this.file = file;
        this.length = length;
        this.cleanable = file == null ? null : CLEANER.register(this, file::discard);
    }

    static BufferedContent inMemory(byte[] bytes) {
        return new BufferedContent(bytes, null, bytes.length);
    }

    static BufferedContent inFile(Spool.Entry file, long length) {
        return new BufferedContent(new byte[0], file, length);
    }

    @Override
    public InputStream open() throws IOException {
        return file == null ? new SharedByteArrayInputStream(bytes) : new FileStream(this, file);
    }

    @Override
    public long length() {
        return length;
    }

    boolean inMemory() {
        return file == null;
    }

    /** Removes the file now. */
    void discard() {
        if (cleanable != null) {
            cleanable.clean();
        }
    }

    /** The file stays until nothing can reach this object any more. */
    void leaveToCollector() {
        if (file != null) {
            file.awaitsCollection();
        }
    }

    /** Keeps the content, and with it the file, for as long as it is read. */
    private static final class FileStream extends SharedFileInputStream {

        @SuppressWarnings({"unused", "PMD.UnusedPrivateField"})
        private final BufferedContent content;

        FileStream(BufferedContent content, Spool.Entry file) throws IOException {
            super(file.file().toFile());
            this.content = content;
        }
    }
}
