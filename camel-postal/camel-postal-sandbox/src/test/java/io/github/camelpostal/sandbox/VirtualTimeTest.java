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
package io.github.camelpostal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Time that a test lets pass: nothing happens before, everything is done after, whatever the schedule is. */
class VirtualTimeTest {
    private static final JsonNode MEASURED = Recording.of("retry", "measured").json();

    private final Stage stage = new Stage();

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void leavesAMessagePendingUntilTimePasses() {
        StoredMail mail = stage.send("ann@customer.example");

        assertThat(stage.now(mail).status()).isEqualTo("Pending");
        assertThat(stage.postal.webhookRequests()).isEmpty();

        stage.settle();
        assertThat(stage.now(mail).status()).isEqualTo("Sent");
        assertThat(stage.events(mail)).containsExactly("MessageSent");
    }

    @Test
    void passesThirtyOneHoursInAMomentWhenNothingIsDue() {
        long started = System.nanoTime();
        stage.postal.advance(Duration.ofHours(31));

        assertThat(stage.postal.now()).isEqualTo(Stage.START.plus(Duration.ofHours(31)));
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofMinutes(5));
    }

    @Test
    void triesInboundMailEighteenTimesAtTheMeasuredTimesAndThenBouncesItAfterThirtyOneHours() {
        stage.endpoint.respond(503, new byte[0]);
        stage.postal.routeTo(Stage.SUPPORT, stage.endpoint.url("/mail"));
        StoredMail mail = stage.receive(Stage.SUPPORT);

        stage.postal.advance(Duration.ofHours(32));

        List<Instant> times = new ArrayList<>(
                stage.postal.webhookRequests().mail().about(mail).stream().map(WebhookRequest::at).toList());
        assertThat(times).hasSize(18);
        StoredMail.Delivery end = stage.now(mail).deliveries().get(18);
        assertThat(end.status()).isEqualTo("HardFail");
        times.add(end.timestamp());
        assertWaits(times, "incoming_http_endpoint_503_full_schedule");
        assertThat(Duration.between(Stage.START, end.timestamp()))
                .isBetween(Duration.ofHours(31).minusMinutes(5), Duration.ofHours(31));
        assertThat(stage.postal.sent().to(Stage.ALICE).only().bounce()).isTrue();
    }

    @Test
    void triesAnEventSixTimesAtTheMeasuredTimes() {
        stage.webhook.respond(503, new byte[0]);
        StoredMail mail = stage.send("ann@customer.example");

        stage.postal.advance(Duration.ofDays(1));

        List<Instant> attempts = stage.postal.webhookRequests().events("MessageSent").about(mail).stream()
                .map(WebhookRequest::at).toList();
        assertThat(attempts).hasSize(6);
        assertWaits(attempts, "webhook_503_full_schedule");
    }

    @Test
    void doesWhatIsDueInTheOrderInWhichItIsDue() {
        stage.webhook.respond(503, new byte[0]);
        StoredMail first = stage.send("ann@customer.example");
        stage.postal.advance(Duration.ofMinutes(1));
        StoredMail second = stage.send("bob@customer.example");

        stage.postal.advance(Duration.ofMinutes(3));

        assertThat(stage.postal.webhookRequests()).extracting(WebhookRequest::mailId)
                .containsExactly(first.id(), second.id(), first.id(), second.id());
        assertThat(stage.postal.webhookRequests()).extracting(WebhookRequest::at).isSorted();
    }

    @Test
    void refusesToAdvanceARealClock() {
        try (PostalSandbox real = PostalSandbox.builder().keyPair(Signatures.PAIR).start()) {
            assertThatThrownBy(() -> real.advance(Duration.ofSeconds(1)))
                    .isInstanceOf(IllegalStateException.class).hasMessageContaining("virtualTime()");
        }
    }

    /** Postal's database keeps whole seconds, so that what was measured may be up to one second less. */
    private static void assertWaits(List<Instant> times, String schedule) {
        for (int i = 1; i < times.size(); i++) {
            double measured = MEASURED.path(schedule).get(i - 1).path("next_retry_in_seconds").asDouble();
            double wait = Duration.between(times.get(i - 1), times.get(i)).toMillis() / 1000.0;
            assertThat(wait).as("wait after attempt %d", i).isBetween(measured, measured + 1);
        }
    }
}
