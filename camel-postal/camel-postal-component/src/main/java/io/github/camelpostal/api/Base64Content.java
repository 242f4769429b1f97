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
package io.github.camelpostal.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.OptionalLong;

import com.fasterxml.jackson.core.JsonGenerator;

/**
 * Writes content as a JSON string in base64 while reading it: 24 kB at a time, whatever its size.
 */
final class Base64Content {

    private static final int BLOCK = 24 * 1024; // a multiple of three, so that only the last block is padded

    private Base64Content() {
    }

    static long encodedLength(long bytes) {
        return (bytes + 2) / 3 * 4;
    }

    /**
     * @param announced how many bytes were promised when the length of the request was computed
     * @throws ContentException if the content cannot be read, or has another length than it said
     */
    static void write(MailContent content, OptionalLong announced, JsonGenerator json, OutputStream out) throws IOException {
        json.writeRawValue("\"");
        json.flush(); // the base64 goes past the generator, which would look for characters to escape
        byte[] block = new byte[BLOCK];
        byte[] encoded = new byte[(int) encodedLength(BLOCK)];
        long total = 0;
        try (InputStream in = open(content)) {
            for (int n = fill(in, block); n > 0; n = fill(in, block)) {
                total += n;
                if (announced.isPresent() && total > announced.getAsLong()) {
                    throw wrongLength();
                }
                byte[] exact = n == block.length ? block : Arrays.copyOf(block, n);
                out.write(encoded, 0, Base64.getEncoder().encode(exact, encoded));
            }
        }
        if (announced.isPresent() && total != announced.getAsLong()) {
            throw wrongLength();
        }
        json.writeRaw('"');
    }

    private static ContentException wrongLength() {
        return new ContentException("The content has another length than it said", null);
    }

    private static InputStream open(MailContent content) throws ContentException {
        try {
            return new Source(content.open());
        } catch (IOException | RuntimeException e) {
            throw new ContentException("The content cannot be opened", e);
        }
    }

    private static int fill(InputStream in, byte[] block) throws ContentException {
        try {
            return in.readNBytes(block, 0, block.length);
        } catch (IOException | RuntimeException e) {
            throw new ContentException("The content cannot be read to its end", e);
        }
    }

    /** Closing after everything was read cannot harm what was sent. */
    private static final class Source extends FilterInputStream {

        Source(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            try {
                super.close();
            } catch (IOException | RuntimeException e) {
                // all of it was read, or another failure is on its way already
            }
        }
    }
}
