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

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;

import io.github.camelpostal.payload.Content;

/**
 * A message that is complete already: a header that can be looked at and changed, and a body that is passed on as it is, unread.
 *
 * @param source what to close when the call is over
 */
public record CompleteMessage(HeaderBlock header, Content body, Closeable source) {

    private static final String MESSAGE_ID = "Message-ID";

    /** Reads the header only; the body is what follows in the stream. */
    public static CompleteMessage read(Content content) throws IOException {
        CountedInput in = new CountedInput(new BufferedInputStream(content.open()));
        try {
            HeaderBlock header = HeaderBlock.read(in);
            return new CompleteMessage(header, new Rest(Content.once(in), content.length(), in.count), in);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /**
     * Jakarta Mail writes the message, so that what was never in memory need not be. When it writes a message that nobody saved
     * yet, it replaces the Message-ID; the one that the message had is put back.
     */
    public static CompleteMessage of(MimeMessage message) throws IOException, MessagingException {
        String own = message.getHeader(MESSAGE_ID, null);
        byte[] header = headerOf(message);
        if (own != null && !own.equals(message.getHeader(MESSAGE_ID, null))) {
            message.setHeader(MESSAGE_ID, own);
            header = headerOf(message);
        }
        return new CompleteMessage(HeaderBlock.read(new ByteArrayInputStream(header)), new WrittenBody(message),
                InputStream.nullInputStream());
    }

    /** The whole message as it goes out. */
    public Content content() {
        return new JoinedContent(List.of(Content.of(header.toBytes()), body));
    }

    private static byte[] headerOf(MimeMessage message) throws IOException, MessagingException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        try {
            message.writeTo(new BehindHeader(header) {
                @Override
                void bodyBegins() throws HeaderComplete {
                    throw new HeaderComplete();
                }
            });
        } catch (HeaderComplete enough) {
            // the body is written when it is sent
        }
        return header.toByteArray();
    }

    /** What follows the header, of content whose length may be known. */
    private record Rest(Content stream, long whole, long header) implements Content {

        @Override
        public InputStream open() throws IOException {
            return stream.open();
        }

        @Override
        public long length() {
            return whole < 0 ? whole : whole - header;
        }
    }

    /** Counts what the header reader takes, which it does byte by byte. */
    private static final class CountedInput extends FilterInputStream {

        private long count;

        CountedInput(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count += b < 0 ? 0 : 1;
            return b;
        }
    }

    private static final class HeaderComplete extends IOException {

        private static final long serialVersionUID = 1L;
    }

    /** The body of a message that Jakarta Mail writes. */
    private record WrittenBody(MimeMessage message) implements Content {

        @Override
        public void writeTo(OutputStream target) throws IOException {
            try {
                message.writeTo(new BehindHeader(OutputStream.nullOutputStream()) {
                    @Override
                    void bodyBegins() {
                        out = target;
                    }
                });
            } catch (MessagingException e) {
                throw new IOException("The MimeMessage cannot be written", e);
            }
        }

        /** For readers only, who need the memory; Postal's client writes. */
        @Override
        public InputStream open() throws IOException {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            writeTo(whole);
            return new ByteArrayInputStream(whole.toByteArray());
        }

        @Override
        public long length() {
            return -1;
        }
    }

    /** Notices the empty line between header and body, which it still writes to where the header goes. */
    private abstract static class BehindHeader extends FilterOutputStream {

        private int lineLength;
        private boolean inBody;

        BehindHeader(OutputStream header) {
            super(header);
        }

        abstract void bodyBegins() throws IOException;

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            if (!inBody) {
                notice(b);
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int position = offset;
            while (!inBody && position < offset + length) {
                write(bytes[position++]);
            }
            out.write(bytes, position, offset + length - position);
        }

        private void notice(int b) throws IOException {
            if (b == '\n') {
                inBody = lineLength == 0;
                lineLength = 0;
                if (inBody) {
                    bodyBegins();
                }
            } else if (b != '\r') {
                lineLength++;
            }
        }
    }
}
