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
package io.github.camelpostal.internal.mime.compose;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;

import io.github.camelpostal.payload.Content;

/**
 * Several contents one after the other, each opened when its turn comes.
 */
record JoinedContent(List<Content> pieces) implements Content {

    @Override
    public InputStream open() {
        return new Pieces(pieces.iterator());
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        for (Content piece : pieces) {
            piece.writeTo(out);
        }
    }

    @Override
    public long length() {
        long sum = 0;
        for (Content piece : pieces) {
            long length = piece.length();
            if (length < 0) {
                return -1;
            }
            sum += length;
        }
        return sum;
    }

    private static final class Pieces extends InputStream {

        private final Iterator<Content> coming;
        private InputStream current = InputStream.nullInputStream();

        Pieces(Iterator<Content> coming) {
            this.coming = coming;
        }

        @Override
        public int read() throws IOException {
            int b = current.read();
            while (b < 0 && next()) {
                b = current.read();
            }
            return b;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = current.read(into, offset, length);
            while (count < 0 && next()) {
                count = current.read(into, offset, length);
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            current.close();
        }

        private boolean next() throws IOException {
            if (!coming.hasNext()) {
                return false;
            }
            current.close();
            current = coming.next().open();
            return true;
        }
    }
}
