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
package io.github.camelpostal.internal.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import jakarta.mail.Header;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

import io.github.camelpostal.internal.mime.SharedRangeStream.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Reads a message into the terms of Postal's format {@code Hash}: header fields, text, HTML, attachments. It finds what Ruby's
 * mail library, which Postal uses, finds in malformed messages, or more.
 *
 * <p>The first text/plain and the first text/html part without a file name are the text; every other part without parts is an
 * attachment, also those that Postal's own format {@code Hash} would leave out.
 */
public final class MimeReader {

    static final int MOST_ATTACHMENTS = 5_000;

    private static final Set<String> ADDRESS_FIELDS = Set.of("from", "to", "cc", "reply-to", "sender");
    private static final String PLAIN = "text/plain";
    private static final String HTML = "text/html";

    private final RandomAccess source;
    private final AttachmentFileNames names = new AttachmentFileNames();
    private final List<Attachment> attachments = new ArrayList<>();
    private @Nullable String plain;
    private @Nullable String html;
    /** A text that its sender calls an attachment without giving it a name: the text of a mail that has no other. */
    private @Nullable Leaf unnamedText;
    private boolean undecoded;
    private boolean truncated;

    /**
     * What a message says.
     *
     * @param headers   in their order, unfolded and decoded
     * @param undecoded whether a text or an attachment could not be decoded
     * @param truncated whether parts were left out or not taken apart
     */
    public record ParsedMail(List<Header> headers, List<String> replyTo, @Nullable String plain, @Nullable String html,
            List<Attachment> attachments, boolean undecoded, boolean truncated) {
    }

    /**
     * A part that is not the text.
     *
     * @param name     safe to use and unique in the message
     * @param filename what the message says
     */
    public record Attachment(String name, @Nullable String filename, String contentType, @Nullable String contentId,
            boolean inline, PartBody content) {
    }

    /**
     * The body of a part, which stays in the message and is decoded while it is read.
     *
     * @param decoded false if it could not be decoded and is given as it stands
     */
    public record PartBody(RandomAccess source, long start, long end, TransferEncoding encoding, boolean decoded) {

        /** @throws IOException if the message cannot be read */
        public InputStream open() throws IOException {
            InputStream encoded = new SharedRangeStream(source, start, end);
            return decoded ? encoding.decode(encoded) : encoded;
        }
    }

    /** A part without parts. */
    private record Leaf(String type, @Nullable String charset, PartBody body) {

        String text() throws IOException {
            try (InputStream in = body.open()) {
                return MailCharsets.decode(in.readAllBytes(), charset);
            }
        }
    }

    private MimeReader(RandomAccess source) {
        this.source = source;
    }

    /**
     * @throws IOException if the message cannot be read; never for what it contains
     */
    public static ParsedMail read(RandomAccess source, long length) throws IOException {
        MimeSplitter.Split split = MimeSplitter.split(source, length);
        MimeReader reader = new MimeReader(source);
        reader.visit(split.message(), split.message(), false);
        reader.fillInText();
        List<Header> headers = split.message().fields().stream()
                .map(field -> new Header(field.getName(), decoded(field))).toList();
        return new ParsedMail(headers, replyTo(split.message()), reader.plain, reader.html,
                List.copyOf(reader.attachments), reader.undecoded, split.truncated() || reader.truncated);
    }

    private void visit(MimeSplitter.Part part, MimeSplitter.Part root, boolean digest) throws IOException {
        if (part.children().isEmpty()) {
            visitLeaf(part, part == root, digest);
            return;
        }
        boolean ofMessages = part.contentType().kind().equalsIgnoreCase("multipart/digest");
        for (MimeSplitter.Part child : part.children()) {
            visit(child, root, ofMessages);
        }
    }

    private void visitLeaf(MimeSplitter.Part part, boolean wholeMail, boolean digest) throws IOException {
        FieldParameters type = part.contentType();
        FieldParameters disposition = FieldParameters.of(part.field("Content-Disposition"));
        Leaf leaf = new Leaf(typeOf(part, digest), type.get("charset"), bodyOf(part));
        undecoded |= !leaf.body().decoded();
        String filename = disposition.get("filename") != null ? disposition.get("filename") : type.get("name");
        boolean attached = disposition.kind().equalsIgnoreCase("attachment");
        boolean text = isText(leaf) && (filename == null && !attached || wholeMail);
        if (text) {
            readText(leaf);
        } else if (filename == null && leaf.type().equals(PLAIN) && unnamedText == null) {
            unnamedText = leaf;
        }
        if (!text || filename != null || attached) {
            attach(part, leaf, filename, disposition.kind());
        }
    }

