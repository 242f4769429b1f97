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
package io.github.camelpostal.examples.quickstart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.payload.InboundMail;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;

/**
 * Decides who gets a reply, and writes it, such that it stays in the thread and can start no loop. Knows mail; must never
 * know where tickets are kept.
 */
final class TicketReply implements Processor {

    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>@,;:\"]+@[^\\s<>@,;:\"]+");
    private static final Pattern MESSAGE_ID = Pattern.compile("[^\\s<>]+");
    // Long threads: the first id and the last ones are what a mail program needs (RFC 5322 3.6.4 sets no limit).
    private static final int MAX_REFERENCES = 20;

    private final String localPart;
    private final String domain;

    /** @param address the support address, such as {@code support@example.com} */
    TicketReply(String address) {
        int at = address.lastIndexOf('@');
        if (at < 1) {
            throw new IllegalArgumentException("quickstart.address must be an address, such as support@example.com");
        }
        this.localPart = address.substring(0, at);
        this.domain = address.substring(at + 1);
    }

    /** Whether this mail gets a reply. A machine gets none (RFC 3834 2), and nobody gets the same one twice. */
    boolean isWanted(Exchange exchange) {
        Message filed = exchange.getMessage();
        boolean machine = !filed.getHeader(PostalConstants.REPLY_ALLOWED, Boolean.class)
                || filed.getHeader(PostalConstants.IS_BOUNCE, false, Boolean.class)
                || filed.getHeader(PostalConstants.MAIL_FROM) == null // the null sender
                || "Spam".equals(filed.getHeader(PostalConstants.SPAM_STATUS));
        TicketEntry entry = entry(exchange);
        return !machine && !entry.reply().exists() && recipient(entry.mail()).isPresent();
    }

    @Override
    public void process(Exchange exchange) {
        TicketEntry entry = entry(exchange);
        Message reply = new DefaultMessage(exchange.getContext()); // a new one: their attachments are not to be sent back
        reply.setHeader(PostalConstants.TO, recipient(entry.mail()).orElseThrow());
        reply.setHeader(PostalConstants.FROM, localPart + "@" + domain);
        reply.setHeader(PostalConstants.REPLY_TO, localPart + "+" + entry.ticket() + "@" + domain);
        reply.setHeader(PostalConstants.SUBJECT, subject(entry.mail()));
        reply.setHeader(PostalConstants.HEADERS, threadOf(entry.mail()));
        reply.setBody("""
                Thank you, your mail has arrived and is part of ticket %s.

                Just answer this mail when you want to add to it.
                """.formatted(entry.ticket()));
        exchange.setMessage(reply);
    }

    /**
     * Where a person would answer: Reply-To, else From. The envelope sender of a mail that a mailing service sent is a bounce
     * processor, where nobody would read it. We never write to ourselves.
     */
    private Optional<String> recipient(InboundMail mail) {
        return Stream.concat(mail.replyTo().stream(), Stream.ofNullable(mail.from()))
                .flatMap(text -> ADDRESS.matcher(text).results().map(MatchResult::group))
                .findFirst()
                .filter(address -> !isOurs(address));
    }

    private boolean isOurs(String address) {
        String withoutTag = address.replaceFirst("\\+[^@]*@", "@");
        return withoutTag.equalsIgnoreCase(localPart + "@" + domain);
    }

    private static String subject(InboundMail mail) {
        String subject = Objects.requireNonNullElse(mail.subject(), "Your mail");
        return subject.regionMatches(true, 0, "Re:", 0, 3) ? subject : "Re: " + subject;
    }

    /** RFC 5322 3.6.4: the parent's references, then the parent. Only ids are taken over, nothing else that may stand there. */
    private static Map<String, Object> threadOf(InboundMail mail) {
        Map<String, Object> headers = new LinkedHashMap<>();
        headers.put("Auto-Submitted", "auto-replied"); // RFC 3834 5
        if (mail.messageId() != null && MESSAGE_ID.matcher(mail.messageId()).matches()) {
            List<String> thread = new ArrayList<>(mail.referenceIds().isEmpty() ? mail.inReplyToIds() : mail.referenceIds());
            thread.add(mail.messageId());
            while (thread.size() > MAX_REFERENCES) {
                thread.remove(1);
            }
            headers.put("In-Reply-To", "<" + mail.messageId() + ">");
            headers.put("References", "<" + String.join("> <", thread) + ">");
        }
        return headers;
    }

    private static TicketEntry entry(Exchange exchange) {
        return exchange.getProperty(TicketDesk.ENTRY, TicketEntry.class);
    }
}
