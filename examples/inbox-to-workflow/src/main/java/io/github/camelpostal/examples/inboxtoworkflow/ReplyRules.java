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
package io.github.camelpostal.examples.inboxtoworkflow;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.camelpostal.payload.HeaderField;
import io.github.camelpostal.payload.InboundMail;

/**
 * Who gets an automatic reply, by RFC 3834: a person who wrote to us, and nobody and nothing else.
 *
 * <p>The fields Precedence, List-* and X-Auto-Response-Suppress are known only where Postal posts in the format
 * {@code RawMessage}. The other rules hold for both formats, and each of them alone would end a loop.
 */
final class ReplyRules {

    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>@,;:\"]+@[^\\s<>@,;:\"]+");
    // RFC 3834 2: the usual names behind which a program reads, or nobody
    private static final Pattern NOBODY = Pattern.compile(
            "(owner-.*|.*-(request|owner|bounces?)|mailer-daemon|postmaster|(no|do-not|donot)[-_.]?reply|listserv|majordomo)@.*");
    private static final Pattern TO_MANY = Pattern.compile("(?i)\\s*(bulk|list|junk)\\s*");

    private final Addresses ours;

    ReplyRules(Addresses ours) {
        this.ours = ours;
    }

    /** Why this mail gets no reply; empty when it may have one. */
    Optional<NoReplyReason> noReply(InboundMail mail) {
        if (mail.mailFrom() == null || Boolean.TRUE.equals(mail.bounce()) || has(mail, "content-type", "multipart/report.*")) {
            return Optional.of(NoReplyReason.BOUNCE);
        }
        if (mail.isAutoReply()) {
            return Optional.of(NoReplyReason.AUTOMATIC);
        }
        if (mail.headers().stream().anyMatch(ReplyRules::isOfAList)) {
            return Optional.of(NoReplyReason.LIST);
        }
        if (has(mail, "x-auto-response-suppress", "(?!none\\b).*")) {
            return Optional.of(NoReplyReason.UNWANTED);
        }
        if ("Spam".equals(mail.spamStatus())) {
            return Optional.of(NoReplyReason.SPAM);
        }
        return noReply(mail.mailFrom(), recipient(mail));
    }

    /**
     * Where a person would reply: Reply-To, else From. The envelope sender, which RFC 3834 prefers for the responders of
     * persons, is a bounce processor wherever a mailing service has sent the mail, Postal among them.
     */
    Optional<String> recipient(InboundMail mail) {
        return Stream.concat(mail.replyTo().stream(), Stream.ofNullable(mail.from()))
                .flatMap(text -> ADDRESS.matcher(text).results().map(MatchResult::group))
                .findFirst();
    }

    private Optional<NoReplyReason> noReply(String mailFrom, Optional<String> recipient) {
        if (recipient.isEmpty()) {
            return Optional.of(NoReplyReason.NO_ADDRESS);
        }
        if (ours.isOurs(recipient.get())) {
            return Optional.of(NoReplyReason.OURSELVES);
        }
        boolean nobody = Stream.of(mailFrom, recipient.get()).map(address -> address.toLowerCase(Locale.ROOT))
                .anyMatch(NOBODY.asMatchPredicate());
        return nobody ? Optional.of(NoReplyReason.AUTOMATIC) : Optional.empty();
    }

    private static boolean isOfAList(HeaderField field) {
        String name = field.name().toLowerCase(Locale.ROOT);
        return name.startsWith("list-") || name.equals("precedence") && TO_MANY.matcher(field.value()).matches();
    }

    private static boolean has(InboundMail mail, String name, String value) {
        return mail.headers().stream().anyMatch(field -> field.name().equalsIgnoreCase(name)
                && field.value().strip().toLowerCase(Locale.ROOT).matches(value));
    }
}
