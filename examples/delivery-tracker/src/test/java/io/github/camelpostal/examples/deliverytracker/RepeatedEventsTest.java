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

import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class RepeatedEventsTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.500Z");

    @Test
    void anEventThatIsPostedAgainCountsOnceEvenAfterARestart() throws Exception {
        PostedEvents posted = new PostedEvents();
        String database = TestDatabase.empty();
        Map<String, Object> click = PostedEvents.click(1, NOON);
        Map<String, Object> open = PostedEvents.open(1, NOON);
        try (posted.postal) {
            for (int restart = 0; restart < 2; restart++) {
                try (RunningTracker tracker = new RunningTracker(posted.postal, new MovableClock(), database).start()) {
                    for (int repeat = 0; repeat < 2; repeat++) {
                        assertThat(posted.post(tracker.events(), click)).isEqualTo(200);
                        assertThat(posted.post(tracker.events(), open)).isEqualTo(200);
                    }
                    assertThat(tracker.delivery(1)).containsEntry("clicks", 1L).containsEntry("opens", 1L);
                }
            }
            try (RunningTracker tracker = new RunningTracker(posted.postal, new MovableClock(), database).start()) {
                assertThat(posted.post(tracker.events(), PostedEvents.click(1, NOON))).isEqualTo(200);
                assertThat(tracker.delivery(1)).containsEntry("clicks", 2L).containsEntry("opens", 1L);
            }
        }
    }
}
