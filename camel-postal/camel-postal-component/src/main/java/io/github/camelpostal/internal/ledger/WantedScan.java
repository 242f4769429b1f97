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

import java.time.Duration;
import java.time.Instant;

import io.github.camelpostal.ledger.LedgerRow;
import org.jspecify.annotations.Nullable;

/**
 * What the next scan of a mail server must do for all keys that wait for it.
 *
 * @param from   the id to begin at; {@link #NOWHERE} if no key that waits has a mark
 * @param before for keys without a mark: begin at a message older than this; null if all have one
 * @param after  begin later than this, by the ledger's clock
 * @param until  everything stored until then, by the ledger's clock, is to be read
 * @param lead   how far Postal's clock is known to be ahead of the ledger's
 * @param reads  how much may be read
 */
record WantedScan(long from, @Nullable Instant before, Instant after, Instant until, Duration lead, long reads) {

    static final long NOWHERE = Long.MAX_VALUE;

    static WantedScan nothing() {
        return new WantedScan(NOWHERE, null, Instant.EPOCH, Instant.EPOCH, Duration.ZERO, 0);
    }

    static @Nullable WantedScan read(ScanText text) {
        return text.has("wanted.from")
                ? new WantedScan(text.number("wanted.from", NOWHERE), text.time("wanted.before"),
                        text.time("wanted.after", Instant.EPOCH), text.time("wanted.until", Instant.EPOCH),
                        Duration.ofMillis(text.number("wanted.lead", 0)), text.number("wanted.reads", 0))
                : null;
    }

    void write(ScanText text) {
        text.put("wanted.from", from).put("wanted.before", before).put("wanted.after", after).put("wanted.until", until)
                .put("wanted.lead", lead.toMillis()).put("wanted.reads", reads);
    }

    WantedScan with(LedgerRow row, Instant newUntil, Instant newAfter, Duration newLead, long newReads) {
        long newFrom = row.mark() == null ? from : Math.min(from, row.mark().id());
        Instant newBefore = row.mark() != null || before != null && before.isBefore(row.claimed()) ? before : row.claimed();
        return new WantedScan(newFrom, newBefore, later(after, newAfter), later(until, newUntil),
                lead.compareTo(newLead) > 0 ? lead : newLead, Math.max(reads, newReads));
    }

    static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
