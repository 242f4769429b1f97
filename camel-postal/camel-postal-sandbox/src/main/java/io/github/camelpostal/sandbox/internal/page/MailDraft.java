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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.Map;
import java.util.Properties;

import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import io.github.camelpostal.sandbox.internal.format.PostalMail;
import io.github.camelpostal.sandbox.internal.page.Mailbox.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * A mail that is to come in: typed into the form, or a file. Fields that were not given are empty.
 *
 * @param file the whole mail, instead of what was typed; null without
 */
record MailDraft(String from, String to, String subject, String text, String html, byte @Nullable [] file) {
    static final MailDraft EMPTY = new MailDraft("", "", "", "", "", null);
    private static final Session SESSION = Session.getInstance(new Properties());

    static MailDraft of(Map<String, byte[]> form) {
        byte[] file = form.get("file");
        return new MailDraft(line(form, "from"), line(form, "to"), line(form, "subject"), text(form, "text"),
                text(form, "html"),
                file == null || file.length == 0 ? null : file);
    }

    /** Null for the null sender. */
    @Nullable
    String mailFrom() throws RefusedException {
        if (from.equals("<>")) {
            return null;
        }
        return from.isEmpty() && file != null ? inFile("From", file) : address("From", from);
    }

    String rcptTo() throws RefusedException {
        return to.isEmpty() && file != null ? inFile("To", file) : address("To", to);
    }

    byte[] mail(Clock clock) throws RefusedException {
        if (file != null) {
            return file;
        }
        try {
            MimeMessage message = new MimeMessage(SESSION);
            message.setFrom(new InternetAddress(from.equals("<>") ? "mailer-daemon@customer.example" : from));
            message.setRecipient(RecipientType.TO, new InternetAddress(to));
            message.setSubject(subject, StandardCharsets.UTF_8.name());
            message.setSentDate(Date.from(clock.instant()));
            fill(message);
            message.saveChanges();
            ByteArrayOutputStream raw = new ByteArrayOutputStream();
            message.writeTo(raw);
            return raw.toByteArray();
        } catch (MessagingException e) {
            throw new RefusedException("This cannot be written as a mail: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fill(MimeMessage message) throws MessagingException {
        if (html.isBlank()) {
            message.setText(text, StandardCharsets.UTF_8.name());
            return;
        }
        MimeMultipart both = new MimeMultipart("alternative");
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(text, StandardCharsets.UTF_8.name());
        MimeBodyPart rich = new MimeBodyPart();
        rich.setText(html, StandardCharsets.UTF_8.name(), "html");
        both.addBodyPart(plain);
        both.addBodyPart(rich);
        message.setContent(both);
    }

    private static String inFile(String header, byte[] mail) throws RefusedException {
        try {
            MimeMessage message = PostalMail.mime(mail);
            Address[] found = header.equals("To") ? message.getRecipients(RecipientType.TO) : message.getFrom();
            if (found != null && found.length > 0) {
                return ((InternetAddress) found[0]).getAddress();
            }
        } catch (MessagingException e) {
            // as if there were none
        }
        throw new RefusedException("The file has no usable " + header + ": fill in the field");
    }

    private static String address(String field, String value) throws RefusedException {
        try {
            InternetAddress address = new InternetAddress(value);
            address.validate();
            return address.getAddress();
        } catch (MessagingException e) {
            throw new RefusedException(field + " is not an address");
        }
    }

    private static String line(Map<String, byte[]> form, String field) {
        return text(form, field).replaceAll("[\\r\\n]+", " ").strip();
    }

    private static String text(Map<String, byte[]> form, String field) {
        return new String(form.getOrDefault(field, new byte[0]), StandardCharsets.UTF_8);
    }
}
