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
package io.github.camelpostal.sandbox.internal.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParseException;

/**
 * What Postal sees in a mail: headers, the first text, the first HTML, and those parts that have a usable file name.
 * Knows the losses of Postal's own reading (protocol 4.4) and repeats them; never how the result is sent.
 */
public final class PostalMail {
    private static final Session SESSION = Session.getInstance(new Properties());

    /** The order in which Postal's mail library lists the fields it knows; others follow as they stand in the mail (recorded). */
    private static final List<String> FIELD_ORDER = List.of("return-path", "received", "resent-date", "resent-from",
            "resent-sender", "resent-to", "resent-cc", "resent-bcc", "resent-message-id", "date", "from", "sender", "reply-to",
            "to", "cc", "bcc", "message-id", "in-reply-to", "references", "subject", "comments", "keywords", "mime-version",
            "content-type", "content-transfer-encoding", "content-location", "content-disposition", "content-description");

    /** Of these the library keeps the last one only, in the place of the first (recorded in form-hash-all-optional-headers). */
    private static final Set<String> SINGLE_FIELDS = Set.of("return-path", "resent-date", "resent-from", "resent-sender",
            "resent-to", "resent-cc", "resent-bcc", "date", "from", "sender", "reply-to", "to", "cc", "bcc", "message-id",
            "in-reply-to", "references", "subject", "mime-version", "content-type", "content-transfer-encoding", "content-id",
            "content-location", "content-disposition", "content-description");

    private final Map<String, List<String>> headers = new LinkedHashMap<>();
    private final List<Attachment> attachments = new ArrayList<>();
    private String plainBody;
    private String htmlBody;
    private boolean unreadable;

    private PostalMail() {
    }

