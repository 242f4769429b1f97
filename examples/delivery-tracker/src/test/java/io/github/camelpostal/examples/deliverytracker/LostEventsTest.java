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
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import org.apache.camel.spi.RouteController;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The endpoint for events is away for 50 minutes; Postal drops an event after six tries in 36 minutes. */
@Timeout(180)
class LostEventsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private PostalSandbox postal;
    private RunningTracker tracker;
    private RouteController routes;

    @BeforeEach
    void start() {
        postal = PostalSandbox.builder().domain("shop.example").virtualTime().start();
        tracker = new RunningTracker(postal, new MovableClock(postal::now), TestDatabase.empty())
                .with("tracker.reconcile.after", "10m").with("tracker.reconcile.delivered-after", "1d").start();
        routes = tracker.context().getRouteController();
    }

    @AfterEach
    void stop() {
        tracker.close();
        postal.close();
    }

    @Test
    void reconcileRestoresTheTrueStatesAndCountsNothingTwice() throws Exception {
        send("early@customer.example", 1);
        postal.advance(Duration.ofSeconds(30));
        postal.server().open(1);
        postal.advance(Duration.ofSeconds(30));
        assertThat(tracker.delivery(1)).containsEntry("state", "delivered").containsEntry("opens", 1L);

        routes.suspendRoute("events");
        routes.suspendRoute("reconcile");
        send("delivered@customer.example, bounced@customer.example, hardfail@customer.example, held@customer.example,"
                + " greylisted@customer.example", 6);
        postal.advance(Duration.ofSeconds(30));
        bounce(postal.message(1).orElseThrow());
        postal.advance(Duration.ofMinutes(50));
        routes.resumeRoute("events");
        postal.advance(Duration.ofHours(1));

        assertThat(postal.webhookRequests()).filteredOn(post -> post.status() == 503).hasSizeGreaterThanOrEqualTo(6 * 6);
        assertThat(tracker.states()).containsExactly("delivered", "accepted", "accepted", "accepted", "accepted", "accepted");
        int posts = postal.webhookRequests().size();

        routes.resumeRoute("reconcile");
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(tracker.states())
                .containsExactly("delivered", "delivered", "bounced", "failed", "held", "delivered"));
        // the bounce of what was delivered before the outage is found a day later
        postal.advance(Duration.ofDays(1));
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(tracker.states())
                .containsExactly("bounced", "delivered", "bounced", "failed", "held", "delivered"));

        assertThat(tracker.states()).isEqualTo(trueStates());
        assertThat(postal.webhookRequests()).as("events after the outage").hasSize(posts);
        // what a bounce says stands in the bounce only, and history does not tell which mail that is
        assertThat(tracker.suppressed()).containsOnly(entry("hardfail@customer.example", "unknown-user"));
        assertThat(tracker.rows("SELECT reason, side FROM delivery WHERE state = 'failed'"))
                .containsExactly(Map.of("reason", "unknown-user", "side", "mailbox"));
        assertThat(tracker.count("recipient")).isEqualTo(6);
        assertThat(tracker.rows("SELECT SUM(opens) AS opens, SUM(clicks) AS clicks FROM delivery").get(0))
                .satisfies(sums -> assertThat(((Number) sums.get("opens")).longValue()).isEqualTo(1));
    }

    @Test
    void findsWhatPostalTellsNobody() throws Exception {
        send("held@customer.example", 1);
        postal.advance(Duration.ofSeconds(30));
        assertThat(tracker.states()).containsExactly("held");

        postal.server().cancelHold(1);
        postal.advance(Duration.ofMinutes(11));

        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(tracker.states()).containsExactly("cancelled"));
    }

    private void send(String recipients, int sentInAll) {
        tracker.write(recipients, "news");
        await().atMost(TIMEOUT).until(() -> tracker.count("recipient") == sentInAll);
    }

    private void bounce(StoredMail mail) {
        postal.receive(null, postal.server().returnPath(), """
                From: mailer-daemon@customer.example
                Subject: Undeliverable

                X-Postal-MsgID: %s
                """.formatted(mail.token()).getBytes(StandardCharsets.US_ASCII));
    }

    private List<String> trueStates() {
        return postal.sent().stream().map(mail -> State.ofStatus(mail.status()).orElseThrow().value()).toList();
    }
}
