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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;

import io.github.camelpostal.internal.ledger.MessageRows.RowsUnavailableException;
import io.github.camelpostal.internal.ledger.SendOnceCounters.Count;
import io.github.camelpostal.ledger.InMemorySendLedger;
import io.github.camelpostal.ledger.LedgerRow;
import io.github.camelpostal.ledger.LedgerRow.State;
import io.github.camelpostal.ledger.MailServerMark;
import io.github.camelpostal.ledger.MessageMark;
import io.github.camelpostal.ledger.PostalSendLedger;
import io.github.camelpostal.testing.TestClock;
import org.junit.jupiter.api.Test;

/** How the nodes read one mail server together: one at a time, a few messages a second, and none for nothing. */
class SettlementScanTest {

    private static final String SERVER = "main";
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final TestClock time = TestClock.standingStill();
    private final InMemorySendLedger ledger = new InMemorySendLedger(time);
    private final SendOnceCounters counters = new SendOnceCounters();
    private final SendOnceSettings settings = SendOnceSettings.of(Duration.ofMinutes(10), Duration.ofSeconds(60),
            Duration.ofDays(7));
    private final TreeMap<Long, MessageRow> stored = new TreeMap<>();
    private final List<Long> read = new ArrayList<>();
    private int nodes;
    private Runnable meanwhile = () -> {
    };
    private final MessageRows rows = (id, atMost) -> {
        read.add(id);
        meanwhile.run();
        return Optional.ofNullable(stored.get(id));
    };
    private final PendingWatch pending = new PendingWatch(SERVER, rows, time);
    private final SettlementScan scan = node();

    private SettlementScan node() {
        return new SettlementScan(SERVER, ledger, rows, settings, time, new RandomIds(new Random(++nodes)), counters,
                pending);
    }

    private Duration readOn(SettlementScan node) {
        return node.readOn(time.instant().plus(LONG));
    }

    private void store(long id, String messageId, boolean isPending) {
        stored.put(id, new MessageRow(id, "token" + id, true, "a@x", messageId, time.instant(), isPending));
    }

    /** A key of which it is not known whether its mail is among twenty others. */
    private LedgerRow uncertain() {
        for (long id = 1; id <= 20; id++) {
            store(id, "other", false);
        }
        MessageMark mark = new MessageMark(1, "token1", time.instant());
        ledger.advanceMark(null, MailServerMark.first(SERVER).withMark(mark));
        LedgerRow row = new LedgerRow("key", SERVER, "1:a", "mid@x", false, List.of("a@x"), List.of(), State.UNCERTAIN, "o", 0,
                time.instant(), time.instant(), 1, time.instant(), mark, Map.of(), time.instant());
        ledger.putIfAbsent(row);
        scan.want(row, row.end(), row.end(), Duration.ZERO);
        time.advance(Duration.ofMillis(1));
        return row;
    }

    @Test
    void nothingIsReadForNobody() {
        assertThat(readOn(scan)).isEqualTo(SECOND);
        ledger.advanceMark(null, MailServerMark.first(SERVER).withMark(new MessageMark(1, "t", time.instant())));

        assertThat(readOn(scan)).isPositive();
        assertThat(read).isEmpty();
        assertThat(counters.get(Count.READS)).isZero();
        assertThat(scan.highestMark()).hasValueSatisfying(mark -> assertThat(mark.id()).isEqualTo(1));
    }

    @Test
    void fiveMessagesAreReadASecondByAllNodesTogether() {
        uncertain();

        assertThat(readOn(scan)).isZero();
        assertThat(read).containsExactly(1L, 2L, 3L, 4L, 5L);
        time.advance(Duration.ofMillis(300));
        assertThat(readOn(node())).as("until the second is over").isEqualTo(Duration.ofMillis(700));
        assertThat(read).hasSize(5);

        time.advance(Duration.ofMillis(700));
        assertThat(readOn(node())).isZero();
        assertThat(read).endsWith(6L, 7L, 8L, 9L, 10L).hasSize(10);
        assertThat(counters.get(Count.READS)).isEqualTo(10);
    }

    @Test
    void nothingIsBegunAfterTheDeadline() {
        uncertain();

        assertThat(scan.readOn(time.instant())).isZero();
        assertThat(read).isEmpty();
        time.advance(SECOND);
        meanwhile = () -> time.advance(Duration.ofMillis(400));
        scan.readOn(time.instant().plusMillis(800));
        assertThat(read).containsExactly(1L, 2L);
    }

    @Test
    void twoNodesNeverReadAtOnce() {
        uncertain();
        List<Duration> waits = new ArrayList<>();
        SettlementScan other = node();
        meanwhile = () -> waits.add(readOn(other));

        readOn(scan);

        assertThat(read).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(waits).hasSize(5).allMatch(wait -> !wait.isNegative() && !wait.isZero());
    }

