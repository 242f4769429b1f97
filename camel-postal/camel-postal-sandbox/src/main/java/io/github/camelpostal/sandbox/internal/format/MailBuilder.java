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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;

import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;

import org.jspecify.annotations.Nullable;

/**
 * Builds mail in Postal's layout: {@code multipart/mixed} with {@code multipart/alternative} and the attachments inside
 * (protocol 2.7). Knows MIME, never where the fields come from.
 *
 * <p>No value can become a header of its own: what is not plain ASCII on one line goes out as encoded words.
 */
public final class MailBuilder {
    private static final Pattern FIELD_NAME = Pattern.compile("[!-9;-~]+");
    private static final Set<String> STRUCTURE = Set.of("content-type", "content-transfer-encoding", "mime-version");
    private static final List<String> TEXT_FIRST = List.of("text/plain", "text/enriched", "text/html");
    private static final int LONGEST_LINE = 998;

    private final Map<String, String[]> headers = new LinkedHashMap<>();
    private final List<File> files = new ArrayList<>();
    private @Nullable String plain;
    private @Nullable String html;

    private record File(String name, String type, byte[] data) {
        /** Postal's library sorts attachments: texts first, then the rest as they came (protocol 14). */
        int rank() {
            int index = TEXT_FIRST.indexOf(type.toLowerCase(Locale.ROOT));
            return index < 0 ? TEXT_FIRST.size() : index;
        }

        /** On one line whatever was given. */
        String typeWithCharset() {
            String clean = type.replaceAll("\\p{Cntrl}", " ");
            String lower = clean.toLowerCase(Locale.ROOT);
            return lower.startsWith("text/") && !lower.contains("charset") ? clean + "; charset=UTF-8" : clean;
        }
    }

    /**
     * A header with free text; replaces an earlier one of that name. Left out are names that cannot be one, and those that
     * describe the structure, which is built here.
     */
    public MailBuilder header(String name, String text) {
        return put(name, HeaderText.encoded(text));
    }

    /** A header with an address list, display names encoded where needed. */
    public MailBuilder addresses(String name, String list) {
        return put(name, HeaderText.encodedAddresses(list));
    }

    public boolean has(String name) {
        return headers.containsKey(name.toLowerCase(Locale.ROOT));
    }

    public MailBuilder plain(String text) {
        this.plain = text;
        return this;
    }

    public MailBuilder html(String text) {
        this.html = text;
        return this;
    }

    public MailBuilder attach(String name, String contentType, byte[] data) {
        files.add(new File(name, contentType, data));
        return this;
    }

    /** The finished mail, lines ending in CRLF. */
    public byte[] build() {
        try {
            MimeMessage message = new WithoutOwnMessageId();
            for (String[] header : headers.values()) {
                message.addHeader(header[0], header[1]);
            }
            message.setContent(content());
            message.saveChanges();
            message.setHeader("Content-Type", message.getContentType() + ";\r\n charset=UTF-8");
            message.setHeader("Content-Transfer-Encoding", "7bit");
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            message.writeTo(out);
            return out.toByteArray();
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException("Mail in memory could not be built", e);
        }
    }

    private MailBuilder put(String name, String value) {
        String key = name.toLowerCase(Locale.ROOT);
        if (FIELD_NAME.matcher(name).matches() && !STRUCTURE.contains(key)) {
            headers.put(key, new String[]{name, value});
        }
        return this;
    }

    private MimeMultipart content() throws MessagingException {
        MimeMultipart mixed = new MimeMultipart("mixed");
        MimeMultipart alternative = new MimeMultipart("alternative");
        if (plain != null) {
            alternative.addBodyPart(text(plain, "text/plain"));
        }
        if (html != null) {
            alternative.addBodyPart(text(html, "text/html"));
        }
        MimeBodyPart bodies = new MimeBodyPart();
        bodies.setContent(alternative);
        bodies.setHeader("Content-Transfer-Encoding", "7bit");
        mixed.addBodyPart(bodies);
        for (int rank = 0; rank <= TEXT_FIRST.size(); rank++) {
            for (File file : files) {
                if (file.rank() == rank) {
                    mixed.addBodyPart(attachment(file));
                }
            }
        }
        return mixed;
    }

    private static MimeBodyPart text(String text, String type) throws MessagingException {
        return part(RawMail.overSmtp(text.getBytes(StandardCharsets.UTF_8)), type + "; charset=UTF-8");
    }

    private static MimeBodyPart attachment(File file) throws MessagingException {
        MimeBodyPart part = part(file.data(), file.typeWithCharset());
        String name = HeaderText.encoded(file.name());
        String quotable = name.equals(file.name()) ? name.replace("\\", "\\\\").replace("\"", "\\\"") : name;
        part.setHeader("Content-Disposition", "attachment;\r\n filename=\"" + quotable + '"');
        return part;
    }

    /** What looks like text travels as text, with CRLF, whatever its line ends were (protocol 2.7); the rest as base64. */
    private static MimeBodyPart part(byte[] data, String type) throws MessagingException {
        boolean sevenBit = isSevenBit(data);
        byte[] content = sevenBit ? RawMail.overSmtp(data) : data;
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(content, "application/octet-stream")));
        part.setHeader("Content-Type", type);
        part.setHeader("Content-Transfer-Encoding", sevenBit ? "7bit" : "base64");
        return part;
    }

    /** Whether it may travel as it is: ASCII in lines of at most 998 characters. */
    static boolean isSevenBit(byte[] data) {
        int line = 0;
        for (byte b : data) {
            line = b == '\n' ? 0 : line + 1;
            if (b <= 0 || line > LONGEST_LINE) {
                return false;
            }
        }
        return true;
    }

    private static final class WithoutOwnMessageId extends MimeMessage {
        WithoutOwnMessageId() {
            super(Session.getInstance(new Properties()));
        }

        @Override
        protected void updateMessageID() {
            // Message-ID is a header like the others: given, or absent
        }
    }
}
