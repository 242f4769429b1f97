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

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;

import io.github.camelpostal.internal.ledger.SendOnceCounters.Count;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Over random interleavings of calls, lost responses, late commits, crashes at any step, two nodes, expired leases, events early,
 * late and missing, gaps in the ids, foreign and incoming messages, and an absent ledger: no recipient is submitted twice within
 * {@code resendAfter}, none is reported accepted that is not at Postal, and no key stays unresolved.
 *
 * <p>
 * {@code -Dpostal.model.runs=5000} looks longer, {@code -Dpostal.model.seed=42} repeats the runs from one seed on.
 */
@Tag("slow")
class SendOnceModelTest {

    private static final Logger LOG = LoggerFactory.getLogger(SendOnceModelTest.class);
    private static final int RUNS = Integer.getInteger("postal.model.runs", 15);
    private static final long SEED = Long.getLong("postal.model.seed", 1);

    @ParameterizedTest
    @EnumSource(SendOnceScenario.Kind.class)
    void sendsOnceWhateverHappens(SendOnceScenario.Kind kind) {
        Map<Count, Long> sums = new EnumMap<>(Count.class);
        for (long seed = SEED; seed < SEED + RUNS; seed++) {
            try {
                SendOnceCounters counters = new SendOnceScenario(seed, kind).run();
                for (Count count : Count.values()) {
                    sums.merge(count, counters.get(count), Long::sum);
                }
            } catch (Throwable e) {
                throw new AssertionError(kind + " with seed " + seed + ": " + e.getMessage(), e);
            }
        }
        LOG.info("{}: {}", kind, sums);
        // the runs reached what they are about
        assertThat(sums.get(Count.UNCERTAIN_CALLS)).isPositive();
        assertThat(sums.get(Count.SETTLED_FOUND)).isPositive();
    }
}
