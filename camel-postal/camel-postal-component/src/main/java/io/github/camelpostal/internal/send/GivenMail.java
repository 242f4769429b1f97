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
package io.github.camelpostal.internal.send;

import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.PostalAttachment;
import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.api.RawMessage;
import io.github.camelpostal.internal.ledger.MailFingerprint;
import io.github.camelpostal.internal.mime.compose.CompleteMessage;
import io.github.camelpostal.payload.Content;
import io.github.camelpostal.payload.HeaderField;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Reads a mail once for its fingerprint, and leaves one that can be read again for the call: the fingerprint must be known
 * before the first byte goes to Postal. Content whose length is known is opened twice; any other may be a stream that can be
 * read once, and is kept by Camel's stream caching.
 */
final class GivenMail {

    private GivenMail() {
    }

    /** A message in parts whose attachments can be read again. */
    record InParts(String fingerprint, PostalMessage message) {
    }

    /** The body of a complete message, which can be read again. */
    record Complete(String fingerprint, Content body) {
    }

    static InParts read(PostalMessage given, Exchange exchange) throws IOException {
        MailFingerprint fingerprint = new MailFingerprint().text("operation", "parts").text("from", given.from())
                .text("sender", given.sender()).texts("to", given.to()).texts("cc", given.cc()).texts("bcc", given.bcc())
                .texts("replyTo", given.replyTo()).text("subject", given.subject()).text("tag", given.tag())
                .text("bounce", String.valueOf(given.bounce())).text("plain", given.plainBody()).text("html", given.htmlBody())
                .text("conversation", conversation(exchange));
        PostalMessage.Builder message = withoutAttachments(given);
        for (HeaderField field : given.headers()) {
            if (!field.is("Date") && !field.is("Message-ID")) {
                fingerprint.text("header", field.name() + ':' + field.value());
            }
        }
        for (PostalAttachment attachment : given.attachments()) {
            MessageDigest digest = sha256();
            Content again = readThrough(attachment.content(),
                    new DigestOutputStream(OutputStream.nullOutputStream(), digest), exchange);
            fingerprint.text("attachment", attachment.name()).text("type", attachment.contentType())
                    .text("contentId", attachment.contentId()).text("inline", String.valueOf(attachment.inline()))
                    .text("content", hex(digest));
            message.attachment(new PostalAttachment(attachment.name(), attachment.contentType(), again,
                    attachment.contentId(), attachment.inline()));
        }
        return new InParts(fingerprint.value(), message.build());
    }

    /** @param header of the message, before anything was added to it */
    static Complete read(CompleteMessage given, byte[] header, RawMessage raw, Exchange exchange) throws IOException {
        MessageDigest digest = sha256();
        try (GivenMailDigest unchanging = new GivenMailDigest(digest::update)) {
            unchanging.write(header);
            Content body = SpooledContent.read(given.body(), unchanging, exchange);
            unchanging.close();
            String fingerprint = new MailFingerprint().text("operation", "complete").text("from", raw.mailFrom())
                    .texts("to", raw.rcptTo()).text("bounce", String.valueOf(raw.bounce()))
                    .text("tag", ExchangeText.header(exchange.getMessage(), PostalConstants.TAG))
                    .text("conversation", conversation(exchange)).text("message", hex(digest)).value();
            return new Complete(fingerprint, body);
        }
    }

    private static @Nullable String conversation(Exchange exchange) {
        return ExchangeText.header(exchange.getMessage(), PostalConstants.CONVERSATION);
    }

    private static PostalMessage.Builder withoutAttachments(PostalMessage given) {
        PostalMessage.Builder copy = PostalMessage.builder().from(given.from()).sender(given.sender()).to(given.to())
                .cc(given.cc()).bcc(given.bcc()).replyTo(given.replyTo()).subject(given.subject()).tag(given.tag())
                .bounce(given.bounce()).plainBody(given.plainBody()).htmlBody(given.htmlBody());
        given.headers().forEach(field -> copy.header(field.name(), field.value()));
        return copy;
    }

    private static Content readThrough(Content content, OutputStream reader, Exchange exchange) throws IOException {
        if (content.length() < 0) {
            return SpooledContent.read(content, reader, exchange);
        }
        content.writeTo(reader);
        return content;
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
