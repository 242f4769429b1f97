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
package io.github.camelpostal.sandbox.internal.store;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A message as it came in, before it has an id. What does not fit Postal's columns is refused here, as MariaDB does it.
 *
 * @param mailFrom        null for the null sender
 * @param rcptTo          null when it was empty: Postal stores an empty string as NULL (protocol 2.9)
 * @param subject         at most 200 characters, null when missing or empty
 * @param messageId       without angle brackets, null without one
 * @param tag             null without one
 * @param bounce          outgoing: goes out with the null sender; incoming: came to the return path
 * @param bounceForId     the message that this one is a bounce for; 0 for none
 * @param receivedWithSsl true for mail from the API; false is shown as null (protocol 2.9)
 * @param heldByCredential whether the credential that submitted it is flagged <em>hold</em>
 * @param endpoint        incoming: which of the route's endpoints it goes to, counted from 0
 * @param raw             the mail itself
 */
public record Arrival(Direction direction, @Nullable String mailFrom, @Nullable String rcptTo, @Nullable String subject,
        @Nullable String messageId, @Nullable String tag,
        boolean bounce, long bounceForId, boolean receivedWithSsl, boolean heldByCredential, int endpoint, byte[] raw) {

    private static final int LONGEST_SUBJECT = 200;
    private static final int LONGEST_TEXT = 255;

    public Arrival {
        mailFrom = column(mailFrom);
        rcptTo = column(rcptTo);
        messageId = column(messageId);
        tag = column(tag);
        subject = subject == null || subject.isEmpty()
                ? null
                : subject.substring(0, subject.offsetByCodePoints(0,
                        Math.min(LONGEST_SUBJECT, subject.codePointCount(0, subject.length()))));
    }

    /** For the first endpoint, or none. */
    public Arrival(Direction direction, @Nullable String mailFrom, @Nullable String rcptTo, @Nullable String subject,
            @Nullable String messageId, @Nullable String tag,
            boolean bounce, long bounceForId, boolean receivedWithSsl, boolean heldByCredential, byte[] raw) {
        this(direction, mailFrom, rcptTo, subject, messageId, tag, bounce, bounceForId, receivedWithSsl, heldByCredential, 0,
                raw);
    }

    /** The recipient of a message that is delivered; one without has failed before. */
    public String recipient() {
        return Objects.requireNonNull(rcptTo, "rcptTo");
    }

    /** The same mail for another endpoint of the route: a message of its own (protocol 4.1). */
    public Arrival forEndpoint(int index) {
        return new Arrival(direction, mailFrom, rcptTo, subject, messageId, tag, bounce, bounceForId, receivedWithSsl,
                heldByCredential, index, raw);
    }

    /** What comes in when another system sends a mail back to where it came from: the same mail and Message-ID. */
    public Arrival asCopyThatComesBackIn() {
        return new Arrival(Direction.INCOMING, mailFrom, rcptTo, subject, messageId, null, false, 0, receivedWithSsl, false,
                raw);
    }

    /** A text is too long for its column: HTTP 500 at the API (protocol 2.4). */
    public static final class TooLongException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLongException() {
            super("A text is longer than its column of " + LONGEST_TEXT + " characters");
        }
    }

    private static @Nullable String column(@Nullable String text) {
        if (text != null && text.codePointCount(0, text.length()) > LONGEST_TEXT) {
            throw new TooLongException();
        }
        return text == null || text.isEmpty() ? null : text;
    }
}
