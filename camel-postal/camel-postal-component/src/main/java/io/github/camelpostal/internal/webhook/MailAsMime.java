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
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;

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

import io.github.camelpostal.payload.InboundAttachment;
import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.payload.LooseMessage;

/**
 * An inbound mail as a MIME message: the original where Postal posted it, else one composed of the fields, which has the
 * same words and attachments but is not the original.
 */
final class MailAsMime {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final InboundMail mail;

    private MailAsMime(InboundMail mail) {
        this.mail = mail;
    }

    static MimeMessage of(InboundMail mail) throws IOException, MessagingException {
        Session session = Session.getInstance(new Properties());
        if (mail.message().isPresent()) {
            try (InputStream in = mail.message().get().open()) {
                return new LooseMessage(session, in);
            }
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
        addresses(message, "Reply-To",
                mail.replyTo().isEmpty() ? Optional.empty() : Optional.of(String.join(", ", mail.replyTo())));
        if (mail.subject().isPresent()) {
            message.setSubject(mail.subject().get(), UTF_8);
        }
        header(message, "Date", mail.date());
        header(message, "Message-ID", mail.messageId().map(id -> "<" + id + ">"));
        header(message, "In-Reply-To", mail.inReplyTo());
        header(message, "References", mail.references());
        header(message, "Auto-Submitted", mail.autoSubmitted());
        if (mail.attachments().isEmpty()) {
            text(message);
        } else {
            message.setContent(textAndAttachments());
        }
    }

    private MimeMultipart textAndAttachments() throws MessagingException, IOException {
        MimeMultipart mixed = new MimeMultipart("mixed");
        MimeBodyPart text = new MimeBodyPart();
        text(text);
        mixed.addBodyPart(text);
        for (InboundAttachment attachment : mail.attachments()) {
            MimeBodyPart part = new MimeBodyPart();
            part.setDataHandler(new DataHandler(new AttachmentSource(attachment)));
            part.setFileName(MimeUtility.encodeText(attachment.name(), UTF_8, null));
            part.setDisposition(attachment.inline() ? Part.INLINE : Part.ATTACHMENT);
            if (attachment.contentId().isPresent()) {
                part.setContentID("<" + attachment.contentId().get() + ">");
            }
            mixed.addBodyPart(part);
        }
        return mixed;
    }

    private void text(Part part) throws MessagingException {
        Optional<String> plain = mail.plainBody();
        Optional<String> html = mail.htmlBody();
        if (plain.isPresent() && html.isPresent()) {
            MimeMultipart alternative = new MimeMultipart("alternative");
            alternative.addBodyPart(textPart(plain.get(), "plain"));
            alternative.addBodyPart(textPart(html.get(), "html"));
            part.setContent(alternative);
        } else if (html.isPresent()) {
            part.setContent(html.get(), "text/html; charset=utf-8");
        } else {
            part.setContent(plain.orElse(""), "text/plain; charset=utf-8");
        }
    }

    private static MimeBodyPart textPart(String text, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, UTF_8, subtype);
        return part;
    }

    private static void header(MimeMessage message, String name, Optional<String> value)
            throws MessagingException, IOException {
        if (value.isPresent()) {
            message.setHeader(name,
                    MimeUtility.fold(name.length() + 2, MimeUtility.encodeText(oneLine(value.get()), UTF_8, null)));
        }
    }

    /** Postal gives the field decoded, so that it may be no list of addresses any more; then it is kept as text. */
    private static void addresses(MimeMessage message, String name, Optional<String> value)
            throws MessagingException, IOException {
        if (value.isEmpty() || value.get().isBlank()) {
            return;
        }
        try {
            InternetAddress[] parsed = InternetAddress.parseHeader(oneLine(value.get()), false);
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

    private static String oneLine(String value) {
        return value.replaceAll("\\s*[\\r\\n]+\\s*", " ");
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
}
