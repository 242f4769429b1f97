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

import io.github.camelpostal.internal.ledger.ScanCursor.Coverage;
import io.github.camelpostal.ledger.LedgerRow;
import io.github.camelpostal.ledger.LedgerRow.State;
import io.github.camelpostal.ledger.MessageMark;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What may be said of a key from what was read at Postal, and how much is read for it. */
class ScanCursorTest {

    private static final Instant CLAIMED = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant END = CLAIMED.plusSeconds(60);
    private static final Duration MARGIN = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final int GAP = 20;

    private final SendOnceSettings settings = SendOnceSettings.of(Duration.ofMinutes(10), Duration.ofSeconds(60),
            Duration.ofDays(7));
    private ScanCursor cursor = ScanCursor.parse("", settings);

    private static LedgerRow row(@Nullable Long mark, Instant claimed) {
        return new LedgerRow("key", "main", "1:a", "mid@x", false, List.of("a@x"), List.of(), State.UNCERTAIN, "o", 0, claimed,
                END, 1, null, mark == null ? null : mark(mark), Map.of(), claimed);
    }

    private static LedgerRow row(@Nullable Long mark) {
        return row(mark, CLAIMED);
    }

    private static MessageMark mark(long id) {
        return new MessageMark(id, "token" + id, CLAIMED);
    }

    private void found(long id, Instant timestamp) {
        assertThat(cursor.next()).isEqualTo(id);
        cursor.found(new MessageRow(id, "token" + id, true, "b@x", "other@x", timestamp, false));
        store();
    }

    private void absent(int times, Instant asked, long highest) {
        for (int i = 0; i < times; i++) {
            cursor.absent(asked, highest);
        }
    }

    /** As the next node reads it from the ledger. */
    private void store() {
        String text = cursor.text();
        cursor = ScanCursor.parse(text, settings);
        assertThat(cursor.text()).isEqualTo(text);
    }

    private Coverage coverage(LedgerRow row) {
        return cursor.coverage(row, END, END, Duration.ZERO);
    }

    private void begin(LedgerRow row, @Nullable MessageMark highest) {
        cursor.want(row, END, END, Duration.ZERO);
        store();
        assertThat(cursor.take("reader", END.plus(MOMENT), LEASE, highest)).isTrue();
        store();
    }

    @Test
    void aKeyIsSettledWhenAMessageWasReadThatIsCertainlyLater() {
        LedgerRow row = row(10L);
        assertThat(coverage(row)).isEqualTo(Coverage.OPEN);
        begin(row, mark(12));

        found(10, CLAIMED);
        found(11, END.plus(MARGIN));
        assertThat(coverage(row)).isEqualTo(Coverage.OPEN);
        assertThat(cursor.mayRead()).isTrue();
        found(12, END.plus(MARGIN).plus(MOMENT));

        assertThat(coverage(row)).isEqualTo(Coverage.COMPLETE);
        assertThat(coverage(row(11L))).isEqualTo(Coverage.COMPLETE);
        assertThat(coverage(row(9L))).as("not read from its mark on").isEqualTo(Coverage.OPEN);
        assertThat(coverage(row(null))).as("nothing older than its claim was read").isEqualTo(Coverage.OPEN);
        assertThat(cursor.coverage(row, END, END, MOMENT)).as("Postal's clock is ahead").isEqualTo(Coverage.OPEN);
        assertThat(cursor.coverage(row, END.plus(MOMENT), END, Duration.ZERO)).isEqualTo(Coverage.OPEN);
        assertThat(cursor.coverage(row, END, END.plus(MOMENT), Duration.ZERO)).as("must be read again since then")
                .isEqualTo(Coverage.OPEN);
        assertThat(cursor.mayRead()).isFalse();
        assertThat(cursor.last(END)).isEqualTo(new MessageMark(12, "token12", END));
    }

