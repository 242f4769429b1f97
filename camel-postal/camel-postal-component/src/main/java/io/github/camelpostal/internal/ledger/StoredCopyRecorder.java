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
package io.github.camelpostal.internal.ledger;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.camelpostal.ledger.LedgerRow;
import io.github.camelpostal.ledger.LedgerRow.State;
import io.github.camelpostal.ledger.PostalSendLedger;
import io.github.camelpostal.ledger.StoredCopy;

/**
 * Writes down that Postal has a message: finds the key it belongs to, by mail server, Message-ID and recipient. A fact needs no
 * claim: whoever holds the key finds it in the row.
 */
final class StoredCopyRecorder {

    private final PostalSendLedger ledger;

    StoredCopyRecorder(PostalSendLedger ledger) {
        this.ledger = ledger;
    }

    /**
     * @param  rcptTo as Postal shows it
     * @return        whether a key learned something
     */
    boolean record(String mailServer, String messageId, String rcptTo, StoredCopy copy) {
        List<LedgerRow> rows = ledger.findByMessageId(mailServer, messageId);
        if (rows.isEmpty() || rows.stream().anyMatch(row -> row.copies().values().stream()
                .anyMatch(known -> known.id() == copy.id()))) {
            return false;
        }
        List<LedgerRow> candidates = rows.stream().filter(row -> recipient(row, rcptTo).isPresent())
                .filter(row -> canBeOf(row, copy)).toList();
        if (candidates.size() > 1) {
            // Only applications that choose the Message-ID come here. The row may belong to either key, and guessing is not
            // allowed; touching the rows makes them look again when the other one is settled or gone.
            candidates.forEach(this::touch);
            return false;
        }
        return !candidates.isEmpty() && add(candidates.get(0), recipient(candidates.get(0), rcptTo).orElseThrow(), copy);
    }

    private static boolean canBeOf(LedgerRow row, StoredCopy copy) {
        if (row.state() == State.ACCEPTED || row.calls() == 0) {
            return false;
        }
        // an own Message-ID may have been used before: what was stored before the claim is another mail's
        return !row.ownMessageId() || row.mark() != null && copy.id() > row.mark().id();
    }

    /** The row's recipient that Postal calls so: exactly, else in other letter case if only one can be meant. */
    private static Optional<String> recipient(LedgerRow row, String rcptTo) {
        if (row.recipients().contains(rcptTo)) {
            return Optional.of(rcptTo);
        }
        List<String> alike = row.recipients().stream().filter(rcptTo::equalsIgnoreCase).toList();
        return alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty();
    }

    private boolean add(LedgerRow row, String recipient, StoredCopy copy) {
        Optional<LedgerRow> current = Optional.of(row);
        while (current.isPresent() && current.get().open().contains(recipient)) {
            if (ledger.compareAndSet(current.get(),
                    current.get().withCopies(Map.of(recipient, copy), LedgerTime.now(ledger)))) {
                return true;
            }
            current = ledger.get(row.key());
        }
        return false;
    }

    private void touch(LedgerRow row) {
        Optional<LedgerRow> current = Optional.of(row);
        while (current.isPresent() && current.get().state() != State.ACCEPTED) {
            if (ledger.compareAndSet(current.get(), current.get().touched(LedgerTime.now(ledger)))) {
                return;
            }
            current = ledger.get(row.key());
        }
    }
}
