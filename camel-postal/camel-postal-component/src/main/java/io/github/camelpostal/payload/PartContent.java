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
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.stream.Stream;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParseException;

import org.eclipse.angus.mail.util.BASE64DecoderStream;

/** The decoded content of one part, which stays encoded in the message until it is read. */
final class PartContent implements PostedBody {

    private final MimePart part;
    private long length = -1;

    PartContent(MimePart part) {
        this.part = part;
    }

    @Override
    public InputStream open() throws IOException {
        try {
            InputStream encoded = part instanceof MimeBodyPart bodyPart
                    ? bodyPart.getRawInputStream()
                    : ((MimeMessage) part).getRawInputStream();
            return decoded(encoded);
        } catch (MessagingException e) {
            throw new IOException("The content of a part cannot be read", e);
        }
    }

    /** Reads the content once, because an encoded part does not say its length. */
    @Override
    public synchronized long length() {
        if (length < 0) {
            try (InputStream in = open()) {
                length = in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return length;
    }

    /** A field that is no token, such as one with half a comment, still says what the sender meant. */
    private String encoding() throws MessagingException {
        try {
            return part.getEncoding();
        } catch (ParseException e) {
            String field = part.getHeader("Content-Transfer-Encoding", null).toLowerCase(Locale.ROOT);
            return Stream.of("base64", "quoted-printable").filter(field::contains).findFirst().orElse(null);
        }
    }

    private InputStream decoded(InputStream encoded) throws MessagingException {
        String encoding = encoding();
        if (encoding == null) {
            return encoded;
        }
        if (encoding.equalsIgnoreCase("base64")) {
            return new BASE64DecoderStream(encoded, true); // what is not base64 in it is read over
        }
        try {
            return MimeUtility.decode(encoded, encoding);
        } catch (MessagingException e) { // an encoding that nobody knows
            return encoded;
        }
    }
}
