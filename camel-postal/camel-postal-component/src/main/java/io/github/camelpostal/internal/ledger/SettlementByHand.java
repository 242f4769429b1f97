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

import java.util.Optional;
import java.util.function.Function;

import io.github.camelpostal.ledger.LedgerRow;
import io.github.camelpostal.ledger.LedgerRow.State;
import io.github.camelpostal.ledger.MessageMark;
import io.github.camelpostal.ledger.PostalSendLedger;

/** Settles a key that nothing else can: a person has looked at Postal's web interface and knows. */
public final class SettlementByHand {

    private final PostalSendLedger ledger;
    private final MarkKeeper marks;
    private final RandomIds random;

    public SettlementByHand(PostalSendLedger ledger, MarkKeeper marks, RandomIds random) {
        this.ledger = ledger;
        this.marks = marks;
        this.random = random;
    }

    /**
     * Postal has the mail for every recipient: the key is accepted. Ids that are not known stay unknown.
     *
     * @return whether the key was uncertain
     */
    public boolean accepted(String key) {
        return change(key, row -> row.acceptedByHand(LedgerTime.now(ledger)));
    }

    /**
     * Postal does not have the mail for the recipients that are open: they are missing from now on, and sent to again after
     * {@code resendAfter}, unless they appear meanwhile.
     *
     * @return                       whether the key was uncertain
     * @throws IllegalStateException if no message of the mail server is known from which to look
     */
    public boolean absent(String key) {
        MessageMark mark = marks.current().orElseThrow(() -> new IllegalStateException(
                "No message id of this mail server is known: send a mail without a key first"));
        return change(key, row -> row.absentByHand(random.token(), mark, LedgerTime.now(ledger)));
    }

    private boolean change(String key, Function<LedgerRow, LedgerRow> change) {
        Optional<LedgerRow> row = ledger.get(key);
        while (row.isPresent() && isOpen(row.get())) {
            if (ledger.compareAndSet(row.get(), change.apply(row.get()))) {
                return true;
            }
            row = ledger.get(key);
        }
        return false;
    }

    private boolean isOpen(LedgerRow row) {
        return row.state() == State.UNCERTAIN
                || row.state() == State.CLAIMED && LedgerTime.now(ledger).isAfter(row.leaseEnd());
    }
}
