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
package io.github.camelpostal.sandbox.internal.page;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimeUtility;

import io.github.camelpostal.sandbox.internal.format.PostalMail;
import org.jspecify.annotations.Nullable;

/**
 * What a mail program would show of a mail: the first text, the first HTML, the files and the headers. Reads whatever it is
 * given; what is broken is left out. Unlike {@link PostalMail} it does not repeat what Postal loses.
 */
final class MailContent {
    private static final Pattern HREF = Pattern.compile("(?i)<a\\s[^>]*?href\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')");
    private static final Pattern URL = Pattern.compile("https?://[^\\s<>\"']+[^\\s<>\"'.,;:!?)\\]]");
    private static final int MOST_LINKS = 100;
    private static final int DEEPEST = 20;

    private final List<Line> headers = new ArrayList<>();
    private final List<File> files = new ArrayList<>();
    private @Nullable String text;
    private @Nullable String html;

    /** A header as it stands in the mail, unfolded and decoded. */
    record Line(String name, String value) {
    }

    /**
     * A part that is a file of its own.
     *
     * @param type      in lower case, without parameters
     * @param contentId without angle brackets, null without one
     */
    record File(String name, String type, @Nullable String contentId, byte[] data) {
    }

    static MailContent of(byte[] raw) {
        MailContent content = new MailContent();
        try {
            MimeMessage message = PostalMail.mime(raw);
            for (Header header : Collections.list(message.getAllHeaders())) {
                content.headers.add(new Line(header.getName(), decoded(MimeUtility.unfold(header.getValue()))));
            }
            content.read(message, 0);
        } catch (MessagingException e) {
            content.text = new String(raw, StandardCharsets.ISO_8859_1);
        }
        return content;
    }

    /** Null without one. */
    @Nullable
    String text() {
        return text;
    }

    /** Null without one. */
    @Nullable
    String html() {
        return html;
    }

    List<File> files() {
        return files;
    }

    List<Line> headers() {
        return headers;
    }

    /** The header's first value, null without one. */
    @Nullable
    String header(String name) {
        return headers.stream().filter(line -> line.name().equalsIgnoreCase(name)).map(Line::value).findFirst().orElse(null);
    }

    /** The http links of the HTML, or of the text where there is no HTML; each once. */
    Set<String> links() {
        Set<String> links = new LinkedHashSet<>();
        Matcher matcher = html == null ? URL.matcher(text == null ? "" : text) : HREF.matcher(html);
        while (matcher.find() && links.size() < MOST_LINKS) {
            String link = html == null ? matcher.group() : matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
            String plain = link.replace("&amp;", "&").strip();
            if (plain.toLowerCase(Locale.ROOT).matches("https?://.+")) {
                links.add(plain);
            }
        }
        return links;
    }

    private void read(MimePart part, int depth) {
        try {
            String type = type(part);
            String name = filename(part);
            if (type.startsWith("multipart/") && depth < DEEPEST) {
                readParts(part, depth);
            } else if (name == null && !Part.ATTACHMENT.equalsIgnoreCase(disposition(part)) && type.startsWith("text/")
                    && isFirst(type)) {
                keepText(type, part);
            } else {
                files.add(new File(name == null ? unnamed(type) : name, type, contentId(part), bytes(part)));
            }
        } catch (MessagingException e) {
            files.add(new File("unreadable", "application/octet-stream", null, new byte[0]));
        }
    }

    private void readParts(MimePart part, int depth) throws MessagingException {
        MimeMultipart parts = new MimeMultipart(part.getDataHandler().getDataSource());
        int count;
        try {
            count = parts.getCount();
        } catch (MessagingException e) {
            text = text == null ? new String(bytes(part), StandardCharsets.UTF_8) : text; // no boundary
            return;
        }
        for (int i = 0; i < count; i++) {
            read((MimePart) parts.getBodyPart(i), depth + 1);
        }
    }

    private boolean isFirst(String type) {
        return type.equals("text/html") ? html == null : type.equals("text/plain") && text == null;
    }

    private void keepText(String type, MimePart part) throws MessagingException {
        String read = new String(bytes(part), charset(part));
        if (type.equals("text/html")) {
            html = read;
        } else {
            text = read;
        }
    }

    private static String unnamed(String type) {
        return type.equals("message/rfc822")
                ? "message.eml"
                : "unnamed." + type.replaceAll(".*/", "").replaceAll("[^a-z0-9]", "");
    }

    private static String type(MimePart part) throws MessagingException {
        try {
            return new ContentType(part.getContentType()).getBaseType().toLowerCase(Locale.ROOT);
        } catch (MessagingException e) {
            return "text/plain";
        }
    }

    private static @Nullable String disposition(MimePart part) {
        try {
            return part.getDisposition();
        } catch (MessagingException e) {
            return null;
        }
    }

    private static @Nullable String filename(MimePart part) {
        try {
            String name = part.getFileName();
            return name == null ? null : decoded(name);
        } catch (MessagingException e) {
            return null;
        }
    }

    private static @Nullable String contentId(MimePart part) throws MessagingException {
        String id = part.getContentID();
        return id == null ? null : id.strip().replaceAll("^<|>$", "");
    }

    private static Charset charset(MimePart part) {
        try {
            String name = new ContentType(part.getContentType()).getParameter("charset");
            return name == null ? StandardCharsets.UTF_8 : Charset.forName(MimeUtility.javaCharset(name));
        } catch (MessagingException | IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }

    private static byte[] bytes(MimePart part) throws MessagingException {
        try {
            return part.getInputStream().readAllBytes();
        } catch (IOException e) {
            return new byte[0]; // broken base64
        }
    }

    private static String decoded(String value) {
        try {
            return MimeUtility.decodeText(utf8(value));
        } catch (IOException e) {
            return value;
        }
    }

    /** The parser hands bytes on as Latin-1 characters; raw UTF-8 in a header is read as that. */
    private static String utf8(String latin1) {
        boolean onlyBytes = latin1.chars().allMatch(c -> c < 0x100);
        boolean ascii = latin1.chars().allMatch(c -> c < 0x80);
        if (ascii || !onlyBytes) {
            return latin1;
        }
        String read = new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return read.indexOf('\ufffd') < 0 ? read : latin1;
    }
}
