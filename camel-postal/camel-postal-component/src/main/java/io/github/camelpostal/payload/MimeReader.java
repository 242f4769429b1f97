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
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParseException;
import jakarta.mail.internet.SharedInputStream;

/**
 * Reads a raw message into the terms of Postal's other format. Strangers write these messages, so whatever is malformed is
 * read as well as it can be, and nothing in one stops the rest of it.
 *
 * <p>The first text/plain and the first text/html part without a file name are the text; every other leaf is an attachment,
 * also those that Postal's own format {@code Hash} would leave out.
 */
final class MimeReader {

    static final int DEEPEST_NESTING = 20;
    static final int MOST_PARTS = 2_000;

    private static final Session SESSION = session();

    private final SafeNames names = new SafeNames();
    private final List<InboundAttachment> attachments = new ArrayList<>();
    private Optional<String> plain = Optional.empty();
    private Optional<String> html = Optional.empty();
    private int parts;

    private MimeReader() {
    }

    static ParsedMessage read(PostedBody content) throws IOException {
        try {
            MimeMessage message = open(content);
            MimeReader reader = new MimeReader();
            reader.visit(message, 0);
            List<HeaderField> headers = headersOf(message);
            return new ParsedMessage(headers, headOf(headers, message), new Text(reader.plain, reader.html),
                    List.copyOf(reader.attachments));
        } catch (MessagingException e) {
            throw new IOException("Not to be read as a mail", e);
        }
    }

    private static MimeMessage open(PostedBody content) throws IOException, MessagingException {
        InputStream in = content.open();
        try {
            return new LooseMessage(SESSION, in);
        } finally {
            if (!(in instanceof SharedInputStream)) { // else the parts are read from it later
                in.close();
            }
        }
    }

    private void visit(MimePart part, int depth) throws IOException, MessagingException {
        if (++parts > MOST_PARTS) {
            return;
        }
        Optional<Multipart> multipart = depth < DEEPEST_NESTING ? multipartOf(part) : Optional.empty();
        if (multipart.isPresent()) {
            for (int i = 0; i < multipart.get().getCount(); i++) {
                visit((MimePart) multipart.get().getBodyPart(i), depth + 1);
            }
        } else {
            visitLeaf(part);
        }
    }

