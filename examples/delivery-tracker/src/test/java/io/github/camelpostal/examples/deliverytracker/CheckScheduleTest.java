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
package io.github.camelpostal.examples.deliverytracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class CheckScheduleTest {

    private final CheckSchedule schedule = new CheckSchedule(Duration.ofMinutes(10), Duration.ofDays(1));

    @Test
    void waitsTwiceAsLongEachTimeUpToTwelveHours() {
        assertThat(IntStream.range(0, 9).mapToObj(checks -> schedule.until(State.DEFERRED, checks).orElseThrow().toMinutes()))
                .containsExactly(10L, 20L, 40L, 80L, 160L, 320L, 640L, 720L, 720L);
    }

    @Test
    void asksForLongerThanPostalKeepsAHeldMessage() {
        Duration inAll = IntStream.range(0, 100).mapToObj(checks -> schedule.until(State.HELD, checks))
                .flatMap(java.util.Optional::stream).reduce(Duration.ZERO, Duration::plus);

        assertThat(inAll).isBetween(Duration.ofDays(8), Duration.ofDays(10));
    }

    @Test
    void asksOnceAboutWhatWasDeliveredAndNeverAboutWhatIsOver() {
        assertThat(schedule.until(State.DELIVERED, 0)).hasValue(Duration.ofDays(1));
        assertThat(schedule.until(State.DELIVERED, 1)).isEmpty();
        assertThat(new CheckSchedule(Duration.ofMinutes(10), Duration.ZERO).until(State.DELIVERED, 0)).isEmpty();
        assertThat(schedule.until(State.FAILED, 0)).isEmpty();
        assertThat(schedule.until(State.BOUNCED, 0)).isEmpty();
        assertThat(schedule.until(State.CANCELLED, 0)).isEmpty();
    }
}
