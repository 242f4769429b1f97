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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

import io.github.camelpostal.internal.ledger.MessageRows.RowsUnavailableException;
import io.github.camelpostal.testing.LogCapture;
import io.github.camelpostal.testing.TestClock;
import org.junit.jupiter.api.Test;

/** How messages are read at Postal: one after the other, and again after an hour if they were Pending. */
class ReadingMessagesTest {

    private final TestClock time = TestClock.standingStill();
    private final TreeMap<Long, MessageRow> stored = new TreeMap<>();
    private final List<Long> read = new ArrayList<>();
    private final List<Duration> limits = new ArrayList<>();
    private boolean away;
    private final MessageRows rows = (id, atMost) -> {
        read.add(id);
        limits.add(atMost);
        if (away) {
            throw new RowsUnavailableException(new TimeoutException());
        }
        return Optional.ofNullable(stored.get(id));
    };

    private MessageRow message(long id, boolean pending) {
        MessageRow row = new MessageRow(id, "token" + id, true, "a@x", "mid@x", time.instant(), pending);
        stored.put(id, row);
        return row;
    }

    // ---- one after the other -------------------------------------------------------------------------------------------

    @Test
    void whoeverHasReadLetsTheNextOneRead() {
        ReentrantLock turn = new ReentrantLock();
        ReadsInTurn inTurn = new ReadsInTurn(rows, turn);
        MessageRow row = message(7, false);

        assertThat(inTurn.read(7, Duration.ofSeconds(30))).contains(row);
        assertThat(limits).singleElement().satisfies(limit -> assertThat(limit).isBetween(Duration.ofMillis(500),
                Duration.ofSeconds(30)));
        away = true;
        assertThatThrownBy(() -> inTurn.read(8, Duration.ofSeconds(30))).isInstanceOf(RowsUnavailableException.class);

        assertThat(turn.isLocked()).as("also after a read that failed").isFalse();
    }

    @Test
    void aReadIsNotBegunWithTooLittleTimeLeft() {
        ReentrantLock turn = new ReentrantLock();

        assertThatThrownBy(() -> new ReadsInTurn(rows, turn).read(7, Duration.ofMillis(499)))
                .isInstanceOf(RowsUnavailableException.class);

        assertThat(read).isEmpty();
        assertThat(turn.isLocked()).isFalse();
    }

    @Test
    void whoWaitsForItsTurnTooLongGivesUp() throws Exception {
        ReentrantLock turn = new ReentrantLock();
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Thread other = new Thread(() -> {
            turn.lock();
            taken.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                // it ends
            }
            turn.unlock();
        });
        other.start();
        assertThat(taken.await(1, TimeUnit.MINUTES)).isTrue();
        ReadsInTurn inTurn = new ReadsInTurn(rows, turn);

        assertThatThrownBy(() -> inTurn.read(7, Duration.ofMillis(10))).isInstanceOf(RowsUnavailableException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> inTurn.read(7, Duration.ofMinutes(1))).isInstanceOf(RowsUnavailableException.class);
        assertThat(Thread.interrupted()).as("the interrupt is passed on").isTrue();

        end.countDown();
        other.join();
        assertThat(read).isEmpty();
    }

    // ---- Pending -------------------------------------------------------------------------------------------------------

    @Test
    void aMessageIsLookedAtOnceAfterAnHour() {
        PendingWatch watch = new PendingWatch("main", rows, time);
        watch.watch(message(7, true));
        watch.watch(message(8, true));

        time.advance(Duration.ofMinutes(60).minusMillis(1));
        watch.look(Duration.ofSeconds(5));
        assertThat(read).isEmpty();

        time.advance(Duration.ofMillis(1));
        message(8, false);
        try (LogCapture log = new LogCapture()) {
            for (int i = 0; i < 3; i++) {
                watch.look(Duration.ofSeconds(5));
            }
            assertThat(log.lines()).singleElement().asString().startsWith("WARN").contains("Message 7 of mail server main");
        }
        assertThat(read).as("one at a time").containsExactly(7L, 8L);
    }

    @Test
    void aMessageThatCannotBeReadIsLookedAtAnHourLater() {
        PendingWatch watch = new PendingWatch("main", rows, time);
        watch.watch(message(7, true));
        time.advance(Duration.ofHours(1));
        away = true;
        watch.look(Duration.ofSeconds(5));
        away = false;
        watch.look(Duration.ofSeconds(5));
        assertThat(read).containsExactly(7L);

        time.advance(Duration.ofHours(1));
        try (LogCapture log = new LogCapture()) {
            watch.look(Duration.ofSeconds(5));
            assertThat(log.lines()).hasSize(1);
        }
    }

    @Test
    void atMostAThousandMessagesAreWatched() {
        PendingWatch watch = new PendingWatch("main", rows, time);
        for (int id = 1; id <= 1_001; id++) {
            watch.watch(message(id, false));
        }
        time.advance(Duration.ofHours(1));
        for (int i = 0; i < 1_010; i++) {
            watch.look(Duration.ofSeconds(5));
        }

        assertThat(read).hasSize(1_000).endsWith(1_000L);
    }
}
