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
package io.github.camelpostal.internal.time;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A deadline is neither early nor forgotten, and one that is called off leaves nothing behind. */
class AlarmTest {

    /** Shorter and longer than the time for which alarms share a timer. */
    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1, 100, 249, 260, 500, 700})
    void runsOnceTheTimeHasPassedAndNotEarlier(long millis) throws InterruptedException {
        CountDownLatch rung = new CountDownLatch(1);
        long begin = System.nanoTime();

        Alarm.in(MILLISECONDS.toNanos(millis), rung::countDown);

        assertThat(rung.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(NANOSECONDS.toMillis(System.nanoTime() - begin)).isGreaterThanOrEqualTo(millis);
    }

    @Test
    void runsOnceHoweverManyAreSetAtTheSameTime() {
        Queue<Integer> rung = new ConcurrentLinkedQueue<>();
        AtomicInteger early = new AtomicInteger();

        IntStream.range(0, 2_000).parallel().forEach(i -> {
            long time = System.nanoTime() + MILLISECONDS.toNanos(i % 600);
            Alarm.in(time - System.nanoTime(), () -> {
                early.addAndGet(System.nanoTime() < time ? 1 : 0);
                rung.add(i);
            });
        });

        await().until(() -> rung.size() >= 2_000);
        assertThat(rung).doesNotHaveDuplicates().hasSize(2_000);
        assertThat(early).hasValue(0);
    }

    @Test
    void doesNotRunWhenItIsCalledOff() throws InterruptedException {
        Queue<String> rung = new ConcurrentLinkedQueue<>();
        for (int millis : new int[]{100, 550}) {
            Alarm.in(MILLISECONDS.toNanos(millis), () -> rung.add("called off")).cancel();
        }
        CountDownLatch later = new CountDownLatch(1);
        Alarm.in(MILLISECONDS.toNanos(900), later::countDown);

        assertThat(later.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(rung).isEmpty();
    }

    /** A mail that was responded to is not kept in memory until its deadline. */
    @ParameterizedTest
    @ValueSource(longs = {200, 3_600_000, Long.MAX_VALUE / 1_000_000})
    void keepsNothingOfWhatIsCalledOff(long millis) {
        byte[] mail = new byte[1_000];
        WeakReference<byte[]> kept = new WeakReference<>(mail);
        Alarm alarm = Alarm.in(MILLISECONDS.toNanos(millis), new Deadline(mail));
        mail = null;

        alarm.cancel();

        await().until(() -> {
            System.gc();
            return kept.get() == null;
        });
    }

    private record Deadline(byte[] mail) implements Runnable {

        @Override
        public void run() {
            mail[0] = 1;
        }
    }
}