    @Test
    void messagesOutOfTheOrderOfTimeTakeNothingBack() {
        begin(row(10L), mark(12));
        found(10, END.plus(MARGIN).plus(MOMENT));
        found(11, CLAIMED);

        assertThat(coverage(row(10L))).isEqualTo(Coverage.COMPLETE);
    }

    @Test
    void aKeyIsSettledWhenTheEndOfWhatIsStoredWasSeenLateEnough() {
        LedgerRow row = row(10L);
        begin(row, mark(10));
        found(10, CLAIMED);

        absent(GAP - 1, END.plus(QUIET), 10);
        assertThat(cursor.mayRead()).isTrue();
        absent(1, END.plus(QUIET), 10);
        assertThat(cursor.mayRead()).as("in this portion").isFalse();
        assertThat(coverage(row)).isEqualTo(Coverage.OPEN);
        cursor.release(END.plus(QUIET), END.plus(QUIET));
        assertThat(cursor.free()).as("no sense in looking before").isEqualTo(END.plus(QUIET).plus(MOMENT));
        store();

        assertThat(cursor.mayRead()).isTrue();
        assertThat(cursor.next()).as("from the last message on").isEqualTo(11);
        absent(GAP - 1, END.plus(QUIET).plus(MOMENT), 10);
        assertThat(coverage(row)).isEqualTo(Coverage.OPEN);
        absent(1, END.plus(QUIET).plus(MOMENT), 10);
        assertThat(coverage(row)).isEqualTo(Coverage.COMPLETE);
        assertThat(cursor.last(END)).isEqualTo(new MessageMark(10, "token10", END));
    }

    @Test
    void aGapBelowTheHighestMessageIsNotTheEnd() {
        LedgerRow row = row(10L);
        begin(row, mark(100));
        found(10, CLAIMED);

        absent(89, END.plusSeconds(100), 100);
        assertThat(cursor.mayRead()).isTrue();
        assertThat(cursor.next()).isEqualTo(100);
        assertThat(coverage(row)).isEqualTo(Coverage.OPEN);
        found(100, END);
        absent(GAP - 1, END.plusSeconds(100), 100);
        assertThat(coverage(row)).as("each message begins a new gap").isEqualTo(Coverage.OPEN);
        absent(1, END.plusSeconds(200), 100);
        assertThat(coverage(row)).isEqualTo(Coverage.COMPLETE);
    }

    @Test
    void withoutAMarkItIsReadFromAMessageThatIsCertainlyEarlier() {
        LedgerRow row = row(null);
        cursor.want(row, END, END, Duration.ZERO);
        assertThat(cursor.take("reader", END.plus(MOMENT), LEASE, null)).as("nowhere to begin").isFalse();
        begin(row, mark(30));

        found(30, CLAIMED);
        found(29, CLAIMED.minus(MARGIN));
        found(28, CLAIMED.minus(MARGIN).minus(MOMENT));
        found(28, CLAIMED.minus(MARGIN).minus(MOMENT));
        assertThat(coverage(row)).isEqualTo(Coverage.OPEN);
        found(29, END.plus(MARGIN).plus(MOMENT));

        assertThat(coverage(row)).isEqualTo(Coverage.COMPLETE);
        assertThat(coverage(row(null, CLAIMED.minus(MOMENT)))).as("an earlier one").isEqualTo(Coverage.OPEN);
        assertThat(coverage(row(28L))).isEqualTo(Coverage.COMPLETE);
        assertThat(coverage(row(27L))).isEqualTo(Coverage.OPEN);
    }

    @Test
    void nothingIsEarlierThanTheFirstMessage() {
        for (boolean there : new boolean[]{true, false}) {
            cursor = ScanCursor.parse("", settings);
            LedgerRow row = row(null);
            begin(row, mark(2));
            found(2, CLAIMED);
            if (there) {
                found(1, CLAIMED);
            } else {
                absent(1, END, 2);
            }

            assertThat(cursor.next()).isEqualTo(1);
            found(1, END.plus(MARGIN).plus(MOMENT));
            assertThat(coverage(row)).isEqualTo(Coverage.COMPLETE);
        }
    }

