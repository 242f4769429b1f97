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

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.github.camelpostal.ledger.LedgerRow;
import io.github.camelpostal.ledger.LedgerRow.State;
import io.github.camelpostal.ledger.MessageMark;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One scan for all keys that wait: it begins early enough and goes on long enough for each of them. */
class WantedScanTest {

    private static final Instant T = Instant.parse("2026-11-20T12:00:00Z");

    private static LedgerRow row(@Nullable Long mark, Instant claimed) {
        return new LedgerRow("key", "main", "1:a", "mid@x", false, List.of("a@x"), List.of(), State.UNCERTAIN, "o", 0, claimed,
                T, 1, null, mark == null ? null : new MessageMark(mark, "t", T), Map.of(), claimed);
    }

    @Test
    void theOrderInWhichTheyCameDoesNotCount() {
        LedgerRow withMark = row(20L, T.minusSeconds(9));
        LedgerRow lower = row(10L, T);
        LedgerRow first = row(null, T.plusSeconds(1));
        LedgerRow second = row(null, T.plusSeconds(2));
        Duration ahead = Duration.ofSeconds(5);

        WantedScan one = WantedScan.nothing().with(withMark, T, T.plusSeconds(3), ahead, 7)
                .with(lower, T.plusSeconds(4), T, Duration.ZERO, 9).with(first, T, T, Duration.ZERO, 1)
                .with(second, T, T, Duration.ZERO, 1);
        WantedScan other = WantedScan.nothing().with(second, T, T, Duration.ZERO, 1).with(first, T, T, Duration.ZERO, 1)
                .with(lower, T.plusSeconds(4), T, Duration.ZERO, 9).with(withMark, T, T.plusSeconds(3), ahead, 7);

        assertThat(one).isEqualTo(new WantedScan(10, T.plusSeconds(1), T.plusSeconds(3), T.plusSeconds(4), ahead, 9))
                .isEqualTo(other);
    }

    @Test
    void theLedgerKeepsIt() {
        for (LedgerRow row : List.of(row(20L, T), row(null, T))) {
            WantedScan wanted = WantedScan.nothing().with(row, T.plusSeconds(1), T.plusSeconds(2), Duration.ofMillis(3), 4);
            ScanText text = ScanText.empty();
            wanted.write(text);

            assertThat(WantedScan.read(ScanText.parse(text.toString()))).isEqualTo(wanted);
        }
        assertThat(WantedScan.read(ScanText.parse(""))).isNull();
    }
}
