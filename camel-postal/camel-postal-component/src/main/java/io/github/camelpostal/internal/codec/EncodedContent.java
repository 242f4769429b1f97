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

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;

import jakarta.mail.internet.SharedInputStream;

import io.github.camelpostal.internal.mime.SharedRangeStream;
import io.github.camelpostal.payload.Content;
import org.jspecify.annotations.Nullable;

/**
 * A base64 value that stays where it is, in the body of the request, and is decoded while it is read. A mail whose attachments
 * nobody reads costs no decoding, and its body is the only copy of them.
 *
 * <p>Whether it is base64 is checked when it is first read. If it is not, it is given as it stands: no content of a mail may
 * make a route fail.
 */
final class EncodedContent implements Content {

    private static final int GROUP = 4;
    private static final int BLOCK_CHARACTERS = 2048 * GROUP;
    private static final int BLOCK_BYTES = 2048 * 3;
    /** So many blocks lie between two places from which reading can begin. */
    private static final int BLOCKS_A_MARK = 8;

    private final Content body;
    private final long start;
    private final EncodedValue.Syntax syntax;
    private @Nullable Scan scan;

    /**
     * What the first pass found.
     *
     * @param marks where in the body every {@link #BLOCKS_A_MARK}th block begins
     */
    private record Scan(boolean base64, long length, long[] marks) {
    }

    /**
     * @param start of the value within the body, behind the opening quote or the equals sign
     */
    EncodedContent(Content body, long start, EncodedValue.Syntax syntax) {
        this.body = body;
        this.start = start;
        this.syntax = syntax;
    }

    @Override
    public InputStream open() throws IOException {
        return new SharedRangeStream(this::openAt, 0, scan(OutputStream.nullOutputStream()).length());
    }

    @Override
    public long length() {
        return scanned().length();
    }

    @Override
    public boolean decoded() {
        return scanned().base64();
    }

    /** The length of the body that this is a part of. */
    long bodyLength() {
        return body.length();
    }

    /** Writes the decoded bytes, which is the first pass at the same time; if they are not base64, only some of them. */
    void scanTo(OutputStream out) throws IOException {
        if (scan == null) {
            scan(out);
        } else {
            try (InputStream in = open()) {
                in.transferTo(out);
            }
        }
    }

    /** The bytes from an offset on. */
    InputStream openAt(long offset) throws IOException {
        Scan found = scan(OutputStream.nullOutputStream());
        if (!found.base64()) {
            InputStream all = new CharacterStream(value(start, false));
            all.skipNBytes(offset);
            return all;
        }
        int mark = (int) (offset / ((long) BLOCK_BYTES * BLOCKS_A_MARK));
        if (mark >= found.marks().length) {
            return InputStream.nullInputStream();
        }
        InputStream in = new DecodedStream(value(found.marks()[mark], true));
        in.skipNBytes(offset - (long) mark * BLOCK_BYTES * BLOCKS_A_MARK);
        return in;
    }

    private Scan scanned() {
        try {
            return scan(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized Scan scan(OutputStream out) throws IOException {
        if (scan == null) {
            scan = firstPass(out);
        }
        return scan;
    }

    private Scan firstPass(OutputStream out) throws IOException {
        long[] marks = new long[16];
        int blocks = 0;
        long length = 0;
        try (EncodedValue value = value(start, true)) {
            BlockDecoder decoder = new BlockDecoder(value);
            for (long position = value.position(); decoder.next(); position = value.position()) {
                if (blocks % BLOCKS_A_MARK == 0) {
                    int mark = blocks / BLOCKS_A_MARK;
                    marks = mark < marks.length ? marks : Arrays.copyOf(marks, 2 * marks.length);
                    marks[mark] = position;
                }
                out.write(decoder.bytes, 0, decoder.count);
                length += decoder.count;
                blocks++;
            }
            if (!decoder.failed) {
                return new Scan(true, length, Arrays.copyOf(marks, (blocks + BLOCKS_A_MARK - 1) / BLOCKS_A_MARK));
            }
        }
        try (InputStream characters = new CharacterStream(value(start, false))) {
            return new Scan(false, characters.transferTo(OutputStream.nullOutputStream()), new long[0]);
        }
    }

    private EncodedValue value(long position, boolean dropsLineEnds) throws IOException {
        InputStream in = body.open();
        if (in instanceof SharedInputStream shared) {
            in = new ClosingBoth(shared.newStream(position, -1), in);
        } else {
            in.skipNBytes(position);
        }
        return new EncodedValue(in, position, syntax, dropsLineEnds);
    }

    /** Decodes block by block. */
    private static final class BlockDecoder {

        private final EncodedValue value;
        private final byte[] characters = new byte[BLOCK_CHARACTERS];
        private final byte[] bytes = new byte[BLOCK_BYTES];
        private int count;
        private boolean last;
        private boolean failed;

        BlockDecoder(EncodedValue value) {
            this.value = value;
        }

        /** Whether there was another block and it could be decoded. */
        boolean next() throws IOException {
            int length = last ? 0 : value.read(characters, 0, BLOCK_CHARACTERS);
            if (length == 0) {
                return false;
            }
            last = length < BLOCK_CHARACTERS;
            boolean padded = characters[length - 1] == '=';
            try {
                count = Base64.getDecoder().decode(last ? Arrays.copyOf(characters, length) : characters, bytes);
            } catch (IllegalArgumentException e) {
                failed = true;
            }
            failed |= length % GROUP != 0 || padded && !last && value.read(characters, 0, 1) > 0; // nothing follows the end
            return !failed;
        }
    }

    /** The decoded bytes of what has passed the check. */
    private static final class DecodedStream extends InputStream {

        private final EncodedValue value;
        private final BlockDecoder decoder;
        private int next;

        DecodedStream(EncodedValue value) {
            this.value = value;
            this.decoder = new BlockDecoder(value);
        }

        @Override
        public int read() throws IOException {
            return available() > 0 || more() ? decoder.bytes[next++] & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (available() == 0 && !more()) {
                return -1;
            }
            int count = Math.min(length, available());
            System.arraycopy(decoder.bytes, next, target, offset, count);
            next += count;
            return count;
        }

        @Override
        public int available() {
            return decoder.count - next;
        }

        @Override
        public void close() throws IOException {
            value.close();
        }

        private boolean more() throws IOException {
            next = 0;
            decoder.count = 0;
            return decoder.next() && decoder.count > 0;
        }
    }

    /** The characters as they stand, of what is not base64. */
    private static final class CharacterStream extends InputStream {

        private final EncodedValue value;

        CharacterStream(EncodedValue value) {
            this.value = value;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return value.read(one, 0, 1) == 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = value.read(target, offset, offset + length);
            return count == 0 && length > 0 ? -1 : count;
        }

        @Override
        public void close() throws IOException {
            value.close();
        }
    }

    /** A part of a shared stream, which does not close what it is a part of. */
    private static final class ClosingBoth extends FilterInputStream {

        private final InputStream whole;

        ClosingBoth(InputStream part, InputStream whole) {
            super(part);
            this.whole = whole;
        }

        @Override
        public void close() throws IOException {
            super.close();
            whole.close();
        }
    }
}
