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

import io.github.camelpostal.internal.meters.EnumCounters;

/** What sending once has done since the start, for meters and consoles. Kept apart from the ledger: it is per process. */
public final class SendOnceCounters {

    /** What is counted. */
    public enum Count {
        /** Keys claimed. */
        CLAIMS,
        /** Exchanges whose mail had been sent by an earlier call. */
        DUPLICATES,
        /** Calls that ended without a clear result. */
        UNCERTAIN_CALLS,
        /** Recipients found at Postal by reading. */
        SETTLED_FOUND,
        /** Recipients proven by an event. */
        SETTLED_BY_EVENT,
        /** Recipients that were absent for long enough to be sent to again. */
        SETTLED_MISSING,
        /** Times that a recipient of a call could not be settled, and reading cannot help. */
        SETTLED_UNKNOWN,
        /** Messages read at Postal. */
        READS,
        /** Successes that the ledger could not be told. */
        UNRECORDED,
        /** Events that the ledger could not be told. */
        EVENTS_UNRECORDED,
        /** Times that Postal's message ids were found to have gone back. */
        IDS_WENT_BACK
    }

    private final EnumCounters<Count> counts = new EnumCounters<>(Count.class);

    void add(Count count) {
        add(count, 1);
    }

    void add(Count count, int number) {
        counts.add(count, number);
    }

    public long get(Count count) {
        return counts.get(count);
    }
}
