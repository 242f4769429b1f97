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
package io.github.camelpostal.internal.send;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.github.camelpostal.api.MailHeader;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalMessage;

/**
 * A mail that is complete and safe to send: precedence is settled, addresses are checked, text is well-formed, and every
 * mailbox occurs once.
 *
 * <p>
 * It does not know which of Postal's calls will carry it. What is refused here is what no call can carry, in the order in which
 * Postal reports it (contract 2.5).
 *
 * @param sender    null when there is none
 * @param subject   null when there is none
 * @param tag       null when there is none
 * @param plainBody null when there is none
 * @param htmlBody  null when there is none
 * @param headers   own header fields in their order, values not yet encoded
 */
record Mail(Mailbox from, List<Mailbox> to, List<Mailbox> cc, List<Mailbox> bcc, Mailbox sender, List<Mailbox> replyTo,
        String subject, String tag, boolean bounce, String plainBody, String htmlBody, List<MailHeader> headers,
        List<Attached> attachments) {

    static final int LONGEST_SHORT_TEXT = 255;

    private static final Set<String> STRUCTURE = Set.of("mime-version", "content-type", "content-transfer-encoding",
            "content-disposition", "content-id");

    Mail {
        // of two bodies a blank one would be an empty alternative, which some programs prefer
        plainBody = isBlank(plainBody) && !isBlank(htmlBody) ? null : plainBody;
        htmlBody = isBlank(htmlBody) && !isBlank(plainBody) ? null : htmlBody;
        Set<String> seen = new HashSet<>();
        to = distinct(to, seen);
        cc = distinct(cc, seen);
        bcc = distinct(bcc, seen);
        headers = List.copyOf(headers);
        attachments = List.copyOf(attachments);
        refuseIf(seen.isEmpty(), PostalErrorCode.NO_RECIPIENTS, "the mail has no recipient; set 'to', 'cc' or 'bcc', by option,"
                + " body or header CamelPostalTo, CamelPostalCc, CamelPostalBcc");
        refuseIf(attachments.isEmpty() && isBlank(plainBody) && isBlank(htmlBody), PostalErrorCode.NO_CONTENT,
                "the mail has no content; give it a body, CamelPostalPlainBody, CamelPostalHtmlBody or an attachment");
        refuseIf(from == null, PostalErrorCode.FROM_ADDRESS_MISSING,
                "the mail has no sender; set 'from' by option, body or header CamelPostalFrom");
        refuseIf(tag != null && tag.length() > LONGEST_SHORT_TEXT, PostalErrorCode.TOO_LONG,
                "the tag is longer than " + LONGEST_SHORT_TEXT + " characters");
        headers.forEach(Mail::check);
    }

    /** All who get it, bare, To before Cc before Bcc. */
    List<String> recipients() {
        List<String> bare = new ArrayList<>();
        to.forEach(mailbox -> bare.add(mailbox.address()));
        cc.forEach(mailbox -> bare.add(mailbox.address()));
        bcc.forEach(mailbox -> bare.add(mailbox.address()));
        return bare;
    }

    boolean hasBlankBody() {
        return isBlank(plainBody) && isBlank(htmlBody);
    }

    /** The mail for Postal's structured call. */
    PostalMessage asPostalMessage() {
        PostalMessage.Builder message = PostalMessage.builder().from(from.asText()).to(texts(to)).cc(texts(cc)).bcc(texts(bcc))
                .replyTo(texts(replyTo)).bounce(bounce);
        if (sender != null) {
            message.sender(sender.asText());
        }
        if (subject != null) {
            message.subject(subject);
        }
        if (tag != null) {
            message.tag(tag);
        }
        if (plainBody != null) {
            message.plainBody(plainBody);
        }
        if (htmlBody != null) {
            message.htmlBody(htmlBody);
        }
        headers.forEach(header -> message.header(header.name(), header.value()));
        attachments.forEach(attached -> message.attachment(attached.asPostalAttachment()));
        return message.build();
    }

    private static List<String> texts(List<Mailbox> mailboxes) {
        List<String> texts = new ArrayList<>(mailboxes.size());
        mailboxes.forEach(mailbox -> texts.add(mailbox.asText()));
        return texts;
    }

    private static List<Mailbox> distinct(List<Mailbox> mailboxes, Set<String> seen) {
        List<Mailbox> distinct = new ArrayList<>(mailboxes);
        distinct.removeIf(mailbox -> !seen.add(mailbox.identity()));
        return List.copyOf(distinct);
    }

    /** Refuses a header name that nobody may set beside the structure that we make. */
    static void checkHeaderName(String name) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        refuseIf(name.isEmpty(), PostalErrorCode.INVALID_VALUE, "a header name in 'headers' has no usable character");
        refuseIf(lowerCase.equals("bcc"), PostalErrorCode.INVALID_VALUE,
                "Bcc cannot stand in 'headers', where everybody would see it; use 'bcc' or CamelPostalBcc");
        refuseIf(STRUCTURE.contains(lowerCase), PostalErrorCode.INVALID_VALUE, name + " cannot stand in 'headers': it is made"
                + " from the content; use postal:sendRaw for a message of your own structure");
    }

    private static void check(MailHeader header) {
        checkHeaderName(header.name());
        refuseIf(header.name().equalsIgnoreCase("Message-ID") && header.value().length() > LONGEST_SHORT_TEXT,
                PostalErrorCode.TOO_LONG, "the Message-ID is longer than " + LONGEST_SHORT_TEXT + " characters");
    }

    private static void refuseIf(boolean condition, PostalErrorCode code, String text) {
        if (condition) {
            throw new Refusal(code, text);
        }
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }
}
