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
package io.github.camelpostal.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Remembers which mails were handed to Postal, so that an exchange with a key can be repeated without sending twice.
 * {@link InMemorySendLedger} and {@link JdbcSendLedger} come with the component; implement this interface for another store.
 *
 * <p>
 * An implementation must be linearizable: a write is visible to every reader, on every node, when its method returns. It must
 * never take part in a transaction of the caller: a claim that is rolled back with the caller's work would be forgotten, and
 * the mail with it. Every method throws {@link LedgerUnavailableException} if the store cannot be reached in reasonable time,
 * also if it is not known whether a write happened. All methods are called by many threads at once.
 *
 * <p>
 * Keys, Message-IDs and names of mail servers are compared exactly: letter case and trailing blanks count.
 */
public interface PostalSendLedger {

    /**
     * The ledger's time, the same for all nodes that share the ledger. Leases and waiting times are counted by it, so a node
     * with a wrong clock cannot take a living claim away.
     */
    Instant now();

    /**
     * Writes the row unless its key has one.
     *
     * @return empty if the row was written, else the row that the key already has
     */
    Optional<LedgerRow> putIfAbsent(LedgerRow row);

    /** The row of a key; empty if there is none. */
    Optional<LedgerRow> get(String key);

    /**
     * The row of a key and the ledger's time at the moment of reading, or shortly before it. Every send begins with it: a store
     * that finds out both at once saves a round trip for each mail.
     */
    default Reading look(String key) {
        Instant time = now();
        return new Reading(get(key).orElse(null), time);
    }

    /**
     * What {@link #look} has found.
     *
     * @param row  null if the key has none
     * @param time the ledger's, not later than that of the reading
     */
    record Reading(@Nullable LedgerRow row, Instant time) {
    }

    /**
     * Replaces a row, if what is stored still has the owner token and revision of {@code expected}. Every write to an
     * existing row goes this way, so a node that lost its claim cannot write.
     *
     * @param  expected the row as it was read
     * @param  next     the row with the same key to store, with the next revision
     * @return          whether it was replaced
     */
    boolean compareAndSet(LedgerRow expected, LedgerRow next);

    /**
     * Removes a row, if what is stored still has the owner token and revision of {@code expected}.
     *
     * @return whether it was removed
     */
    boolean removeIfEqual(LedgerRow expected);

    /**
     * All rows of one mail server with this Message-ID. More than one is only possible where applications choose the
     * Message-ID themselves.
     *
     * @param messageId without angle brackets
     */
    List<LedgerRow> findByMessageId(String mailServer, String messageId);

    /**
     * Removes rows in state {@link LedgerRow.State#ACCEPTED} that were last changed longer ago than this. Rows in any other
     * state stay, however old they are: they say that something is unknown.
     *
     * @return how many were removed
     */
    int expireAccepted(Duration retention);

    /**
     * How many keys of a mail server are in another state than {@link LedgerRow.State#ACCEPTED}: those that are being worked
     * on, and those of which it is not known whether Postal has the mail. For operators; it may take its time.
     *
     * @return -1 if the store cannot count them, which is the default
     */
    default long countOpen(String mailServer) {
        return -1;
    }

    /** What is known of a mail server's message ids; empty before the first {@link #advanceMark}. */
    Optional<MailServerMark> mark(String mailServer);

    /**
     * Replaces what is known of a mail server's message ids, if what is stored still has the revision of {@code expected}.
     *
     * @param  expected as it was read; null if there was nothing
     * @param  next     what to store
     * @return          whether it was stored
     */
    boolean advanceMark(@Nullable MailServerMark expected, MailServerMark next);
}