    @Test
    void withoutAMarkAGapDownwardSaysThatNothingCanBeTold() {
        begin(row(null), mark(30));

        absent(GAP - 1, END, 30);
        assertThat(coverage(row(null))).isEqualTo(Coverage.OPEN);
        absent(1, END, 30);
        store();

        assertThat(coverage(row(null))).isEqualTo(Coverage.IMPOSSIBLE);
        assertThat(cursor.next()).as("for others it goes on upward").isEqualTo(31);
    }

    @Test
    void aKeyWithoutAMarkCannotBeToldWhereNoMessageIsKnown() {
        cursor.want(row(null), END, END, Duration.ZERO);
        begin(row(10L), null);
        found(10, END.plus(MARGIN).plus(MOMENT));

        assertThat(coverage(row(null))).isEqualTo(Coverage.IMPOSSIBLE);
        assertThat(coverage(row(10L))).isEqualTo(Coverage.COMPLETE);
    }

    @Test
    void aRunningScanServesAKeyWithoutAMarkThatWasClaimedLater() {
        begin(row(null), mark(30));
        assertThat(cursor.want(row(null, CLAIMED.plus(MOMENT)), END, END, Duration.ZERO)).isFalse();
        assertThat(cursor.want(row(null, CLAIMED.minus(MOMENT)), END, END, Duration.ZERO)).as("for the next scan").isTrue();

        found(30, CLAIMED.minus(MARGIN).minus(MOMENT));
        found(30, CLAIMED.minus(MARGIN).minus(MOMENT));
        assertThat(cursor.want(row(null), END, END, Duration.ZERO)).isFalse();
        assertThat(cursor.want(row(null, CLAIMED.minusSeconds(1)), END, END, Duration.ZERO)).isTrue();
    }

    @Test
    void whatWasClaimedBeforeIdsWentBackCannotBeTold() {
        begin(row(10L), mark(10));
        cursor.idsWentBack(CLAIMED);
        found(10, END.plus(MARGIN).plus(MOMENT));

        assertThat(coverage(row(10L, CLAIMED))).isEqualTo(Coverage.IMPOSSIBLE);
        assertThat(coverage(row(10L, CLAIMED.plus(MOMENT)))).isEqualTo(Coverage.COMPLETE);
    }

    // ---- how much is read ----------------------------------------------------------------------------------------------

    @Test
    void aScanBeginsLaterThanWhatItIsToSettle() {
        assertThat(cursor.want(row(10L), END, END, Duration.ZERO)).isTrue();
        assertThat(cursor.want(row(10L), END, END, Duration.ZERO)).as("nothing new").isFalse();

        assertThat(cursor.take("reader", END, LEASE, mark(10))).isFalse();
        assertThat(cursor.take("reader", END.plus(MOMENT), LEASE, mark(10))).isTrue();

        assertThat(cursor.heldBy("reader")).isTrue();
        assertThat(cursor.heldBy("another")).isFalse();
        assertThat(cursor.free()).isEqualTo(END.plus(MOMENT).plus(LEASE));
        assertThat(cursor.next()).isEqualTo(10);
        assertThat(cursor.last(END)).isNull();
        assertThat(ScanCursor.parse("", settings).take("reader", END, LEASE, mark(10))).as("nobody wants it").isFalse();
    }

