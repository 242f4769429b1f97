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
import java.io.InputStream;

/**
 * Bytes that can be opened again: an attachment, a raw message. They may lie in memory or on disk, and are decoded while they
 * are read.
 */
public interface Content {

    /**
     * Opens the bytes from their start, as often as needed; whoever opens closes.
     *
     * @throws IOException if they cannot be read, for instance because the exchange that they belong to is done
     */
    InputStream open() throws IOException;

    /**
     * The number of bytes that {@link #open()} gives. May read all of them once, because an encoded content does not say it.
     *
     * @throws java.io.UncheckedIOException if they cannot be read
     */
    long length();

    /** Whether the bytes are decoded; false where that was not possible, so that they are given as they came. */
    default boolean decoded() {
        return true;
    }
}
