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
package io.github.camelpostal.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;

import io.github.camelpostal.sandbox.internal.format.PostalMail;
import io.github.camelpostal.sandbox.internal.store.Message;
import org.jspecify.annotations.Nullable;

/**
 * One message as the sandbox has it stored at this moment; ask again to see what became of it.
 *
 * @param id         counted per sandbox from 1, shared by both directions
 * @param token      16 letters or digits
 * @param direction  {@code outgoing} or {@code incoming}
 * @param mailFrom   what Postal shows as sender; null for the null sender
 * @param rcptTo     the one recipient; null when it was empty
 * @param subject    at most 200 characters; null without one
 * @param messageId  without angle brackets; null without one
 * @param tag        null without one
 * @param bounce     whether it goes out with the null sender, or came to the return path
 * @param status     Postal's word: {@code Pending}, {@code Sent}, {@code SoftFail}, {@code HardFail}, {@code Held},
 *                   {@code Bounced}, {@code Processed}, {@code Error}
 * @param deliveries oldest first
 * @param raw        the mail with what Postal has added to it so far; the sandbox's own bytes, so do not change them
 */
public record StoredMail(long id, String token, String direction, @Nullable String mailFrom, @Nullable String rcptTo,
        @Nullable String subject,
        @Nullable String messageId, @Nullable String tag, boolean bounce, String status, Instant timestamp,
        List<Delivery> deliveries, byte[] raw) {

    /**
     * One row of a message's history.
     *
     * @param details null when there are none
     * @param output  what the other side said; null when nothing was transmitted
     */
    public record Delivery(String status, @Nullable String details, @Nullable String output, Instant timestamp) {
    }

    /** The mail to look into: headers, parts, attachments. */
    public MimeMessage mime() {
        try {
            return PostalMail.mime(raw);
        } catch (MessagingException e) {
            throw new UncheckedIOException(new IOException("Message " + id + " cannot be read as MIME", e));
        }
    }

    /** Without addresses and content, so that it may be logged. */
    @Override
    public String toString() {
        return direction + " message " + id + " (" + status + ")";
    }

    static StoredMail of(Message message) {
        return new StoredMail(message.id(), message.token(), message.direction().text(), message.arrival().mailFrom(),
                message.arrival().rcptTo(), message.arrival().subject(), message.arrival().messageId(),
                message.state().tag(), message.arrival().bounce(), message.status().text(), message.timestamp(),
                message.state().deliveries().stream().map(delivery -> new Delivery(delivery.attempt().status().text(),
                        delivery.attempt().details(), delivery.attempt().output(), delivery.timestamp())).toList(),
                message.state().raw());
    }
}
