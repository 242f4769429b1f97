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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

import jakarta.activation.DataHandler;
import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentDisposition;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.HeaderTokenizer;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParameterList;
import jakarta.mail.internet.ParseException;
import jakarta.mail.util.ByteArrayDataSource;

import io.github.camelpostal.api.PostalAttachment;
import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.api.RawMessage;
import io.github.camelpostal.payload.Content;
import io.github.camelpostal.payload.HeaderField;
import org.jspecify.annotations.Nullable;

/**
 * Writes a mail as a MIME message for {@code send/raw}.
 *
 * <p>
 * Jakarta Mail writes everything but the attachments, and says where each of them belongs; the message is then read as these
 * pieces in turn, attachments straight from their sources. That keeps memory constant without a thread or a temporary file, and
 * the length is known beforehand wherever the attachments know theirs.
 */
public final class MimeComposer {

    private static final @Nullable Session NO_SESSION = null;

    private final Clock clock;
    private final Supplier<String> uniqueText;

    /** @param uniqueText the part of a new Message-ID before the @ */
    public MimeComposer(Clock clock, Supplier<String> uniqueText) {
        this.clock = clock;
        this.uniqueText = uniqueText;
    }

    /** @param mail checked, addresses as {@link Mailbox#asText()} writes them */
    public RawMessage compose(PostalMessage mail) {
        return compose(mail, null);
    }

    /** @param messageId without angle brackets, instead of the mail's own; null for that, or a new one */
    public RawMessage compose(PostalMessage mail, @Nullable String messageId) {
        try {
            List<Cut> cuts = new ArrayList<>();
            ByteArrayOutputStream skeleton = new ByteArrayOutputStream();
            MimeMessage message = new OwnMessageId();
            MimeBodyPart content = content(mail, skeleton, cuts);
            message.setDataHandler(content.getDataHandler());
            for (String name : List.of("Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "Content-ID")) {
                String value = content.getHeader(name, null);
                if (value != null) {
                    message.setHeader(name, value);
                }
            }
            header(message, mail);
            if (messageId != null) {
                message.setHeader("Message-ID", '<' + messageId + '>');
            }
            message.saveChanges();
            message.writeTo(skeleton);
            return new RawMessage(Mailbox.ofSender(mail).address(), recipients(mail), join(skeleton.toByteArray(), cuts),
                    mail.bounce());
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException("a checked mail cannot fail to become MIME", e);
        }
    }

    /** A Message-ID for a mail that has none, without angle brackets. */
    public String newMessageId(String fromAddress) {
        return uniqueText.get() + fromAddress.substring(fromAddress.lastIndexOf('@'));
    }

    public Date now() {
        return Date.from(clock.instant());
    }

    private void header(MimeMessage message, PostalMessage mail) throws MessagingException {
        Mailbox from = Mailbox.ofSender(mail);
        message.setSentDate(now());
        message.setFrom(from.asInternetAddress());
        if (mail.sender() != null) {
            message.setSender(Mailbox.of(mail.sender()).asInternetAddress());
        }
        if (!mail.replyTo().isEmpty()) {
            message.setReplyTo(addresses(mail.replyTo()));
        }
        message.setRecipients(RecipientType.TO, addresses(mail.to()));
        message.setRecipients(RecipientType.CC, addresses(mail.cc()));
        if (mail.subject() != null) {
            message.setHeader("Subject", HeaderText.encoded("Subject", mail.subject()));
        }
        message.setHeader("Message-ID", '<' + newMessageId(from.address()) + '>');
        Set<String> own = new HashSet<>();
        for (HeaderField header : mail.headers()) {
            if (own.add(header.name().toLowerCase(Locale.ROOT))) {
                message.removeHeader(header.name());
            }
            message.addHeader(header.name(), HeaderText.encoded(header.name(), header.value()));
        }
        if (mail.tag() != null) {
            message.setHeader("X-Postal-Tag", HeaderText.encoded("X-Postal-Tag", mail.tag()));
        }
    }

    /** The body, in the nesting that every mail program understands: mixed(alternative(text, related(html, images)), files). */
    private static MimeBodyPart content(PostalMessage mail, ByteArrayOutputStream skeleton, List<Cut> cuts)
            throws MessagingException {
        List<MimeBodyPart> related = new ArrayList<>();
        List<MimeBodyPart> mixed = new ArrayList<>();
        String html = mail.htmlBody();
        for (PostalAttachment attached : mail.attachments()) {
            (html != null && (attached.inline() || attached.contentId() != null) ? related : mixed)
                    .add(new AttachedPart(attached, skeleton, cuts));
        }
        List<MimeBodyPart> alternatives = new ArrayList<>();
        if (mail.plainBody() != null) {
            alternatives.add(text(mail.plainBody(), "plain"));
        }
        if (html != null) {
            related.add(0, text(html, "html"));
            alternatives.add(multipart("related", related));
        }
        if (!alternatives.isEmpty()) {
            mixed.add(0, multipart("alternative", alternatives));
        }
        // a file alone is wrapped too: of a message that is nothing but a file many readers see no attachment
        return alternatives.isEmpty() ? wrapper("mixed", mixed) : multipart("mixed", mixed);
    }

    private static MimeBodyPart multipart(String subtype, List<MimeBodyPart> parts) throws MessagingException {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        return wrapper(subtype, parts);
    }

    private static MimeBodyPart wrapper(String subtype, List<MimeBodyPart> parts) throws MessagingException {
        MimeMultipart multipart = new MimeMultipart(subtype);
        for (MimeBodyPart part : parts) {
            multipart.addBodyPart(part);
        }
        MimeBodyPart wrapper = new MimeBodyPart();
        wrapper.setContent(multipart);
        return wrapper;
    }

    private static MimeBodyPart text(String text, String subtype) throws MessagingException {
        // MIME text has CRLF line ends (RFC 2046, 4.1.1)
        byte[] canonical = text.replaceAll("\r\n|\r|\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        String type = "text/" + subtype + "; charset=UTF-8";
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(canonical, type)));
        part.setHeader("Content-Type", type);
        return part;
    }

