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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.github.camelpostal.ledger.PostalSendLedger;

/**
 * The ledger's time, read once and carried on by the local clock, so that a mail that takes no time asks for it once and not at
 * each step.
 *
 * <p>
 * For a second, no longer: however wrong the local clock goes meanwhile, by a correction or a suspended machine, the error is
 * smaller than that, or the clock shows that it is time to ask again. Where even a second matters, as at the end of a call whose
 * result is unknown, the ledger itself is asked.
 *
 * @param since by the local clock, after the ledger was asked: what is carried on is not later than the ledger's time
 * @param read  what the ledger said, in whole milliseconds
 */
record RecentTime(PostalSendLedger ledger, Clock clock, Instant since, Instant read) {

    private static final Duration CARRIED_ON = Duration.ofSeconds(1);

    RecentTime {
        read = read.truncatedTo(ChronoUnit.MILLIS);
    }

    static RecentTime read(PostalSendLedger ledger, Clock clock) {
        Instant read = ledger.now();
        return new RecentTime(ledger, clock, clock.instant(), read);
    }

    Instant now() {
        Duration passed = Duration.between(since, clock.instant());
        return passed.isNegative() || passed.compareTo(CARRIED_ON) >= 0
                ? LedgerTime.now(ledger)
                : read.plus(passed).truncatedTo(ChronoUnit.MILLIS);
    }
}
