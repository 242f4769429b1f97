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

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.github.camelpostal.ledger.LedgerRow;
import io.github.camelpostal.ledger.LedgerRow.State;

/** Decides from a key's row what the next call with that key does. The first line of the table that applies is it. */
final class SendDecision {

    /** What to do. */
    enum Step {
        /** Claim the key and call. */
        CLAIM,
        /** Take the claim over and call: nothing was ever sent. */
        CLAIM_AGAIN,
        /** Refuse: the key stands for something else. */
        REFUSE_KEY,
        /** Return the stored result. */
        RETURN_RESULT,
        /** Report that somebody else is at work. */
        REPORT_IN_PROGRESS,
        /** Find out at Postal what became of the earlier call. */
        SETTLE
    }

    private record Rule(String situation, Condition applies, Step step) {
    }

    private interface Condition {
        boolean holds(LedgerRow row, String mailServer, String fingerprint, Instant now);
    }

    private static final List<Rule> TABLE = List.of(
            new Rule("another mail server", (row, server, print, now) -> !row.mailServer().equals(server), Step.REFUSE_KEY),
            new Rule("another mail", (row, server, print, now) -> !row.fingerprint().equals(print), Step.REFUSE_KEY),
            new Rule("accepted", (row, server, print, now) -> row.state() == State.ACCEPTED, Step.RETURN_RESULT),
            new Rule("uncertain", (row, server, print, now) -> row.state() == State.UNCERTAIN, Step.SETTLE),
            new Rule("claimed, lease alive", (row, server, print, now) -> !now.isAfter(row.leaseEnd()),
                    Step.REPORT_IN_PROGRESS),
            // the lease is renewed before every call: a holder that comes back to life now will fail to
            new Rule("claimed, lease expired, no call begun", (row, server, print, now) -> row.calls() == 0,
                    Step.CLAIM_AGAIN),
            new Rule("claimed, lease expired", (row, server, print, now) -> true, Step.SETTLE));

    private SendDecision() {
    }

    /** @param now the ledger's time, read after the row */
    static Step next(Optional<LedgerRow> row, String mailServer, String fingerprint, Instant now) {
        return row.map(present -> TABLE.stream()
                .filter(rule -> rule.applies.holds(present, mailServer, fingerprint, now))
                .findFirst().orElseThrow().step)
                .orElse(Step.CLAIM);
    }
}
