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
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import io.github.camelpostal.sandbox.PostalSandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class AlarmRoutesTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final MovableClock clock = new MovableClock();
    private PostalSandbox postal;
    private RunningTracker tracker;

    @BeforeEach
    void start() {
        postal = PostalSandbox.builder().domain("shop.example").clock(clock).start();
        tracker = new RunningTracker(postal, clock, TestDatabase.empty()).with("tracker.alarm", "seda:called").start();
    }

    @AfterEach
    void stop() {
        tracker.close();
        postal.close();
    }

    @Test
    void aSendLimitCallsSomebodyAndStopsTheSendingForAnHour() {
        postal.server().sendLimitExceeded(1000, 1000);
        assertThat(called()).isEqualTo("SendLimitExceeded: 1000 of 1000 mails in an hour");

        tracker.write("zoe@customer.example", "news");
        clock.advance(Duration.ofMinutes(59));
        passes(3);
        assertThat(tracker.outbox()).containsExactly("waiting");

        clock.advance(Duration.ofMinutes(2));
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(tracker.outbox()).containsExactly("sent"));
    }

    @Test
    void anApproachingLimitStopsItForAQuarterOfAnHour() {
        postal.server().sendLimitApproaching(900, 1000);
        assertThat(called()).isEqualTo("SendLimitApproaching: 900 of 1000 mails in an hour");

        tracker.write("zoe@customer.example", "news");
        clock.advance(Duration.ofMinutes(14));
        passes(3);
        assertThat(tracker.outbox()).containsExactly("waiting");

        clock.advance(Duration.ofMinutes(2));
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(tracker.outbox()).containsExactly("sent"));
    }

    @Test
    void aDnsErrorOfTheSendingDomainStopsTheSendingAndOneOfAnotherDomainDoesNot() {
        postal.server().dnsError("other.example");
        assertThat(called()).startsWith("DomainDNSError: other.example: SPF missing, DKIM missing");
        tracker.write("zoe@customer.example", "first");
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(tracker.outbox()).containsExactly("sent"));

        postal.server().dnsError("shop.example");
        assertThat(called()).startsWith("DomainDNSError: shop.example: SPF missing");
        tracker.write("zoe@customer.example", "second");
        passes(3);
        assertThat(tracker.outbox()).containsExactly("sent", "waiting");

        clock.advance(Duration.ofHours(3));
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(tracker.outbox()).containsExactly("sent", "sent"));
        assertThat(tracker.count("alarm")).isEqualTo(2);
    }

    @Test
    void aPersonCanLetTheSendingGoOnAtOnce() throws Exception {
        postal.server().sendLimitExceeded(1000, 1000);
        called();
        tracker.write("zoe@customer.example", "news");

        assertThat(resume("application/x-www-form-urlencoded")).isBetween(400, 499);
        assertThat(resume("text/plain")).isBetween(400, 499);
        assertThat(tracker.count("sending_pause")).isEqualTo(1);
        assertThat(resume("application/json")).isEqualTo(200);

        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(tracker.outbox()).containsExactly("sent"));
    }

    private String called() {
        return tracker.context().createConsumerTemplate().receiveBody("seda:called", TIMEOUT.toMillis(), String.class);
    }

    /** The outbox was looked at that often. */
    private void passes(int polls) {
        var consumer = (org.apache.camel.support.ScheduledPollConsumer) tracker.context().getRoute("outbox").getConsumer();
        long before = consumer.getCounter();
        await().atMost(TIMEOUT).until(() -> consumer.getCounter() >= before + polls);
    }

    private int resume(String contentType) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(tracker.url("/resume")).header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString("{}")).build();
        return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
