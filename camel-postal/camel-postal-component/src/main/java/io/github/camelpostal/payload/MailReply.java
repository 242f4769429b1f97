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
package io.github.camelpostal.payload;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.github.camelpostal.internal.mime.FoundAddresses;
import io.github.camelpostal.internal.mime.MessageIds;
import io.github.camelpostal.internal.text.ReplySubject;
import org.jspecify.annotations.Nullable;

/**
 * What makes a mail a reply to another one: who gets it, its subject and its place in the thread, without any text. It is a
 * body of {@code postal:send}, where the headers {@code CamelPostalPlainBody} and {@code CamelPostalHtmlBody} bring the text,
 * and {@code PostalMessage.builder(reply)} begins a message with it. {@link InboundMail#reply()} makes it.
 *
 * <p>What it takes from the mail was written by a stranger: each value is on one line, and addresses and ids are left out that
 * could not be sent as they are.
 *
 * @param from       the bare address that the mail came for, without its tag; null if it came by Postal's return path
 * @param to         the bare addresses that a person would reply to, at least one
 * @param subject    begins with one {@code Re:}
 * @param inReplyTo  the Message-ID of the mail without angle brackets; null if it has none
 * @param references the Message-IDs of the thread without angle brackets, oldest first, at most 20; the last one is the mail's
 */
public record MailReply(@Nullable String from, List<String> to, String subject, @Nullable String inReplyTo,
        List<String> references) {

    /** Who names more addresses in a mail wants others to be written to by somebody else's server. */
    private static final int MOST_RECIPIENTS = 10;

    public MailReply {
        Objects.requireNonNull(subject, "subject");
        to = List.copyOf(to);
        references = List.copyOf(references);
    }

    /** Empty if nobody can be written to. */
    static Optional<MailReply> to(InboundMail mail) {
        String ours = FoundAddresses.withoutTag(mail.rcptTo());
        List<String> to = mail.mailFrom() == null ? List.of() : recipients(mail, ours);
        if (to.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> parent = MessageIds.parent(mail.header("Message-ID"));
        String from = Boolean.TRUE.equals(mail.bounce())
                ? null
                : FoundAddresses.in(List.of(ours)).stream().findFirst().orElse(null);
        return Optional.of(new MailReply(from, to, ReplySubject.of(mail.subject()), parent.orElse(null),
                MessageIds.thread(mail.references(), mail.inReplyTo(), parent)));
    }

    /** Reply-To, else From. Whoever makes us write to ourselves makes a loop, and so does our own mail that came back. */
    private static List<String> recipients(InboundMail mail, String ours) {
        List<String> found = FoundAddresses.in(mail.replyTo());
        if (found.isEmpty()) {
            String from = mail.from();
            found = FoundAddresses.in(from == null ? List.of() : List.of(from));
        }
        return found.stream().filter(address -> !FoundAddresses.withoutTag(address).equalsIgnoreCase(ours))
                .limit(MOST_RECIPIENTS).toList();
    }

    /**
     * The fields In-Reply-To and References (RFC 5322, 3.6.4), as far as the mail has what belongs there: what the header
     * {@code CamelPostalHeaders} takes.
     */
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        if (inReplyTo != null) {
            headers.put("In-Reply-To", "<" + inReplyTo + ">");
        }
        if (!references.isEmpty()) {
            headers.put("References", "<" + String.join("> <", references) + ">");
        }
        return Collections.unmodifiableMap(headers);
    }

    /** No addresses and nothing of the mail, so that it may be logged. */
    @Override
    public String toString() {
        return "reply to " + to.size() + " addresses";
    }
}
