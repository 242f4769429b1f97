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

import static io.github.camelpostal.examples.deliverytracker.PostedEvents.bounce;
import static io.github.camelpostal.examples.deliverytracker.PostedEvents.click;
import static io.github.camelpostal.examples.deliverytracker.PostedEvents.delivery;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two trackers on one database, and events about one message that arrive at the same moment. */
@Timeout(180)
class ConcurrentEventsTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.500Z");
    private static final int ROUNDS = 40;

    @Test
    void theNewestStateWinsWhoeverWritesItFirst() throws Exception {
        PostedEvents posted = new PostedEvents();
        String database = TestDatabase.empty();
        try (posted.postal;
                RunningTracker one = new RunningTracker(posted.postal, new MovableClock(), database).start();
                RunningTracker two = new RunningTracker(posted.postal, new MovableClock(), database).start()) {
            Random random = new Random(4711);
            for (int round = 1; round <= ROUNDS; round++) {
                long id = 1000 + round;
                Map<String, Object> clicked = click(id, NOON.plusSeconds(30));
                List<Map<String, Object>> events = new ArrayList<>(List.of(
                        delivery("MessageDelayed", id, NOON), delivery("MessageHeld", id, NOON.plusSeconds(1)),
                        delivery("MessageSent", id, NOON.plusSeconds(2)), bounce(id, NOON, NOON.plusSeconds(3)),
                        clicked, clicked));
                // one tracker responds with 503 to the duplicate of an event that it is just working on, two must write both
                Collections.shuffle(events.subList(0, 4), random);

                assertThat(atTheSameMoment(posted, events, one.events(), two.events())).containsOnly(200);
                assertThat(one.delivery(id)).containsEntry("state", "bounced").containsEntry("clicks", 1L);
            }
            assertThat(one.count("recipient")).isEqualTo(ROUNDS);
        }
    }

    private static List<Integer> atTheSameMoment(PostedEvents posted, List<Map<String, Object>> events, URI one, URI two)
            throws Exception {
        CyclicBarrier moment = new CyclicBarrier(events.size());
        ExecutorService posters = Executors.newFixedThreadPool(events.size());
        try {
            List<Future<Integer>> responses = new ArrayList<>();
            for (int number = 0; number < events.size(); number++) {
                Map<String, Object> event = events.get(number);
                URI url = number % 2 == 0 ? one : two;
                responses.add(posters.submit(() -> {
                    moment.await();
                    return posted.post(url, event);
                }));
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> response : responses) {
                statuses.add(response.get());
            }
            return statuses;
        } finally {
            posters.shutdownNow();
        }
    }
}
