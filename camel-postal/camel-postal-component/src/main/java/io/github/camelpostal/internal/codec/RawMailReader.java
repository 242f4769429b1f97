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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import io.github.camelpostal.internal.mime.MimeReader;
import io.github.camelpostal.internal.mime.SharedRangeStream.RandomAccess;
import io.github.camelpostal.payload.Content;
import io.github.camelpostal.payload.HeaderField;
import io.github.camelpostal.payload.InboundAttachment;
import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.payload.PayloadException;
import org.jspecify.annotations.Nullable;

/**
 * Makes a mail of Postal's format {@code RawMessage} (protocol 4.4). The message is decoded once for the deduplication key,
 * kept decoded where it is small, and parsed when somebody first asks for a part of it.
 */
final class RawMailReader {

    private RawMailReader() {
    }

    /**
     * @param memoryThreshold up to how many encoded bytes the decoded message is kept on the heap
     */
    static InboundMail read(ParsedPayload parsed, long memoryThreshold) throws IOException, PayloadException {
        Fields fields = parsed.fields();
        if (!Boolean.TRUE.equals(fields.flag("base64"))) {
            throw new PayloadException("'base64' is not true"); // Postal knows no other way (protocol 4.4)
        }
        if (parsed.message() == null) {
            throw new PayloadException("'message' is missing");
        }
        InboundMail.Envelope envelope = new InboundMail.Envelope(fields.integer("id"), null, fields.requiredText("rcpt_to"),
                HashMailReader.sender(fields), null, fields.optionalInteger("size"), null, null, null);
        MessageDigest sha256 = sha256();
        Content message = digested(parsed.message(), sha256, memoryThreshold);
        return new InboundMail(envelope, message, "raw:" + fingerprint(envelope, sha256.digest()), () -> contents(message));
    }

    private static Content digested(Content message, MessageDigest sha256, long memoryThreshold) throws IOException {
        if (!(message instanceof EncodedContent encoded) || encoded.bodyLength() > memoryThreshold) {
            digest(message, sha256);
            return message;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) encoded.bodyLength() / 4 * 3);
        encoded.scanTo(bytes);
        if (!encoded.decoded()) {
            digest(message, sha256);
            return message;
        }
        MemoryContent decoded = new MemoryContent(bytes.toByteArray());
        sha256.update(decoded.bytes());
        return decoded;
    }

    private static void digest(Content message, MessageDigest sha256) throws IOException {
        OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), sha256);
        if (message instanceof EncodedContent encoded) {
            encoded.scanTo(out);
            if (encoded.decoded()) {
                return;
            }
            sha256.reset();
        }
        try (InputStream in = message.open()) {
            in.transferTo(out);
        }
    }

    private static InboundMail.Contents contents(Content message) {
        try {
            MimeReader.ParsedMail mail = MimeReader.read(randomAccess(message), message.length());
            List<InboundAttachment> attachments = mail.attachments().stream().map(RawMailReader::attachment).toList();
            List<HeaderField> headers = mail.headers().stream().map(field -> new HeaderField(field.getName(), field.getValue()))
                    .toList();
            return new InboundMail.Contents(headers, mail.replyTo(), mail.plain(), mail.html(), null, attachments.size(),
                    attachments, mail.undecoded() || !message.decoded(), mail.truncated());
        } catch (IOException e) {
            throw new UncheckedIOException("The raw message cannot be read", e);
        }
    }

    private static RandomAccess randomAccess(Content message) {
        return message instanceof MemoryContent memory ? memory::openAt : ((EncodedContent) message)::openAt;
    }

    private static InboundAttachment attachment(MimeReader.Attachment part) {
        return new InboundAttachment(part.name(), part.filename(), part.contentType(), part.contentId(), part.inline(),
                new PartContent(part.content()));
    }

    /** One part of the message, which stays encoded until it is read. */
    private static final class PartContent implements Content {

        private final MimeReader.PartBody part;
        private long length = -1;

        PartContent(MimeReader.PartBody part) {
            this.part = part;
        }

        @Override
        public InputStream open() throws IOException {
            return part.open();
        }

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

        @Override
        public boolean decoded() {
            return part.decoded();
        }
    }

    /**
     * As {@link io.github.camelpostal.payload.PostalPayload#dedupKey()} lays down: changing it makes every installation repeat
     * its mail once.
     */
    private static String fingerprint(InboundMail.Envelope envelope, byte[] messageSha256) {
        MessageDigest sha256 = sha256();
        sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(envelope.id()).flip());
        update(sha256, envelope.rcptTo());
        update(sha256, envelope.mailFrom());
        return HexFormat.of().formatHex(sha256.digest(messageSha256));
    }

    private static void update(MessageDigest sha256, @Nullable String text) {
        byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(text == null ? -1 : bytes.length).flip());
        sha256.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no SHA-256", e);
        }
    }
}
