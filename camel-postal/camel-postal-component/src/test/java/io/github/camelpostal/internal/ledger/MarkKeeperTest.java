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

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.camelpostal.internal.ledger.SendOnceCounters.Count;
import io.github.camelpostal.ledger.InMemorySendLedger;
import io.github.camelpostal.ledger.LedgerRow;
import io.github.camelpostal.ledger.LedgerRow.State;
import io.github.camelpostal.ledger.MailServerMark;
import io.github.camelpostal.ledger.MessageMark;
import io.github.camelpostal.ledger.PostalSendLedger;
import io.github.camelpostal.testing.TestClock;
import org.junit.jupiter.api.Test;

/** What a node knows of a mail server's message ids, and of the ledger's time, without asking the ledger for each mail. */
class MarkKeeperTest {

    private static final String SERVER = "main";

    private final TestClock time = TestClock.standingStill();
    private final InMemorySendLedger store = new InMemorySendLedger(time);
    private final AtomicInteger read = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private final SendOnceCounters counters = new SendOnceCounters();
    private final PostalSendLedger ledger = (PostalSendLedger) Proxy.newProxyInstance(PostalSendLedger.class.getClassLoader(),
            new Class<?>[]{PostalSendLedger.class}, (proxy, method, arguments) -> {
                read.addAndGet(method.getName().equals("mark") ? 1 : 0);
                asked.addAndGet(method.getName().equals("now") ? 1 : 0);
                return method.invoke(store, arguments);
            });
    private final SendOnceSettings settings = SendOnceSettings.of(Duration.ofMinutes(10), Duration.ofSeconds(60),
            Duration.ofDays(7));
    private final MarkKeeper marks = keeper();

    private MarkKeeper keeper() {
        return new MarkKeeper(SERVER, ledger, settings, time, counters);
    }

    private void learn(MarkKeeper keeper, long id) {
        keeper.learn(id, "token" + id, time.instant());
    }

    private Optional<Long> known(MarkKeeper keeper) {
        return keeper.current().map(MessageMark::id);
    }

    private Optional<Long> stored() {
        return store.mark(SERVER).map(MailServerMark::mark).map(MessageMark::id);
    }

    @Test
    void theHighestMessageIsSharedByTheNodes() {
        MarkKeeper other = keeper();
        assertThat(marks.current()).isEmpty();

        learn(other, 20);
        assertThat(stored()).contains(20L);
        assertThat(known(marks)).as("within a second what was known is good enough").isEmpty();
        time.advance(Duration.ofSeconds(1));
        assertThat(known(marks)).contains(20L);

        Instant learned = time.instant().minusSeconds(1);
        learn(marks, 20);
        assertThat(marks.current().orElseThrow().time()).as("when it was known first").isEqualTo(learned);
        learn(marks, 19);
        marks.learn(21, "", time.instant());
        assertThat(known(marks)).contains(20L);

        time.advance(Duration.ofSeconds(1));
        learn(marks, 22);
        assertThat(stored()).contains(22L);
        assertThat(store.mark(SERVER).orElseThrow().mark()).isEqualTo(new MessageMark(22, "token22", time.instant()));
    }

    @Test
    void theLedgerIsReadOnceASecondAndNotForEachMail() {
        for (int mail = 0; mail < 100; mail++) {
            learn(marks, mail + 1);
            time.advance(Duration.ofMillis(30));
        }

        assertThat(read.get()).isBetween(3, 4);
        assertThat(known(marks)).contains(100L);
        time.advance(Duration.ofSeconds(1));
        assertThat(known(marks)).contains(100L);
        assertThat(stored()).contains(100L);
    }

    @Test
    void aClockThatIsSetBackDoesNotKeepAnOldMark() {
        learn(marks, 20);
        time.advance(Duration.ofSeconds(-30));
        learn(keeper(), 25);

        assertThat(known(marks)).contains(25L);
    }

    @Test
    void idsThatWentBackAreForgottenByAllNodes() {
        MarkKeeper other = keeper();
        learn(marks, 500);
        time.advance(Duration.ofSeconds(1));
        assertThat(known(other)).contains(500L);

        marks.idsWentBack();

        assertThat(marks.current()).isEmpty();
        assertThat(counters.get(Count.IDS_WENT_BACK)).isEqualTo(1);
        LedgerRow row = new LedgerRow("key", SERVER, "1:a", "mid@x", false, List.of("a@x"), List.of(), State.UNCERTAIN, "o", 0,
                time.instant(), time.instant(), 1, null, null, Map.of(), time.instant());
        assertThat(ScanCursor.parse(store.mark(SERVER).orElseThrow().scan(), settings).coverage(row, time.instant(),
                time.instant(), Duration.ZERO)).as("of a key of before").isEqualTo(ScanCursor.Coverage.IMPOSSIBLE);
        time.advance(Duration.ofSeconds(1));
        assertThat(other.current()).as("a lower mark, or none, counts too").isEmpty();
        time.advance(Duration.ofSeconds(1));
        learn(other, 3);
        time.advance(Duration.ofSeconds(1));
        assertThat(known(marks)).contains(3L);
    }

    // ---- time ----------------------------------------------------------------------------------------------------------

    @Test
    void theLedgersTimeIsCarriedOnForASecondAndNoLonger() {
        TestClock local = TestClock.standingStill(Instant.parse("2030-01-01T00:00:00Z"));
        Instant first = time.instant();
        RecentTime recent = RecentTime.read(ledger, local);
        time.advance(Duration.ofMinutes(5));

        local.advance(Duration.ofNanos(999_999_999));
        assertThat(recent.now()).isEqualTo(first.plusMillis(999));
        assertThat(asked).hasValue(1);

        local.advance(Duration.ofNanos(1));
        assertThat(recent.now()).isEqualTo(time.instant());
        assertThat(asked).hasValue(2);
    }

    @Test
    void aLocalClockThatIsSetBackCarriesNothingOn() {
        TestClock local = TestClock.standingStill();
        RecentTime recent = RecentTime.read(ledger, local);
        assertThat(recent.now()).isEqualTo(time.instant());
        time.advance(Duration.ofSeconds(3));

        local.advance(Duration.ofNanos(-1));

        assertThat(recent.now()).isEqualTo(time.instant());
    }

    @Test
    void timesAreInMillisecondsAsTheyAreStored() {
        time.advance(Duration.ofNanos(1_234_567));

        assertThat(LedgerTime.now(ledger).getNano()).isEqualTo(1_000_000);
        assertThat(RecentTime.read(ledger, time).now().getNano()).isEqualTo(1_000_000);
    }
}
