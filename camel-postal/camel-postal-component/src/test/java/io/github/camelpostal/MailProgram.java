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
package io.github.camelpostal;

import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;

/**
 * A mail program, with the gateways behind it, that replies to a mail which the sandbox has sent.
 *
 * @param honoursReplyTo  writes to Reply-To rather than to From
 * @param dropsTag        removes the plus and what follows, as Exchange does
 * @param upperCases      writes addresses in capitals, as old gateways do
 * @param sendsInReplyTo  most do
 * @param keptReferences  how many Message-IDs it keeps in References, the last ones; 0 for no such field
 * @param fields          more of its header, such as {@code Auto-Submitted: auto-replied}
 */
record MailProgram(boolean honoursReplyTo, boolean dropsTag, boolean upperCases, boolean sendsInReplyTo, int keptReferences,
        List<String> fields) {

    static final MailProgram USUAL = new MailProgram(true, false, false, true, 10, List.of());

    MailProgram dropsTag(boolean drops) {
        return new MailProgram(honoursReplyTo, drops, upperCases, sendsInReplyTo, keptReferences, fields);
    }

    MailProgram upperCases(boolean capitals) {
        return new MailProgram(honoursReplyTo, dropsTag, capitals, sendsInReplyTo, keptReferences, fields);
    }

    MailProgram sends(boolean inReplyTo, int references) {
        return new MailProgram(honoursReplyTo, dropsTag, upperCases, inReplyTo, references, fields);
    }

    MailProgram ignoresReplyTo() {
        return new MailProgram(false, dropsTag, upperCases, sendsInReplyTo, keptReferences, fields);
    }

    MailProgram with(String... moreFields) {
        return new MailProgram(honoursReplyTo, dropsTag, upperCases, sendsInReplyTo, keptReferences, List.of(moreFields));
    }

    /** Replies as the one whom the mail was sent to. */
    StoredMail reply(PostalSandbox postal, StoredMail mail, String text)
            throws MessagingException, UnsupportedEncodingException {
        return reply(postal, mail, mail.rcptTo(), text);
    }

    /** Replies as anybody who has the mail. */
    StoredMail reply(PostalSandbox postal, StoredMail mail, String author, String text)
            throws MessagingException, UnsupportedEncodingException {
        MimeMessage read = mail.mime();
        String to = addressOf((InternetAddress) (honoursReplyTo ? read.getReplyTo() : read.getFrom())[0]);
        String messageId = read.getHeader("Message-ID", null);
        List<String> lines = new ArrayList<>(List.of("From: " + author, "To: " + to, "Subject: Re: " + read.getSubject(),
                "Date: Tue, 05 May 2026 10:00:00 +0000", "Message-ID: <" + System.nanoTime() + "@mail.example>"));
        if (sendsInReplyTo) {
            lines.add("In-Reply-To: " + messageId);
        }
        if (keptReferences > 0) {
            List<String> references = new ArrayList<>();
            for (int i = 1; i < keptReferences; i++) {
                references.add("<" + i + ".abc@mail.example>");
            }
            references.add(messageId);
            lines.add("References: " + String.join("\r\n ", references));
        }
        lines.addAll(fields);
        lines.add("");
        lines.add(text);
        String sender = fields.stream().anyMatch(field -> field.startsWith("Auto-Submitted")) ? null : author;
        return postal.receive(sender, to, String.join("\r\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    private String addressOf(InternetAddress address) {
        String to = dropsTag ? address.getAddress().replaceFirst("\\+.*@", "@") : address.getAddress();
        return upperCases ? to.toUpperCase(Locale.ROOT) : to;
    }
}
