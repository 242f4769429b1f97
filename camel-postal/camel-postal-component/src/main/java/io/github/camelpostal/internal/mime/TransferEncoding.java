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
package io.github.camelpostal.internal.mime;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

import org.eclipse.angus.mail.util.BASE64DecoderStream;
import org.jspecify.annotations.Nullable;

/** How the body of a part is written (RFC 2045 section 6), whatever its header field looks like. */
enum TransferEncoding {

    /** As it is. */
    IDENTITY, BASE64, QUOTED_PRINTABLE, UUENCODE,
    /** Nobody knows; the body is given as it is. */
    UNKNOWN;

    /** A field that is no token, such as one with half a comment, still says what the sender meant. */
    static TransferEncoding of(@Nullable String field) {
        String name = field == null ? "" : field.toLowerCase(Locale.ROOT);
        if (name.contains("base64")) {
            return BASE64;
        }
        if (name.contains("quoted") || name.contains("printable")) {
            return QUOTED_PRINTABLE;
        }
        if (name.contains("uu") || name.contains("x-ue")) {
            return UUENCODE;
        }
        boolean none = name.isBlank() || name.contains("bit") || name.contains("binary") || name.contains("utf")
                || name.contains("ascii") || name.contains("iso-");
        return none ? IDENTITY : UNKNOWN;
    }

    /** Reads what is encoded; what does not belong into the encoding is no error. */
    InputStream decode(InputStream encoded) {
        return switch (this) {
            case IDENTITY, UNKNOWN -> encoded;
            case BASE64 -> new BASE64DecoderStream(encoded, true); // skips what is not base64
            case QUOTED_PRINTABLE -> new QuotedPrintableStream(encoded);
            case UUENCODE -> new UuencodeStream(encoded);
        };
    }

    /** Knows also the blanks that mail programs put between an equals sign and the end of the line. */
    private static final class QuotedPrintableStream extends FilterInputStream {

        private static final int LOOKAHEAD = 1_000;
        /** Blanks are held back, because those at the end of a line do not count. */
        private int blanks;
        private int blank;

        QuotedPrintableStream(InputStream in) {
            super(new BufferedInputStream(in));
        }

        @Override
        public int read() throws IOException {
            if (blanks > 0) {
                blanks--;
                return blank;
            }
            int b = in.read();
            if (b == ' ' || b == '\t') {
                return blank(b);
            }
            return b == '=' ? escaped() : b;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = 0;
            while (count < length) {
                int b = read();
                if (b < 0) {
                    return count == 0 ? -1 : count;
                }
                target[offset + count++] = (byte) b;
            }
            return count;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        private int blank(int first) throws IOException {
            int more = 0;
            while (true) {
                in.mark(1);
                int b = in.read();
                if (b == '\r' || b == '\n' || b < 0) {
                    return b;
                }
                if (b != first) {
                    in.reset();
                    blank = first;
                    blanks = more;
                    return first;
                }
                more++;
            }
        }

        private int escaped() throws IOException {
            while (true) {
                in.mark(LOOKAHEAD);
                int high = in.read();
                if (high < 0) {
                    return -1;
                }
                int low = in.read();
                if (Character.digit(high, 16) >= 0 && Character.digit(low, 16) >= 0) {
                    return Character.digit(high, 16) << 4 | Character.digit(low, 16);
                }
                in.reset();
                if (!skipLineEnd()) {
                    in.reset();
                    return '=';
                }
                in.mark(1);
                int next = in.read();
                if (next != '=') {
                    in.reset();
                    return read();
                }
            }
        }

        /** Whether nothing but blanks stands in front of the end of the line, which is then behind us. */
        private boolean skipLineEnd() throws IOException {
            for (int i = 0; i < LOOKAHEAD - 2; i++) {
                int b = in.read();
                if (b == '\n' || b < 0) {
                    return true;
                }
                if (b == '\r') {
                    in.mark(1);
                    if (in.read() != '\n') {
                        in.reset();
                    }
                    return true;
                }
                if (b != ' ' && b != '\t') {
                    return false;
                }
            }
            return false;
        }
    }

    /** From the line {@code begin 644 name} to {@code end}, or as far as it goes. */
    private static final class UuencodeStream extends InputStream {

        private final InputStream in;
        private final LineReader lines;
        private byte[] decoded = new byte[0];
        private int next;
        private boolean begun;
        private boolean ended;

        UuencodeStream(InputStream in) {
            this.in = in;
            this.lines = new LineReader(in, 0);
        }

        @Override
        public int read() throws IOException {
            while (next == decoded.length && !ended) {
                readLine();
            }
            return next < decoded.length ? decoded[next++] & 0xff : -1;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }

        private void readLine() throws IOException {
            if (!lines.next(1_000)) {
                ended = true;
                return;
            }
            String line = lines.text();
            if (!begun) {
                begun = beginsUuencode(line);
            } else if (line.equals("end")) {
                ended = true;
            } else if (!line.isBlank()) {
                decoded = decode(line);
                next = 0;
            }
        }

        private static byte[] decode(String line) {
            int length = line.charAt(0) - ' ' & 0x3f;
            byte[] bytes = new byte[Math.min(length, (line.length() - 1) * 3 / 4)]; // a line may be cut
            for (int i = 0; i < bytes.length; i++) {
                int at = 1 + i / 3 * 4 + i % 3;
                int shift = 2 * (i % 3 + 1);
                int high = value(line, at) << shift;
                int low = value(line, at + 1) >> 6 - shift;
                bytes[i] = (byte) (high | low);
            }
            return bytes;
        }

        private static int value(String line, int at) {
            return at < line.length() ? line.charAt(at) - ' ' & 0x3f : 0;
        }
    }

    static boolean beginsUuencode(String line) {
        return line.matches("begin [0-7]{3,4} .*");
    }
}
