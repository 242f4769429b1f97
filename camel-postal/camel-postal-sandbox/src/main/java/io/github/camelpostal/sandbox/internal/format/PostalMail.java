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
import jakarta.mail.internet.MimeMessage;

import org.jspecify.annotations.Nullable;

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
    private final MimeEntity whole;

    private PostalMail(MimeEntity whole) {
        this.whole = whole;
    }

    /**
     * Postal itself fails on this mail: on an empty text of explicit type that is 8bit or binary (protocol 14), or on a transfer
     * encoding that its mail library does not know.
     */
    public static final class UnreadableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreadableException(String reason) {
            super(reason);
        }
    }

    /**
     * A part with a file name.
     *
     * @param contentType     without parameters; null when the part says none
     * @param fullContentType with its parameters, as the library writes them; null when the part says none
     */
    public record Attachment(String filename, @Nullable String contentType, @Nullable String fullContentType, byte[] data) {
    }

    /** Reads whatever it is given; what is no mail has no headers and an empty text. */
    public static PostalMail of(byte[] raw) {
        PostalMail mail = new PostalMail(MimeEntity.ofMail(raw));
        try {
            MimeMessage message = mime(raw);
            message.getAllHeaderLines().asIterator().forEachRemaining(mail::addHeader);
        } catch (MessagingException e) {
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
        List<String> values = all(name);
        return SINGLE_FIELDS.contains(name) ? values.subList(values.size() - 1, values.size()) : values;
    }

    /** All values of a header, also where {@link #headers()} shows only the last; empty without one. */
    public List<String> all(String lowerCaseName) {
        return headers.getOrDefault(lowerCaseName, List.of());
    }

    /** The last occurrence, which is the one that Postal takes; null without one. */
    public @Nullable String header(String lowerCaseName) {
        List<String> values = headers.get(lowerCaseName);
        return values == null ? null : values.get(values.size() - 1);
    }

    /** The single addresses of an address list as {@link #headers()} shows it, each with its display name. */
    public List<String> addressesIn(String list) {
        return HeaderText.split(list);
    }

    /** Without angle brackets; null without one. */
    public @Nullable String messageId() {
        String id = header("message-id");
        return id == null ? null : id.replaceAll(".*<", "").replaceAll(">.*", "").strip();
    }

    /**
     * The first text part that is no attachment, or null.
     *
     * @throws UnreadableException where Postal fails
     */
    public @Nullable String plainBody() {
        return body("text/plain").map(PostalMail::text).orElse(null);
    }

    /**
     * The first HTML part that is no attachment, or null.
     *
     * @throws UnreadableException where Postal fails
     */
    public @Nullable String htmlBody() {
        return body("text/html").map(PostalMail::text).orElse(null);
    }

    /**
     * Only parts inside a multipart: a mail that is one single file has none (recorded).
     *
     * @throws UnreadableException where Postal fails
     */
    public List<Attachment> attachments() {
        return whole.attachments().map(PostalMail::attachment).toList();
    }

    private void addHeader(String line) {
        int colon = line.indexOf(':');
        if (colon > 0) {
            String name = line.substring(0, colon).strip();
            headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), unused -> new ArrayList<>())
                    .add(HeaderText.shown(name, line.substring(colon + 1)));
        }
    }

    /** The first text of this kind that is no attachment; a mail without parts is text itself. */
    private Optional<MimeEntity> body(String type) {
        if (whole.isMultipart()) {
            return whole.allParts().filter(part -> part.is(type) && part.filename().isEmpty()).findFirst();
        }
        boolean untyped = type.equals("text/plain") && whole.type().isEmpty();
        return Optional.of(whole).filter(only -> untyped || only.is(type));
    }

    private static String text(MimeEntity entity) {
        String text = entity.text();
        failOnUnknownEncoding(entity);
        if (text.isEmpty() && entity.transferDecoding() == TransferDecoding.AS_IS && entity.type().isPresent()) {
            throw new UnreadableException("FrozenError: an empty text cannot be read");
        }
        return text;
    }

    private static Attachment attachment(MimeEntity part) {
        failOnUnknownEncoding(part);
        return new Attachment(part.filename().orElseThrow(), part.type().map(ContentTypeValue::type).orElse(null),
                part.type().map(ContentTypeValue::text).orElse(null), part.content());
    }

    private static void failOnUnknownEncoding(MimeEntity entity) {
        if (entity.transferDecoding() == TransferDecoding.UNKNOWN) {
            throw new UnreadableException("UnknownEncodingType: content in an unknown transfer encoding cannot be read");
        }
    }
}
