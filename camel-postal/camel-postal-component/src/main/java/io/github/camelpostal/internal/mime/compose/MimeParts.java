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
import java.io.UnsupportedEncodingException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimeUtility;

import io.github.camelpostal.api.PostalAttachment;
import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.payload.Content;

/**
 * Takes a MIME message apart into the fields of a {@link PostalMessage}, for those who want to change some of them before they
 * send it. What has no place there, such as the exact bytes and nesting, is not kept; {@code postal:sendRaw} keeps it.
 */
public final class MimeParts {

    /** Fields that have a place of their own, that the structure makes, or that belong to the message's former journey. */
    private static final Set<String> NOT_COPIED = Set.of("from", "to", "cc", "bcc", "sender", "reply-to", "subject",
            "x-postal-tag", "mime-version", "content-type", "content-transfer-encoding", "content-disposition", "content-id",
            "content-description", "received", "return-path", "dkim-signature", "x-postal-msgid", "resent-bcc");

    private final PostalMessage.Builder message = PostalMessage.builder();
    private boolean hasText;
    private boolean hasHtml;

    private MimeParts() {
    }

    public static PostalMessage read(MimeMessage mime) throws MessagingException, IOException {
        MimeParts parts = new MimeParts();
        parts.fields(mime);
        parts.part(mime);
        return parts.message.build();
    }

    private void fields(MimeMessage mime) throws MessagingException, IOException {
        HeaderBlock header = CompleteMessage.of(mime).header();
        AddressList.parseMessageField("From", header.values("From")).stream().findFirst()
                .ifPresent(from -> message.from(from.asText()));
        AddressList.parseMessageField("Sender", header.values("Sender")).stream().findFirst()
                .ifPresent(sender -> message.sender(sender.asText()));
        addresses(header, "To", message::to);
        addresses(header, "Cc", message::cc);
        addresses(header, "Bcc", message::bcc);
        addresses(header, "Reply-To", message::replyTo);
        first(header, "Subject").ifPresent(message::subject);
        first(header, "X-Postal-Tag").ifPresent(message::tag);
        for (Header field : Collections.list(mime.getAllHeaders())) {
            if (!NOT_COPIED.contains(field.getName().toLowerCase(Locale.ROOT))) {
                message.header(field.getName(), decoded(field.getValue()));
            }
        }
    }

    private static void addresses(HeaderBlock header, String name, Consumer<List<String>> setter) {
        setter.accept(AddressList.parseMessageField(name, header.values(name)).stream().map(Mailbox::asText).toList());
    }

    private static Optional<String> first(HeaderBlock header, String name) {
        return header.values(name).stream().findFirst().map(MimeParts::decoded);
    }

    private static String decoded(String value) {
        try {
            return MimeUtility.decodeText(MimeUtility.unfold(value));
        } catch (UnsupportedEncodingException e) {
            return value;
        }
    }

    private void part(MimePart part) throws MessagingException, IOException {
        boolean named = part.getFileName() != null;
        boolean attachment = named || Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition());
        if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart multipart) {
            for (int i = 0; i < multipart.getCount(); i++) {
                part((MimePart) multipart.getBodyPart(i));
            }
        } else if (!attachment && !hasText && part.isMimeType("text/plain")) {
            hasText = true;
            message.plainBody((String) part.getContent());
        } else if (!attachment && !hasHtml && part.isMimeType("text/html")) {
            hasHtml = true;
            message.htmlBody((String) part.getContent());
        } else {
            attach(part);
        }
    }

    private void attach(MimePart part) throws MessagingException {
        String name = part.getFileName() == null ? defaultName(part) : decoded(part.getFileName());
        String contentId = part.getContentID() == null ? null : HeaderText.identifier(part.getContentID());
        message.attachment(new PostalAttachment(name, part.getContentType(), new PartContent(part), contentId,
                Part.INLINE.equalsIgnoreCase(part.getDisposition())));
    }

    private static String defaultName(MimePart part) throws MessagingException {
        if (part.isMimeType("message/rfc822")) {
            return "message.eml";
        }
        return part.isMimeType("text/*") ? "part.txt" : "part.bin";
    }

    private record PartContent(MimePart part) implements Content {

        @Override
        public InputStream open() throws IOException {
            try {
                return part.getInputStream();
            } catch (MessagingException e) {
                throw new IOException("A part of the MIME message cannot be read", e);
            }
        }

        @Override
        public long length() {
            return -1;
        }
    }
}
