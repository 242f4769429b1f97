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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;

import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParseException;
import jakarta.mail.util.ByteArrayDataSource;

/**
 * Puts tracked links into the texts of a mail (protocol 3.2): of a mail that is one text, and of texts inside {@code mixed},
 * {@code alternative} and {@code related}, one level of the latter two inside the first and further inside each other. What
 * was touched is written as UTF-8. Knows which parts, never what a link becomes.
 */
public final class TrackedMail {
    private final TrackedText text;
    private boolean changed;

    private TrackedMail(TrackedText text) {
        this.text = text;
    }

    /** The same bytes when there was nothing to change. */
    public static byte[] rewritten(byte[] raw, TrackedText text) {
        TrackedMail mail = new TrackedMail(text);
        try {
            MimeMessage message = new AsGiven(raw);
            mail.rewriteTop(message);
            if (!mail.changed) {
                return raw;
            }
            message.saveChanges();
            ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length * 2);
            message.writeTo(out);
            return out.toByteArray();
        } catch (MessagingException | IOException e) {
            return raw; // Postal sends what it cannot take apart as it is
        }
    }

    private void rewriteTop(MimeMessage message) throws MessagingException, IOException {
        String type = type(message);
        if (type.startsWith("multipart/")) {
            MimeMultipart parts = parts(message);
            rewriteParts(parts);
            if (changed) {
                replace(message, parts);
            }
        } else {
            rewriteText(message, type);
        }
    }

    private void rewriteParts(MimeMultipart parts) throws MessagingException, IOException {
        for (int i = 0; i < parts.getCount(); i++) {
            MimeBodyPart part = (MimeBodyPart) parts.getBodyPart(i);
            String type = type(part);
            if (type.equals("multipart/alternative") || type.equals("multipart/related")) {
                MimeMultipart nested = parts(part);
                rewriteParts(nested);
                replace(part, nested);
            } else {
                rewriteText(part, type);
            }
        }
    }

    private void rewriteText(MimePart part, String type) throws MessagingException, IOException {
        boolean html = type.equals("text/html");
        if (!html && !type.equals("text/plain")) {
            return;
        }
        String before = decoded(part);
        String after = html ? text.html(before) : text.plain(before);
        if (!after.equals(before)) {
            changed = true;
            replace(part, after);
        }
    }

    /** With the headers that described the parts before, which Jakarta Mail would drop or write anew. */
    private static void replace(MimePart part, MimeMultipart parts) throws MessagingException {
        String type = part.getHeader("Content-Type", null);
        String encoding = part.getHeader("Content-Transfer-Encoding", null);
        part.setContent(parts);
        part.setHeader("Content-Type", type);
        if (encoding != null) {
            part.setHeader("Content-Transfer-Encoding", encoding);
        }
    }

    private static String decoded(MimePart part) throws MessagingException, IOException {
        byte[] bytes = part.getInputStream().readAllBytes();
        String charset = new ContentType(part.getContentType()).getParameter("charset");
        return new String(bytes, charset == null ? "UTF-8" : MimeUtility.javaCharset(charset));
    }

    private static void replace(MimePart part, String text) throws MessagingException {
        ContentType type = new ContentType(part.getContentType());
        type.setParameter("charset", "UTF-8");
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean sevenBit = MailBuilder.isSevenBit(bytes);
        String disposition = part.getHeader("Content-Disposition", null);
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(
                sevenBit ? RawMail.overSmtp(bytes) : bytes, "application/octet-stream")));
        part.setHeader("Content-Type", type.toString());
        part.setHeader("Content-Transfer-Encoding", sevenBit ? "7bit" : "base64");
        if (disposition != null) {
            part.setHeader("Content-Disposition", disposition);
        }
    }

    private static MimeMultipart parts(MimePart part) throws MessagingException {
        return new MimeMultipart(part.getDataHandler().getDataSource());
    }

    private static String type(MimePart part) throws MessagingException {
        try {
            return new ContentType(part.getContentType()).getBaseType().toLowerCase(Locale.ROOT);
        } catch (ParseException e) {
            return "";
        }
    }

    /** Keeps its Message-ID, also a missing one. */
    private static final class AsGiven extends MimeMessage {
        AsGiven(byte[] raw) throws MessagingException {
            super(Session.getInstance(new Properties()), new ByteArrayInputStream(raw));
        }

        @Override
        protected void updateMessageID() {
            // it is a header like the others
        }
    }
}