    private static Address[] addresses(List<String> mailboxes) {
        return mailboxes.stream().map(Mailbox::of).map(Mailbox::asInternetAddress).toArray(InternetAddress[]::new);
    }

    /** All who get it, bare, To before Cc before Bcc. */
    private static List<String> recipients(PostalMessage mail) {
        List<String> bare = new ArrayList<>();
        for (List<String> field : List.of(mail.to(), mail.cc(), mail.bcc())) {
            field.forEach(mailbox -> bare.add(Mailbox.of(mailbox).address()));
        }
        return bare;
    }

    private static Content join(byte[] skeleton, List<Cut> cuts) {
        List<Content> pieces = new ArrayList<>();
        int position = 0;
        for (Cut cut : cuts) {
            pieces.add(Content.of(Arrays.copyOfRange(skeleton, position, cut.position())));
            pieces.add(cut.content());
            position = cut.position();
        }
        pieces.add(Content.of(Arrays.copyOfRange(skeleton, position, skeleton.length)));
        return new JoinedContent(pieces);
    }

    /** Where in the skeleton the encoded content of an attachment belongs. */
    private record Cut(int position, Content content) {
    }

    /** Keeps the Message-ID that it is given. */
    private static final class OwnMessageId extends MimeMessage {

        OwnMessageId() {
            super(NO_SESSION);
        }

        @Override
        protected void updateMessageID() {
            // set with the other fields
        }
    }

    /** A part that writes its header, and in place of its content a cut. */
    private static final class AttachedPart extends MimeBodyPart {

        AttachedPart(PostalAttachment attached, ByteArrayOutputStream skeleton, List<Cut> cuts) throws MessagingException {
            String type = contentType(attached);
            Content encoded = isComposite(attached) ? attached.content() : inBase64(attached.content());
            setDataHandler(new DataHandler(new ByteArrayDataSource(new byte[0], typeOf(attached).getBaseType())) {
                @Override
                public void writeTo(OutputStream ignored) {
                    cuts.add(new Cut(skeleton.size(), encoded));
                }
            });
            setHeader("Content-Type", type);
            setHeader("Content-Transfer-Encoding", isComposite(attached) ? "8bit" : "base64");
            ParameterList parameters = new ParameterList();
            parameters.set("filename", attached.name(), StandardCharsets.UTF_8.name());
            setHeader("Content-Disposition",
                    new ContentDisposition(attached.inline() ? "inline" : "attachment", parameters).toString());
            if (attached.contentId() != null) {
                setHeader("Content-ID", '<' + attached.contentId() + '>');
            }
        }

        /** Whether MIME forbids to encode it (RFC 2046, 5.2.1). */
        private static boolean isComposite(PostalAttachment attached) {
            return attached.mediaType().startsWith("message/");
        }

        private static String contentType(PostalAttachment attached) {
            ContentType type = typeOf(attached);
            if (type.getParameterList() != null) {
                type.getParameterList().remove("name");
            }
            // Postal's library knows no filename* (recorded), and calls a part an attachment only if it finds a plain name
            String name = MimeUtility.quote(encodedWords(Objects.requireNonNull(attached.name(), "name")),
                    HeaderTokenizer.MIME);
            return MimeUtility.fold("Content-Type: ".length(), type + "; name=" + name);
        }

        private static ContentType typeOf(PostalAttachment attached) {
            try {
                ContentType type = new ContentType(attached.contentType());
                // a multipart would need its boundary; as a file it is just bytes
                return type.match("multipart/*") ? unknownType() : type;
            } catch (ParseException e) {
                return unknownType();
            }
        }

        private static ContentType unknownType() {
            return new ContentType("application", "octet-stream", null);
        }

        private static String encodedWords(String name) {
            try {
                return MimeUtility.encodeText(name, StandardCharsets.UTF_8.name(), "B");
            } catch (UnsupportedEncodingException e) {
                throw new IllegalStateException("every Java has UTF-8", e);
            }
        }

        private static Content inBase64(Content content) {
            return new Content() {
                @Override
                public InputStream open() throws IOException {
                    return new Base64EncodingStream(content.open());
                }

                @Override
                public long length() {
                    long length = content.length();
                    return length < 0 ? length : Base64EncodingStream.length(length);
                }
            };
        }
    }
}