    @Test
    void whatWasReadBeforePostalWentAwayIsKept() {
        uncertain();
        meanwhile = () -> {
            if (read.size() == 3) {
                throw new RowsUnavailableException(new TimeoutException());
            }
        };

        assertThatThrownBy(() -> readOn(scan)).isInstanceOf(RowsUnavailableException.class);
        assertThat(readOn(node())).as("the pace holds").isEqualTo(SECOND);

        time.advance(SECOND);
        readOn(node());
        assertThat(read).containsExactly(1L, 2L, 3L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void theWorkOfANodeThatDiedIsDoneByAnotherAfterTenSeconds() {
        uncertain();
        MailServerMark before = ledger.mark(SERVER).orElseThrow();
        ScanCursor cursor = scan.cursor();
        cursor.take("dead", time.instant(), Duration.ofSeconds(10), before.mark());
        ledger.advanceMark(before, before.withScan(cursor.text()));

        assertThat(readOn(scan)).isEqualTo(Duration.ofSeconds(10));
        time.advance(Duration.ofSeconds(10));
        assertThat(readOn(scan)).isZero();
        assertThat(read).hasSize(5);
    }

    @Test
    void aNodeThatWasSuspendedChangesNothingOfWhatOthersHaveReadSince() {
        uncertain();
        SettlementScan other = node();
        boolean[] suspended = {false};
        meanwhile = () -> {
            if (!suspended[0]) {
                suspended[0] = true;
                time.advance(Duration.ofSeconds(11));
                readOn(other);
                time.advance(SECOND);
                readOn(other);
            }
        };

        readOn(scan);

        assertThat(scan.cursor().next()).as("as the other node has left it").isEqualTo(11);
    }

    @Test
    void whatAKeyWantsWhileANodeReadsIsNotLost() {
        LedgerRow row = uncertain();
        Instant later = row.end().plusSeconds(30);
        meanwhile = () -> node().want(row, later, row.end(), Duration.ZERO);
        stored.replaceAll((id, message) -> new MessageRow(id, "t", true, "b@x", "other", row.end().plusSeconds(61), false));

        readOn(scan);
        assertThat(read).as("enough for what was wanted when it began").containsExactly(1L);

        time.advance(SECOND);
        readOn(scan);
        assertThat(read).as("and for what was wanted meanwhile").containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void aNodeThatOthersWereQuickerThanWritesAgain() {
        LedgerRow row = uncertain();
        int[] writes = new int[1];
        PostalSendLedger contended = (PostalSendLedger) Proxy.newProxyInstance(PostalSendLedger.class.getClassLoader(),
                new Class<?>[]{PostalSendLedger.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("advanceMark") && (++writes[0] == 1 || writes[0] == 4)) {
                        MailServerMark present = ledger.mark(SERVER).orElseThrow();
                        ledger.advanceMark(present, present.withScan(present.scan()));
                    }
                    return method.invoke(ledger, arguments);
                });
        SettlementScan late = new SettlementScan(SERVER, contended, rows, settings, time, new RandomIds(new Random(99)),
                counters,
                pending);

        late.want(row, row.end().plusSeconds(30), row.end(), Duration.ZERO);
        assertThat(writes).as("wanted at the second attempt").containsExactly(2);
        assertThat(readOn(late)).isZero();
        assertThat(writes).as("taken at the first, given back at the second").containsExactly(5);
        assertThat(scan.cursor().next()).isEqualTo(6);
        time.advance(SECOND);
        assertThat(readOn(scan)).as("it was given back").isZero();
        assertThat(read).hasSize(10);
    }

    @Test
    void idsThatAreMissingBelowTheHighestAreReadOver() {
        uncertain();
        MailServerMark present = ledger.mark(SERVER).orElseThrow();
        ledger.advanceMark(present, present.withMark(new MessageMark(40, "token40", time.instant())));
        stored.tailMap(2L, true).clear();

        for (int i = 0; i < 8; i++) {
            readOn(scan);
            time.advance(SECOND);
        }

        assertThat(read).hasSize(40).endsWith(39L, 40L);
    }

    @Test
    void aMessageThatIsFoundSettlesItsKeyAndIsWatchedIfItIsPending() {
        LedgerRow row = uncertain();
        store(2, "mid@x", true);
        stored.put(1L, new MessageRow(1, "token1", false, "a@x", "mid@x", time.instant(), true));
        stored.put(3L, new MessageRow(3, "token3", true, null, "mid@x", time.instant(), true));
        stored.put(4L, new MessageRow(4, "token4", true, "a@x", null, time.instant(), true));

        readOn(scan);

        assertThat(ledger.get(row.key()).orElseThrow()).satisfies(found -> {
            assertThat(found.state()).isEqualTo(State.ACCEPTED);
            assertThat(found.copies().get("a@x").id()).isEqualTo(2);
        });
        assertThat(counters.get(Count.SETTLED_FOUND)).isEqualTo(1);
        read.clear();
        time.advance(Duration.ofHours(1));
        pending.look(LONG);
        pending.look(LONG);
        assertThat(read).containsExactly(2L);
    }
}