    @Test
    void aScanRestsAfterTwoThousandReadsAndTwoForEachRecipient() {
        LedgerRow row = new LedgerRow("key", "main", "1:a", "mid@x", false, List.of("a@x", "b@x", "c@x"), List.of(),
                State.UNCERTAIN, "o", 0, CLAIMED, END, 1, null, mark(10), Map.of(), CLAIMED);
        begin(row, mark(5_000));
        for (int i = 0; i < 2_006; i++) {
            assertThat(cursor.mayRead()).as("read %d", i).isTrue();
            cursor.absent(END, 5_000);
        }
        assertThat(cursor.mayRead()).isFalse();

        cursor.release(END.plusSeconds(400), END.plusSeconds(401));
        store();

        assertThat(cursor.heldBy("reader")).isFalse();
        assertThat(cursor.free()).isEqualTo(END.plusSeconds(400).plus(Duration.ofMinutes(10)));
        assertThat(cursor.mayRead()).as("after its rest").isTrue();
    }

    @Test
    void aReaderThatIsNotAtTheLimitGoesOnAtTheNextPortion() {
        begin(row(10L), mark(5_000));
        found(10, CLAIMED);

        cursor.release(END.plusSeconds(3), END.plusSeconds(1));

        assertThat(cursor.free()).isEqualTo(END.plusSeconds(1));
        assertThat(cursor.next()).isEqualTo(11);
    }

    @Test
    void aRunningScanServesAKeyThatItHasReadFromFarEnoughBelow() {
        begin(row(10L), mark(100));
        Instant later = END.plusSeconds(30);

        assertThat(cursor.want(row(20L), later, END, Duration.ZERO)).as("read to a later end").isTrue();
        assertThat(cursor.want(row(20L), later, END, Duration.ZERO)).isFalse();
        found(10, END.plus(MARGIN).plus(MOMENT));
        assertThat(cursor.mayRead()).as("not for the first alone").isTrue();
        found(11, later.plus(MARGIN).plus(MOMENT));
        assertThat(cursor.mayRead()).isFalse();

        assertThat(cursor.want(row(9L), END, END, Duration.ZERO)).as("for the next scan").isTrue();
        assertThat(cursor.mayRead()).isFalse();
        store();
        assertThat(cursor.take("reader", later, LEASE, mark(100))).isTrue();
        assertThat(cursor.next()).isEqualTo(9);
    }

    @Test
    void aScanIsNotMadeLongerWhileOthersWaitForTheNextOne() {
        begin(row(10L), mark(100));
        assertThat(cursor.want(row(9L), END, END, Duration.ZERO)).isTrue();
        assertThat(cursor.want(row(10L), END.plusSeconds(30), END, Duration.ZERO)).isTrue();

        found(10, END.plus(MARGIN).plus(MOMENT));
        assertThat(cursor.mayRead()).as("the first scan is over").isFalse();
        assertThat(cursor.take("reader", END.plusSeconds(1), LEASE, mark(100))).isTrue();
        found(9, CLAIMED);
        found(10, END.plus(MARGIN).plus(MOMENT));
        assertThat(cursor.mayRead()).as("the second goes on to the later end").isTrue();
    }

    @Test
    void whatOthersWantedMeanwhileIsKept() {
        begin(row(10L), mark(100));
        ScanCursor stored = ScanCursor.parse(cursor.text(), settings);
        stored.want(row(20L), END.plusSeconds(30), END, Duration.ofSeconds(5));
        stored.want(row(5L), END, END, Duration.ZERO);

        found(10, END.plus(MARGIN).plus(MOMENT));
        assertThat(cursor.mayRead()).isFalse();
        cursor.merge(stored);

        assertThat(cursor.mayRead()).as("to the later end").isTrue();
        found(11, END.plusSeconds(30).plus(MARGIN).plus(MOMENT));
        assertThat(cursor.mayRead()).as("and by the clock that is ahead").isTrue();
        found(12, END.plusSeconds(35).plus(MARGIN).plus(MOMENT));
        assertThat(cursor.mayRead()).isFalse();
        assertThat(cursor.take("reader", END.plusSeconds(40), LEASE, mark(100))).isTrue();
        assertThat(cursor.next()).as("the next scan begins where it was wanted").isEqualTo(5);
    }
}