    /** Postal fails on this mail's texts: an empty one of explicit type that is 8bit or binary (protocol 14). */
    public static final class UnreadableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreadableException() {
            super("FrozenError: an empty text cannot be read");
        }
    }

    /**
     * A part with a file name.
     *
     * @param contentType     without parameters; null when the part says none
     * @param fullContentType with its parameters, as the library writes them; null when the part says none
     */
    public record Attachment(String filename, String contentType, String fullContentType, byte[] data) {
    }

    /** Reads whatever it is given; what is no mail has no headers and an empty text. */
    public static PostalMail of(byte[] raw) {
        PostalMail mail = new PostalMail();
        try {
            MimeMessage message = mime(raw);
            message.getAllHeaderLines().asIterator().forEachRemaining(mail::addHeader);
            mail.readTop(message);
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException("Mail from memory could not be read", e);
        }
        return mail;
    }

    /** The mail as Jakarta Mail sees it, for people who want to look further than Postal does. */
    public static MimeMessage mime(byte[] raw) throws MessagingException {
        int start = firstField(raw);
        return new MimeMessage(SESSION, new ByteArrayInputStream(raw, start, raw.length - start));
    }

    /** Behind lines that continue a field that is not there: Jakarta Mail cannot take them. */
    private static int firstField(byte[] raw) {
        int at = 0;
        while (isBlank(raw, at)) {
            while (isBlank(raw, at)) {
                at++;
            }
            at += is(raw, at, '\r') ? 1 : 0;
            at += is(raw, at, '\n') ? 1 : 0;
        }
        return at;
    }

    private static boolean isBlank(byte[] raw, int at) {
        return is(raw, at, ' ') || is(raw, at, '\t');
    }

    private static boolean is(byte[] raw, int at, char wanted) {
        return at < raw.length && raw[at] == wanted;
    }

    /** Lower-case name to its values in order, decoded; names in Postal's order. */
    public Map<String, List<String>> headers() {
        Map<String, List<String>> ordered = new LinkedHashMap<>();
        FIELD_ORDER.stream().filter(headers::containsKey).forEach(name -> ordered.put(name, shown(name)));
        headers.keySet().forEach(name -> ordered.putIfAbsent(name, shown(name)));
        return ordered;
    }

    private List<String> shown(String name) {
        List<String> values = headers.get(name);
        return SINGLE_FIELDS.contains(name) ? values.subList(values.size() - 1, values.size()) : values;
    }

    /** All values of a header, also where {@link #headers()} shows only the last; empty without one. */
    public List<String> all(String lowerCaseName) {
        return headers.getOrDefault(lowerCaseName, List.of());
    }

    /** The last occurrence, which is the one that Postal takes; null without one. */
    public String header(String lowerCaseName) {
        List<String> values = headers.get(lowerCaseName);
        return values == null ? null : values.get(values.size() - 1);
    }

    /** The single addresses of an address list as {@link #headers()} shows it, each with its display name. */
    public List<String> addressesIn(String list) {
        return HeaderText.split(list);
    }

    /** Without angle brackets; null without one. */
    public String messageId() {
        String id = header("message-id");
        return id == null ? null : id.replaceAll(".*<", "").replaceAll(">.*", "").strip();
    }

    /**
     * The first text part that is no attachment, or null.
     *
     * @throws UnreadableException where Postal fails
     */
    public String plainBody() {
        return readable(plainBody);
    }

    /**
     * The first HTML part that is no attachment, or null.
     *
     * @throws UnreadableException where Postal fails
     */
    public String htmlBody() {
        return readable(htmlBody);
    }

    /** Only parts inside a multipart: a mail that is one single file has none (recorded). */
    public List<Attachment> attachments() {
        return attachments;
    }

    private String readable(String body) {
        if (unreadable) {
            throw new UnreadableException();
        }
        return body;
    }

    private void addHeader(String line) {
        int colon = line.indexOf(':');
        if (colon > 0) {
            String name = line.substring(0, colon).strip();
            headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), unused -> new ArrayList<>())
                    .add(HeaderText.shown(name, line.substring(colon + 1)));
        }
    }

    private void readTop(MimeMessage message) throws MessagingException, IOException {
        switch (typeOf(message)) {
            case "text/plain" -> plainBody = text(message);
            case "text/html" -> htmlBody = text(message);
            default -> readParts(message);
        }
    }

    private void readParts(MimePart part) throws MessagingException, IOException {
        if (!typeOf(part).startsWith("multipart/")) {
            return;
        }
        MimeMultipart parts = new MimeMultipart(part.getDataHandler().getDataSource());
        for (int i = 0; i < countOf(parts); i++) {
            readPart((MimeBodyPart) parts.getBodyPart(i));
        }
    }

    private void readPart(MimeBodyPart part) throws MessagingException, IOException {
        Optional<String> filename = FileName.of(part);
        boolean untyped = part.getHeader("Content-Type") == null;
        String type = untyped ? "" : typeOf(part);
        if (filename.isPresent()) {
            attachments.add(attachment(filename.get(), part, untyped ? null : type));
        } else if (type.equals("text/plain") && plainBody == null) {
            plainBody = text(part);
        } else if (type.equals("text/html") && htmlBody == null) {
            htmlBody = text(part);
        } else {
            readParts(part);
        }
    }

    private static Attachment attachment(String filename, MimeBodyPart part, String type)
            throws MessagingException, IOException {
        String full = type == null ? null : HeaderText.shown("Content-Type", part.getHeader("Content-Type", null));
        return new Attachment(filename, type, full, bytes(part));
    }

    private static int countOf(MimeMultipart parts) {
        try {
            return parts.getCount();
        } catch (MessagingException | IndexOutOfBoundsException e) { // the second for a part's head of odd lines
            return 0; // no boundary: Postal sees no parts either
        }
    }

    private static String typeOf(MimePart part) throws MessagingException {
        try {
            return new ContentType(part.getContentType()).getBaseType().toLowerCase(Locale.ROOT);
        } catch (ParseException e) {
            return "text/plain";
        }
    }

    private static Optional<String> parameter(MimePart part, String name) throws MessagingException {
        try {
            return Optional.ofNullable(new ContentType(part.getContentType()).getParameter(name));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private String text(MimePart part) throws MessagingException, IOException {
        byte[] bytes = bytes(part);
        boolean asItIs = List.of("8bit", "binary").contains(encoding(part));
        unreadable |= bytes.length == 0 && asItIs && part.getHeader("Content-Type") != null;
        return new String(bytes, charset(parameter(part, "charset").orElse("utf-8")));
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(MimeUtility.javaCharset(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }

    /** Decoded; 7-bit content comes back with LF, everything else with the line ends it had (recorded). */
    private static byte[] bytes(MimePart part) throws MessagingException, IOException {
        String encoding = encoding(part);
        try (InputStream raw = raw(part)) {
            return switch (encoding) {
                case "base64", "quoted-printable" -> MimeUtility.decode(raw, encoding).readAllBytes();
                case "8bit", "binary" -> raw.readAllBytes();
                default -> new String(raw.readAllBytes(), StandardCharsets.ISO_8859_1).replace("\r\n", "\n")
                        .getBytes(StandardCharsets.ISO_8859_1);
            };
        } catch (IOException e) {
            return new byte[0]; // broken base64
        }
    }

    private static String encoding(MimePart part) throws MessagingException {
        return part.getEncoding() == null ? "7bit" : part.getEncoding().strip().toLowerCase(Locale.ROOT);
    }

    private static InputStream raw(MimePart part) throws MessagingException {
        return part instanceof MimeMessage message
                ? message.getRawInputStream()
                : ((MimeBodyPart) part).getRawInputStream();
    }
}
