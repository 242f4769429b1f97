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

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.camelpostal.payload.Content;
import org.jspecify.annotations.Nullable;

/**
 * Writes content as a JSON string in base64 as it comes: 24 kB at a time, whatever its size.
 */
final class Base64Content {

    private static final int BLOCK = 24 * 1024; // a multiple of three, so that only the last block is padded

    private Base64Content() {
    }

    static long encodedLength(long bytes) {
        return (bytes + 2) / 3 * 4;
    }

    /**
     * @param announced how many bytes were promised when the length of the request was computed; -1 for none
     * @throws ContentException if the content cannot be read, or has another length than it said
     */
    static void write(Content content, long announced, JsonGenerator json, OutputStream out) throws IOException {
        json.writeRawValue("\"");
        json.flush(); // the base64 goes past the generator, which would look for characters to escape
        Encoder encoder = new Encoder(out, announced);
        try {
            content.writeTo(encoder);
        } catch (IOException | RuntimeException e) {
            // what the connection or the promised length did is not the content's failure to be read
            if (encoder.failure != null) {
                throw encoder.failure;
            }
            throw new ContentException("The content cannot be read to its end", e);
        }
        encoder.finish();
        json.writeRaw('"');
    }

    /** Takes content and passes base64 on; remembers its own failure, so that it is told apart from the content's. */
    private static final class Encoder extends OutputStream {

        private final OutputStream out;
        private final long announced;
        private final byte[] block = new byte[BLOCK];
        private final byte[] encoded = new byte[(int) encodedLength(BLOCK)];
        private int filled;
        private long total;
        private @Nullable IOException failure;

        Encoder(OutputStream out, long announced) {
            this.out = out;
            this.announced = announced;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[]{(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            total += length;
            if (announced >= 0 && total > announced) {
                throw failed(wrongLength());
            }
            int position = offset;
            int end = offset + length;
            while (position < end) {
                int n = Math.min(end - position, BLOCK - filled);
                System.arraycopy(bytes, position, block, filled, n);
                filled += n;
                position += n;
                if (filled == BLOCK) {
                    passOn(block);
                }
            }
        }

        void finish() throws IOException {
            if (announced >= 0 && total != announced) {
                throw wrongLength();
            }
            passOn(Arrays.copyOf(block, filled));
        }

        private void passOn(byte[] bytes) throws IOException {
            filled = 0;
            try {
                out.write(encoded, 0, Base64.getEncoder().encode(bytes, encoded));
            } catch (IOException e) {
                throw failed(e);
            }
        }

        private IOException failed(IOException e) {
            failure = e;
            return e;
        }

        private static ContentException wrongLength() {
            return new ContentException("The content has another length than it said", null);
        }
    }
}
