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
package io.github.camelpostal.internal.client;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.github.camelpostal.api.PostalException;
import io.github.camelpostal.internal.meters.EnumCounters;
import org.jspecify.annotations.Nullable;

/** What became of the calls of one operation at one mail server. */
public final class CallCounters {

    private final Clock clock;
    private final EnumCounters<CallOutcome> counts = new EnumCounters<>(CallOutcome.class);
    private volatile @Nullable LastCall last;

    CallCounters(Clock clock) {
        this.clock = clock;
    }

    /**
     * The last call.
     *
     * @param at   when it ended
     * @param code Postal's error code; null where there is none
     */
    public record LastCall(Instant at, CallOutcome outcome, @Nullable String code) {

        static LastCall later(LastCall a, LastCall b) {
            return a.at.isAfter(b.at) ? a : b;
        }
    }

    /** @param failure null for none */
    public void ended(@Nullable Throwable failure) {
        CallOutcome outcome = CallOutcome.of(failure);
        counts.increment(outcome);
        last = new LastCall(clock.instant(), outcome, failure instanceof PostalException e ? e.rawCode() : null);
    }

    public long count(CallOutcome outcome) {
        return counts.get(outcome);
    }

    /** All outcomes by their names, also those that never came. */
    public Map<String, Long> counts() {
        Map<String, Long> all = new LinkedHashMap<>();
        counts.forEach((outcome, count) -> all.put(outcome.value(), count));
        return all;
    }

    /** Empty before the first call. */
    public Optional<LastCall> last() {
        return Optional.ofNullable(last);
    }
}
