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
package io.github.camelpostal.internal.webhook;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Properties;
import java.util.UUID;

import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;

import io.github.camelpostal.internal.attachment.ReceivedSource;
import io.github.camelpostal.internal.mime.LenientMimeMessage;
import io.github.camelpostal.internal.text.FoldedText;
import io.github.camelpostal.payload.Content;
import io.github.camelpostal.payload.InboundAttachment;
import io.github.camelpostal.payload.InboundMail;
import org.jspecify.annotations.Nullable;

/**
 * An inbound mail as a MIME message: the original where Postal sent it, else one composed of the fields, which has the same
 * words and attachments but is not the original. It is the same, byte for byte, for every duplicate of the mail, so that whoever
 * stores it by its digest stores it once.
 */
final class MailAsMime {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final InboundMail mail;
    private int multiparts;

    private MailAsMime(InboundMail mail) {
        this.mail = mail;
    }

    static MimeMessage of(InboundMail mail) throws IOException, MessagingException {
        Session session = Session.getInstance(new Properties());
        Content original = mail.message();
        if (original != null) {
            return new LenientMimeMessage(session, original.open()); // its parts are read from the stream later
        }
        MimeMessage message = new ReceivedMessage(session);
        new MailAsMime(mail).compose(message);
        message.saveChanges();
        return message;
    }

    private void compose(MimeMessage message) throws MessagingException, IOException {
        addresses(message, "From", mail.from());
        addresses(message, "To", mail.to());
        addresses(message, "Cc", mail.cc());
        addresses(message, "Reply-To", mail.header("Reply-To"));
        if (mail.subject() != null) {
            message.setSubject(mail.subject(), UTF_8);
        }
        header(message, "Date", mail.date() != null ? mail.date() : arrival());
        header(message, "Message-ID", mail.header("Message-ID"));
        header(message, "In-Reply-To", mail.inReplyTo());
        header(message, "References", mail.references());
        header(message, "Auto-Submitted", mail.autoSubmitted());
        if (mail.attachments().isEmpty()) {
            text(message);
        } else {
            message.setContent(textAndAttachments());
        }
    }

    /** A mail without a date gets that of its arrival, which does not change from one duplicate to the next. */
    private @Nullable String arrival() {
        return mail.timestamp() == null
                ? null
                : DateTimeFormatter.RFC_1123_DATE_TIME.format(mail.timestamp().atOffset(ZoneOffset.UTC));
    }

    /** Jakarta Mail makes boundaries of the time and of hash codes. */
    private MimeMultipart multipart(String subtype) {
        byte[] key = mail.dedupKey().getBytes(StandardCharsets.UTF_8);
        return new StableMultipart(subtype, "=_" + ++multiparts + "_" + UUID.nameUUIDFromBytes(key));
    }

    private MimeMultipart textAndAttachments() throws MessagingException, IOException {
        MimeMultipart mixed = multipart("mixed");
        MimeBodyPart text = new MimeBodyPart();
        text(text);
        mixed.addBodyPart(text);
        for (InboundAttachment attachment : mail.attachments()) {
            MimeBodyPart part = new MimeBodyPart();
            part.setDataHandler(new DataHandler(new ReceivedSource(attachment)));
            part.setFileName(MimeUtility.encodeText(attachment.name(), UTF_8, null));
            part.setDisposition(attachment.inline() ? Part.INLINE : Part.ATTACHMENT);
            if (attachment.contentId() != null) {
                part.setContentID("<" + attachment.contentId() + ">");
            }
            mixed.addBodyPart(part);
        }
        return mixed;
    }

    private void text(Part part) throws MessagingException {
        String plain = mail.plainBody();
        String html = mail.htmlBody();
        if (plain != null && html != null) {
            MimeMultipart alternative = multipart("alternative");
            alternative.addBodyPart(textPart(plain, "plain"));
            alternative.addBodyPart(textPart(html, "html"));
            part.setContent(alternative);
        } else if (html != null) {
            part.setContent(html, "text/html; charset=utf-8");
        } else {
            part.setContent(plain == null ? "" : plain, "text/plain; charset=utf-8");
        }
    }

    private static MimeBodyPart textPart(String text, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, UTF_8, subtype);
        return part;
    }

    private static void header(MimeMessage message, String name, @Nullable String value)
            throws MessagingException, IOException {
        if (value != null) {
            message.setHeader(name,
                    MimeUtility.fold(name.length() + 2,
                            MimeUtility.encodeText(FoldedText.withoutLineBreaks(value), UTF_8, null)));
        }
    }

    /** Postal gives the field decoded, so that it may be no list of addresses any more; then it is kept as text. */
    private static void addresses(MimeMessage message, String name, @Nullable String value)
            throws MessagingException, IOException {
        if (value == null || value.isBlank()) {
            return;
        }
        try {
            InternetAddress[] parsed = InternetAddress.parseHeader(FoldedText.withoutLineBreaks(value), false);
            for (InternetAddress address : parsed) {
                if (address.getPersonal() != null) {
                    address.setPersonal(address.getPersonal(), UTF_8);
                }
            }
            message.setHeader(name, InternetAddress.toString(parsed, name.length() + 2));
        } catch (AddressException e) {
            header(message, name, value);
        }
    }

    /** Keeps the Message-ID of the mail, and does without one where the mail had none. */
    private static final class ReceivedMessage extends MimeMessage {

        ReceivedMessage(Session session) {
            super(session);
        }

        @Override
        protected void updateMessageID() {
            // it is somebody else's mail
        }
    }

    /** A multipart with a boundary that is given. */
    private static final class StableMultipart extends MimeMultipart {

        StableMultipart(String subtype, String boundary) {
            super(subtype);
            contentType = "multipart/" + subtype + "; boundary=\"" + boundary + "\"";
        }
    }
}