    /** Whether the leaf would become the text, or the HTML, that the mail has not got yet. */
    private boolean isText(Leaf leaf) {
        return leaf.type().equals(PLAIN) && plain == null || leaf.type().equals(HTML) && html == null;
    }

    private void readText(Leaf leaf) throws IOException {
        if (leaf.type().equals(PLAIN)) {
            plain = leaf.text();
        } else {
            html = leaf.text();
        }
    }

    private void fillInText() throws IOException {
        if (plain == null && unnamedText != null) {
            plain = unnamedText.text();
        }
    }

    private void attach(MimeSplitter.Part part, Leaf leaf, @Nullable String filename, String disposition) {
        if (attachments.size() == MOST_ATTACHMENTS) {
            truncated = true;
            return;
        }
        String contentId = part.field("Content-ID");
        String id = contentId == null || contentId.isBlank() ? null : withoutBrackets(contentId);
        boolean inline = disposition.equalsIgnoreCase("inline") || disposition.isEmpty() && id != null;
        String field = part.field("Content-Type");
        String contentType = field == null || !isType(part.contentType().kind()) ? leaf.type() : decoded(field);
        attachments.add(new Attachment(names.next(filename, contentType), filename, contentType, id, inline, leaf.body()));
    }

    /** The type without parameters. What is no type is text (RFC 2045 section 5.2), and so is a multipart without parts. */
    private static String typeOf(MimeSplitter.Part part, boolean digest) {
        String kind = part.contentType().kind().toLowerCase(Locale.ROOT);
        if (kind.isEmpty() && digest) {
            return "message/rfc822";
        }
        return !isType(kind) || part.isMultipart() && !part.whole() ? PLAIN : kind;
    }

    private static boolean isType(String kind) {
        int slash = kind.indexOf('/');
        return slash > 0 && slash < kind.length() - 1;
    }

    private PartBody bodyOf(MimeSplitter.Part part) throws IOException {
        TransferEncoding encoding = TransferEncoding.of(part.field("Content-Transfer-Encoding"));
        boolean decoded = switch (encoding) {
            case IDENTITY, BASE64, QUOTED_PRINTABLE -> true;
            case UNKNOWN -> false;
            case UUENCODE -> isUuencoded(part);
        };
        return new PartBody(source, part.bodyStart(), part.bodyEnd(), encoding, decoded);
    }

    private boolean isUuencoded(MimeSplitter.Part part) throws IOException {
        try (InputStream in = new SharedRangeStream(source, part.bodyStart(), part.bodyEnd())) {
            LineReader lines = new LineReader(in, 0);
            while (lines.next(100)) {
                if (TransferEncoding.beginsUuencode(lines.text())) {
                    return true;
                }
            }
            return false;
        }
    }

    private static List<String> replyTo(MimeSplitter.Part message) {
        String field = message.field("Reply-To");
        if (field == null) {
            return List.of();
        }
        List<String> addresses = addresses(field);
        return addresses == null ? List.of(decoded(field)) : addresses;
    }

    /** The addresses of a field, taken apart before they are decoded; null if it is no list of addresses. */
    private static @Nullable List<String> addresses(String field) {
        try {
            InternetAddress[] addresses = InternetAddress.parseHeader(MailCharsets.eightBit(field), false);
            if (Arrays.stream(addresses).noneMatch(MimeReader::isMangled)) {
                return Arrays.stream(addresses).map(address -> EncodedWords.decode(address.toUnicodeString())).toList();
            }
        } catch (AddressException e) {
            // no list of addresses
        }
        return null;
    }

    /** A comma that was encoded in a display name must not look like the one between two addresses. */
    private static String decoded(Header field) {
        String value = field.getValue();
        String decoded = decoded(value);
        boolean grown = value.contains("=?") && commas(decoded) > commas(value);
        List<String> addresses = grown && ADDRESS_FIELDS.contains(field.getName().toLowerCase(Locale.ROOT))
                ? addresses(value)
                : null;
        return addresses == null ? decoded : String.join(", ", addresses);
    }

    private static long commas(String text) {
        return text.chars().filter(c -> c == ',').count();
    }

    /** A colon in a display name looks like the beginning of a group, and what is made of that is no address. */
    private static boolean isMangled(InternetAddress address) {
        String bare = address.getAddress();
        return bare == null || !address.isGroup() && bare.chars().anyMatch(c -> c == '<' || c == '>' || c == ':' || c <= ' ');
    }

    private static String withoutBrackets(String id) {
        return id.startsWith("<") && id.endsWith(">") ? id.substring(1, id.length() - 1) : id;
    }

    private static String decoded(String value) {
        return EncodedWords.decode(MailCharsets.eightBit(value));
    }
}
