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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Bytes that are read when they are needed, not before: an attachment or a complete message, sent or received.
 *
 * <pre>{@code
 * PostalAttachment.of("report.pdf", "application/pdf", Content.of(Path.of("report.pdf")));
 * }</pre>
 */
public interface Content {

    /**
     * Opens the bytes from their start; whoever opens them closes the stream.
     *
     * @throws IOException if they cannot be read: they were a one-time stream that was read already, or belong to an exchange
     *                     that is done
     */
    InputStream open() throws IOException;

    /**
     * The number of bytes that {@link #open()} gives; -1 where it is not known. May read all of them once, because encoded
     * content does not say it.
     *
     * @throws java.io.UncheckedIOException if they cannot be read
     */
    long length();

    /** Whether the bytes are decoded; false where that was not possible, so that they are given as they came. */
    default boolean decoded() {
        return true;
    }

    /**
     * Writes the bytes from their start. Content that can only be written, such as a message that Jakarta Mail holds, does so
     * here without the memory that {@link #open()} would need.
     *
     * @throws IOException if they cannot be read, or {@code out} does not take them
     */
    default void writeTo(OutputStream out) throws IOException {
        InputStream in = open();
        try {
            in.transferTo(out);
        } finally {
            try {
                in.close();
            } catch (IOException | RuntimeException e) {
                // closing after everything was read cannot harm what was written, nor hide another failure
            }
        }
    }

    /** Content that is in memory already; the bytes are not copied. */
    static Content of(byte[] bytes) {
        return new Content() {

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }

            @Override
            public long length() {
                return bytes.length;
            }
        };
    }

    /** A file, read each time it is opened. */
    static Content of(Path file) {
        return new Content() {

            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(file);
            }

            @Override
            public long length() {
                try {
                    return Files.size(file);
                } catch (IOException e) {
                    return -1; // opening it will say why
                }
            }
        };
    }

    /** A stream that can be read once; whoever opens this content closes it. */
    static Content once(InputStream stream) {
        return new Content() {

            private final AtomicBoolean taken = new AtomicBoolean();

            @Override
            public InputStream open() throws IOException {
                if (taken.getAndSet(true)) {
                    throw new IOException("The content is a stream that was read already; use a stream cache to send it again");
                }
                return stream;
            }

            @Override
            public long length() {
                return -1;
            }
        };
    }
}
