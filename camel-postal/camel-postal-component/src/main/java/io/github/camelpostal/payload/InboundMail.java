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

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mail that came in, as Postal posted it to its HTTP endpoint (contract 4.4).
 *
 * <p>Postal has two formats. {@code Hash} brings the fields ready to use, and loses what does not fit them.
 * {@code RawMessage} brings the message as it is: {@link #message()} has it, and the other accessors read it when they are
 * first called. What only the other format knows is empty.
 *
 * <p>Contents of attachments and of the raw message can be read until the exchange is done. Safe for use by several threads.
 */
public abstract sealed class InboundMail implements Posted permits HashMail, RawMail {

    private static final Pattern MESSAGE_ID = Pattern.compile("<([^<>\\s]+)>");

    InboundMail() {
    }

    // ---- what Postal knows about it

    /** Counted per mail server, from 1; the same in all attempts. */
    public abstract long id();

    /** Random letters and digits. Empty in the format {@code RawMessage}. */
    public abstract Optional<String> token();

    /** The address that it came for, with the address tag if there was one. */
    public abstract String rcptTo();

    /** The envelope sender; empty for the null sender, which bounces and most automatic answers use. */
    public abstract Optional<String> mailFrom();

    /** When Postal took it. Empty in the format {@code RawMessage}. */
    public abstract Optional<Instant> timestamp();

    /** The number of bytes at arrival; empty where Postal did not say. */
    public abstract Optional<Long> size();

    /** {@code Spam}, {@code NotSpam} or {@code NotChecked}; of a raw message, what its {@link #spamCheck()} says. */
    public abstract Optional<String> spamStatus();

    /** Whether it came in by Postal's return path. Empty in the format {@code RawMessage}. */
    public abstract Optional<Boolean> bounce();

    /** Whether the sender's server used TLS; Postal 3.3 leaves it empty when it did not. */
    public abstract Optional<Boolean> receivedWithSsl();

    // ---- what the mail says

    /** Its Message-ID without angle brackets: chosen by the sender, so neither unique nor secret. */
    public final Optional<String> messageId() {
        return head().messageId();
    }

    /** In the format {@code Hash} cut to 200 characters, and empty where it is empty. */
    public final Optional<String> subject() {
        return head().subject();
    }

    /** The To field, decoded; not necessarily {@link #rcptTo()}. */
    public final Optional<String> to() {
        return head().to();
    }

    /** The Cc field, decoded. */
    public final Optional<String> cc() {
        return head().cc();
    }

    /** The From field, decoded; not necessarily {@link #mailFrom()}, and anybody can write anything there. */
    public final Optional<String> from() {
        return head().from();
    }

    /** The addresses of the Reply-To field. */
    public final List<String> replyTo() {
        return head().replyTo();
    }

    /** The text of the Date field, which may be no date at all. */
    public final Optional<String> date() {
        return head().date();
    }

    /** The In-Reply-To field. */
    public final Optional<String> inReplyTo() {
        return head().inReplyTo();
    }

    /** The References field; {@link #referenceIds()} has it in parts. */
    public final Optional<String> references() {
        return head().references();
    }

    /** The Auto-Submitted field (RFC 3834). */
    public final Optional<String> autoSubmitted() {
        return head().autoSubmitted();
    }

    /** The text of the mail; without quoted replies where the endpoint strips them. */
    public final Optional<String> plainBody() {
        return text().plain();
    }

    /** The HTML of the mail. */
    public final Optional<String> htmlBody() {
        return text().html();
    }

    /** What Postal stripped from the text; only where the endpoint strips replies. */
    public abstract Optional<String> repliesFromPlainBody();

    /** The number of attachments, also where the endpoint withholds them. */
    public abstract int attachmentQuantity();

    /** The attachments; empty where the endpoint withholds them. */
    public abstract List<InboundAttachment> attachments();

    // ---- the message itself, in the format RawMessage

    /** Whether Postal posted it in the format {@code RawMessage}. */
    public final boolean raw() {
        return message().isPresent();
    }

    /** The complete message, with the fields that Postal has put in front. Empty in the format {@code Hash}. */
    public abstract Optional<PostedBody> message();

    /** All header fields in their order. Empty in the format {@code Hash}. */
    public abstract List<HeaderField> headers();

    /** What Postal's inspection found. Empty in the format {@code Hash}. */
    public final Optional<SpamCheck> spamCheck() {
        return SpamCheck.of(headers());
    }

    // ---- what one wants to know next

    /** What follows the first {@code +} in the local part of {@link #rcptTo()}: {@code T-17} of {@code support+T-17@…}. */
    public final Optional<String> addressTag() {
        int at = rcptTo().lastIndexOf('@');
        String localPart = at < 0 ? rcptTo() : rcptTo().substring(0, at);
        int plus = localPart.indexOf('+');
        return plus < 0 || plus == localPart.length() - 1 ? Optional.empty() : Optional.of(localPart.substring(plus + 1));
    }

    /**
     * Whether a program wrote it, so that no automatic answer may be sent (RFC 3834): its Auto-Submitted field says anything
     * but {@code no}. Mail from the null sender, and bounces, must not be answered either.
     */
    public final boolean isAutoReply() {
        return autoSubmitted().map(value -> value.split("[;(]", 2)[0].strip().toLowerCase(Locale.ROOT))
                .filter(keyword -> !keyword.isEmpty() && !keyword.equals("no")).isPresent();
    }

    /** The Message-IDs of the References field, oldest first, without angle brackets. */
    public final List<String> referenceIds() {
        return idsIn(references());
    }

    /** The Message-IDs of the In-Reply-To field, mostly one, without angle brackets. */
    public final List<String> inReplyToIds() {
        return idsIn(inReplyTo());
    }

    @Override
    public final Outcome outcome() {
        return Outcome.INBOUND;
    }

    /** No addresses and nothing of the content, so that it may be logged. */
    @Override
    public final String toString() {
        return "inbound mail " + id();
    }

    abstract Head head();

    abstract Text text();

    private static List<String> idsIn(Optional<String> field) {
        List<String> ids = new ArrayList<>();
        Matcher id = MESSAGE_ID.matcher(field.orElse(""));
        while (id.find()) {
            ids.add(id.group(1));
        }
        return List.copyOf(ids);
    }
}
