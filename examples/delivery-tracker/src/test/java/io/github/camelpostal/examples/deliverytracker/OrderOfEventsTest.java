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
import static io.github.camelpostal.examples.deliverytracker.PostedEvents.incoming;
import static io.github.camelpostal.examples.deliverytracker.PostedEvents.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Postal posts its events in no order, and some of them before it responds to the send. */
@Timeout(180)
class OrderOfEventsTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.500Z");

    private static PostedEvents posted;
    private static RunningTracker tracker;
    private static long nextId = 1000;

    @BeforeAll
    static void start() throws Exception {
        posted = new PostedEvents();
        tracker = new RunningTracker(posted.postal, new MovableClock(), TestDatabase.empty()).start();
    }

    @AfterAll
    static void stop() {
        tracker.close();
        posted.postal.close();
    }

    @Test
    void everyOrderOfALongLifeEndsInTheSameRow() throws Exception {
        assertThat(resultsOfAllOrders(id -> List.of(
                delivery("MessageDelayed", id, NOON),
                delivery("MessageHeld", id, NOON.plusSeconds(60)),
                delivery("MessageSent", id, NOON.plusSeconds(120)),
                bounce(id, NOON.plusSeconds(180), NOON.plusSeconds(185)),
                open(id, NOON.plusSeconds(150)))))
                .containsExactly("bounced at 2026-11-20T12:03:05.500Z, opens 1, clicks 0, not suppressed");
    }

    @Test
    void everyOrderOfEventsWithTheSameTimeEndsInTheSameRow() throws Exception {
        assertThat(resultsOfAllOrders(id -> List.of(
                delivery("MessageDelayed", id, NOON),
                delivery("MessageHeld", id, NOON),
                delivery("MessageSent", id, NOON),
                delivery("MessageDelayed", id, NOON))))
                .containsExactly("delivered at 2026-11-20T12:00:00.500Z, opens 0, clicks 0, not suppressed");
    }

    @Test
    void everyOrderOfRepeatedAttemptsAndClicksEndsInTheSameRow() throws Exception {
        assertThat(resultsOfAllOrders(id -> List.of(
                click(id, NOON.plusSeconds(20)),
                click(id, NOON.plusSeconds(20)),
                delivery("MessageDelayed", id, NOON.plusSeconds(300)),
                delivery("MessageDeliveryFailed", id, NOON.plusSeconds(700)))))
                .containsExactly(
                        "failed at 2026-11-20T12:11:40.500Z, opens 0, clicks 2, unknown-user mailbox, suppressed unknown-user");
    }

    @Test
    void aLateDelayDoesNotOverwriteTheDelivery() throws Exception {
        long id = nextId++;
        post(delivery("MessageSent", id, NOON.plusSeconds(300)));
        post(delivery("MessageDelayed", id, NOON));

        assertThat(tracker.delivery(id)).containsEntry("state", "delivered");
    }

    @Test
    void whatWasHeldMayBeReleasedAndWhatFailedMayBeTriedAgain() throws Exception {
        long released = nextId++;
        post(delivery("MessageHeld", released, NOON));
        post(delivery("MessageSent", released, NOON.plusSeconds(3600)));
        long again = nextId++;
        post(delivery("MessageDeliveryFailed", again, NOON));
        post(delivery("MessageDelayed", again, NOON.plusSeconds(3600)));

        assertThat(tracker.delivery(released)).containsEntry("state", "delivered");
        assertThat(tracker.delivery(again)).containsEntry("state", "deferred");
    }

    @Test
    void aBounceTakesTheDeliveryBackEvenWhereEventsHaveWholeSeconds() throws Exception {
        long id = nextId++;
        Instant wholeSecond = Instant.parse("2026-11-20T12:00:00Z");
        post(bounce(id, NOON.plusMillis(100), wholeSecond));
        post(delivery("MessageSent", id, NOON));

        assertThat(tracker.delivery(id)).containsEntry("state", "bounced");
    }

    @Test
    void eventsAboutIncomingMailNeverTouchARow() throws Exception {
        long id = nextId++;
        post(delivery("MessageDelayed", id, NOON));
        Map<String, Object> before = tracker.delivery(id);
        post(incoming("MessageSent", id, NOON.plusSeconds(60)));
        post(incoming("MessageDeliveryFailed", id, NOON.plusSeconds(60)));
        post(incoming("MessageSent", id + 500_000, NOON));

        assertThat(tracker.delivery(id)).isEqualTo(before);
        assertThat(tracker.rows("SELECT id FROM recipient WHERE id = ?", id + 500_000)).isEmpty();
        assertThat(tracker.suppressed()).doesNotContainKey("zoe@customer" + id + ".example");
    }

    @Test
    void anEventThatIsFasterThanTheSendsResponseMakesTheRowAndTheResponseCompletesIt() throws Exception {
        // the sandbox counts from 1: the event is there before the mail is
        post(delivery("MessageHeld", 1, NOON));
        assertThat(tracker.delivery(1)).containsEntry("state", "held").containsEntry("outbox_id", null);
        tracker.context().getRouteController().suspendRoute("events");

        tracker.write("Zoë <zoe@customer.example>", "welcome");

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(tracker.delivery(1))
                .containsEntry("state", "held").containsEntry("learned_from", "event").containsEntry("tag", "welcome")
                .containsEntry("rcpt_to", "zoe@customer.example").containsEntry("outbox_id", 1L)
                .containsEntry("token", posted.postal.sent().get(0).token()));
        tracker.context().getRouteController().resumeRoute("events");
    }

    /** What all orders of the events make of a message each. */
    private static Set<String> resultsOfAllOrders(LongFunction<List<Map<String, Object>>> events) throws Exception {
        Set<String> results = new HashSet<>();
        for (List<Integer> order : permutations(events.apply(0).size())) {
            long id = nextId++;
            List<Map<String, Object>> life = events.apply(id);
            for (int number : order) {
                post(life.get(number));
            }
            results.add(result(id));
        }
        return results;
    }

    private static String result(long id) {
        Map<String, Object> row = tracker.delivery(id);
        String suppressed = tracker.suppressed().get("zoe@customer" + id + ".example");
        return "%s at %s, opens %s, clicks %s, %s%s".formatted(row.get("state"), instant(row.get("state_at")),
                row.get("opens"), row.get("clicks"),
                row.get("reason") == null ? "" : row.get("reason") + " " + row.get("side") + ", ",
                suppressed == null ? "not suppressed" : "suppressed " + suppressed);
    }

    private static Instant instant(Object time) {
        return time instanceof java.sql.Timestamp timestamp
                ? timestamp.toInstant()
                : ((java.time.OffsetDateTime) time).toInstant();
    }

    private static void post(Map<String, Object> event) throws Exception {
        assertThat(posted.post(tracker.events(), event)).isEqualTo(200);
    }

    private static List<List<Integer>> permutations(int size) {
        List<List<Integer>> all = List.of(List.of());
        for (int next = 0; next < size; next++) {
            List<List<Integer>> longer = new ArrayList<>();
            for (List<Integer> shorter : all) {
                for (int at = 0; at <= shorter.size(); at++) {
                    List<Integer> order = new ArrayList<>(shorter);
                    order.add(at, next);
                    longer.add(order);
                }
            }
            all = longer;
        }
        return all;
    }
}