    private static Optional<Multipart> multipartOf(MimePart part) {
        try {
            if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart multipart
                    && multipart.getCount() > 0) {
                return Optional.of(multipart);
            }
        } catch (IOException | MessagingException | IndexOutOfBoundsException e) { // the last for a part's head of odd lines
            // not to be taken apart, so it is kept in one piece
        }
        return Optional.empty();
    }

    private void visitLeaf(MimePart part) throws IOException, MessagingException {
        PartContent content = new PartContent(part);
        Optional<String> filename = filenameOf(part);
        String disposition = dispositionOf(part);
        boolean shown = filename.isEmpty() && !disposition.equalsIgnoreCase(Part.ATTACHMENT);
        if (shown && plain.isEmpty() && part.isMimeType("text/plain")) {
            plain = Optional.of(textOf(part, content));
        } else if (shown && html.isEmpty() && part.isMimeType("text/html")) {
            html = Optional.of(textOf(part, content));
        } else {
            String contentType = MimeUtility.unfold(part.getContentType());
            Optional<String> contentId = Optional.ofNullable(part.getContentID()).map(MimeReader::withoutBrackets);
            boolean inline = disposition.equalsIgnoreCase(Part.INLINE) || disposition.isEmpty() && contentId.isPresent();
            attachments.add(new InboundAttachment(names.next(filename, contentType), filename, contentType, contentId, inline,
                    content));
        }
    }

    private static String dispositionOf(MimePart part) {
        try {
            return Optional.ofNullable(part.getDisposition()).orElse("");
        } catch (MessagingException e) {
            return LooseField.kind(field(part, "Content-Disposition"));
        }
    }

    private static Optional<String> filenameOf(MimePart part) {
        try {
            return Optional.ofNullable(part.getFileName()).map(MimeReader::decoded);
        } catch (MessagingException e) {
            return LooseField.filename(field(part, "Content-Disposition"))
                    .or(() -> LooseField.filename(field(part, "Content-Type"))).map(MimeReader::decoded);
        }
    }

    /** Unfolded; empty where there is none. */
    private static String field(MimePart part, String name) {
        try {
            return Optional.ofNullable(part.getHeader(name, null)).map(MimeUtility::unfold).orElse("");
        } catch (MessagingException e) {
            return "";
        }
    }

    /** In the charset that the part names; where that is missing, unknown or not true, UTF-8 if it can be, else Latin-1. */
    private static String textOf(MimePart part, PartContent content) throws IOException, MessagingException {
        byte[] bytes = Bytes.of(content);
        Optional<Charset> charset = charsetOf(part);
        boolean known = charset.isPresent() && !charset.get().equals(StandardCharsets.US_ASCII);
        return known ? new String(bytes, charset.get()) : utf8OrLatin1(bytes);
    }

    private static Optional<Charset> charsetOf(MimePart part) throws MessagingException {
        try {
            String name = new ContentType(part.getContentType()).getParameter("charset");
            return name == null ? Optional.empty() : Optional.of(Charset.forName(MimeUtility.javaCharset(name)));
        } catch (ParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<HeaderField> headersOf(MimeMessage message) throws MessagingException {
        List<HeaderField> headers = new ArrayList<>();
        for (Header header : Collections.list(message.getAllHeaders())) {
            headers.add(new HeaderField(header.getName(), decoded(header.getValue())));
        }
        return List.copyOf(headers);
    }

    private static Head headOf(List<HeaderField> headers, MimeMessage message)
            throws MessagingException {
        return new Head(last(headers, "Message-ID").map(MimeReader::withoutBrackets), last(headers, "Subject"),
                last(headers, "To"), last(headers, "Cc"), last(headers, "From"), replyTo(message), last(headers, "Date"),
                last(headers, "In-Reply-To"), last(headers, "References"), last(headers, "Auto-Submitted"));
    }

    /** Of several fields with one name the last counts, as in Postal's other format. */
    private static Optional<String> last(List<HeaderField> headers, String name) {
        return headers.stream().filter(header -> header.name().equalsIgnoreCase(name)).map(HeaderField::value)
                .reduce((earlier, later) -> later);
    }

    /** Taken apart before it is decoded, because a comma in an encoded display name is no separator. */
    private static List<String> replyTo(MimeMessage message) throws MessagingException {
        String[] fields = message.getHeader("Reply-To");
        if (fields == null) {
            return List.of();
        }
        String field = eightBit(fields[fields.length - 1]);
        try {
            return Arrays.stream(InternetAddress.parseHeader(field, false)).map(InternetAddress::toUnicodeString).toList();
        } catch (AddressException e) {
            return List.of(decoded(field));
        }
    }

    private static String withoutBrackets(String id) {
        String stripped = id.strip();
        return stripped.startsWith("<") && stripped.endsWith(">") ? stripped.substring(1, stripped.length() - 1) : stripped;
    }

    private static String decoded(String value) {
        String unfolded = MimeUtility.unfold(eightBit(value)).strip();
        try {
            return MimeUtility.decodeText(unfolded);
        } catch (IOException e) { // a charset that this JDK does not have
            return unfolded;
        }
    }

    /**
     * Header fields come as one char per byte; bytes above ASCII are UTF-8 (RFC 6532) if they can be, else Latin-1. A file
     * name may have been decoded already, which shows in characters that are no bytes.
     */
    private static String eightBit(String value) {
        boolean bytes = value.chars().allMatch(c -> c <= 0xff);
        return bytes ? utf8OrLatin1(value.getBytes(StandardCharsets.ISO_8859_1)) : value;
    }

    private static String utf8OrLatin1(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private static Session session() {
        Properties properties = new Properties();
        properties.put("mail.mime.address.strict", "false");
        return Session.getInstance(properties);
    }
}
