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
package io.github.camelpostal.internal.client;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

import io.github.camelpostal.payload.Content;
import org.jspecify.annotations.Nullable;

/**
 * Content of which the beginning is known, so that a call can be chosen for it without reading it twice.
 *
 * <p>
 * Sources that can be opened once only are as good as others: what was peeked is put in front of the rest. Close it when the
 * call is over, whether or not anybody opened it.
 */
public final class PeekedContent implements Content, Closeable {

    private static final int PEEK = 8 * 1024;

    private final Content source;
    private final byte[] beginning;
    private final boolean complete;
    private @Nullable InputStream rest;

    private PeekedContent(Content source, byte[] beginning, @Nullable InputStream rest) {
        this.source = source;
        this.beginning = beginning;
        this.complete = rest == null;
        this.rest = rest;
    }

    public static PeekedContent of(Content source) throws IOException {
        InputStream in = source.open();
        try {
            byte[] beginning = in.readNBytes(PEEK);
            if (beginning.length == PEEK) {
                return new PeekedContent(source, beginning, in);
            }
            in.close();
            return new PeekedContent(source, beginning, null);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /**
     * Whether Postal may take it for text and rewrite its line ends (protocol 2.7): there is no control character in its
     * beginning other than those of text. A binary format shows one at once.
     */
    boolean looksLikeText() {
        for (byte b : beginning) {
            boolean ofText = b == '\t' || b == '\n' || b == '\r' || b == '\f' || b == 0x1B;
            if (b >= 0 && b < 0x20 && !ofText || b == 0x7F) {
                return false;
            }
        }
        return true;
    }

    @Override
    public InputStream open() throws IOException {
        if (complete) {
            return new ByteArrayInputStream(beginning);
        }
        if (rest == null) {
            return source.open();
        }
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(beginning), rest);
        rest = null;
        return whole;
    }

    @Override
    public long length() {
        return complete ? beginning.length : source.length();
    }

    @Override
    public void close() throws IOException {
        if (rest != null) {
            rest.close();
            rest = null;
        }
    }
}
