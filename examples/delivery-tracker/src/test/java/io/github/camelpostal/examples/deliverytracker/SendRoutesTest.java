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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import io.github.camelpostal.sandbox.PostalSandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class SendRoutesTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final MovableClock clock = new MovableClock();

    @Test
    void suppressedRecipientsAreLeftOutAndWrittenDownAndTheOthersGetTheMail() {
        try (PostalSandbox postal = sandbox(); RunningTracker tracker = start(postal)) {
            tracker.write("bounced@customer.example, hardfail@customer.example", "first");
            await().atMost(TIMEOUT).untilAsserted(() -> assertThat(tracker.suppressed()).hasSize(2));

            tracker.write("\"Doe, Jane\" <jane@customer.example>, Bounced@Customer.Example, hardfail@customer.example",
                    "second");
            await().atMost(TIMEOUT).untilAsserted(() -> assertThat(tracker.outbox()).containsExactly("sent", "sent"));

            assertThat(postal.sent()).extracting(mail -> mail.rcptTo()).containsExactly("bounced@customer.example",
                    "hardfail@customer.example", "jane@customer.example");
            assertThat(tracker.rows("SELECT suppressed FROM outbox ORDER BY id")).extracting(row -> row.get("suppressed"))
                    .containsExactly("", "Bounced@Customer.Example, hardfail@customer.example");
        }
    }

    @Test
    void aMailWithoutAnyRecipientLeftIsRefused() {
        try (PostalSandbox postal = sandbox(); RunningTracker tracker = start(postal)) {
            tracker.write("hardfail@customer.example", "first");
            await().atMost(TIMEOUT).untilAsserted(() -> assertThat(tracker.suppressed()).hasSize(1));

            tracker.write("hardfail@customer.example", "second");
            await().atMost(TIMEOUT).untilAsserted(() -> assertThat(tracker.outbox()).containsExactly("sent", "refused"));

            assertThat(postal.sent()).hasSize(1);
        }
    }

    @Test
    void whoLeavesTheNewsByTheLinkOfHisMailGetsNoNewsAndAllElse() throws Exception {
        try (PostalSandbox postal = sandbox(); RunningTracker tracker = start(postal)) {
            tracker.writeNews("Zoë <zoe@customer.example>");
            HttpRequest.Builder link = HttpRequest.newBuilder(URI.create(postal.awaitSentTo("zoe@customer.example", TIMEOUT)
                    .mime().getHeader("List-Unsubscribe", null).replaceAll("[<>\\s]", "")));
            assertThat(status(link.GET())).isEqualTo(200);
            assertThat(tracker.suppressed()).as("a scanner looks at links").isEmpty();

            assertThat(status(link.POST(HttpRequest.BodyPublishers.ofString("List-Unsubscribe=One-Click")))).isEqualTo(200);
            tracker.writeNews("zoe@customer.example");
            tracker.write("zoe@customer.example", "order");

            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(tracker.outbox()).containsExactly("sent", "refused", "sent"));
            assertThat(postal.sent()).extracting(mail -> mail.tag()).containsExactly("news", "order");
            assertThat(postal.sent().get(1).mime().getHeader("List-Unsubscribe")).isNull();
        }
    }

    private static int status(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Test
    void aSuppressedAddressGetsMailAgainWhenItsTimeIsOver() {
        try (PostalSandbox postal = PostalSandbox.builder().domain("shop.example").clock(clock).start();
                RunningTracker tracker = start(postal)) {
            tracker.write("hardfail@customer.example", "first");
            await().atMost(TIMEOUT).untilAsserted(() -> assertThat(tracker.suppressed()).hasSize(1));

            clock.advance(Duration.ofDays(91));
            tracker.write("hardfail@customer.example", "second");

            await().atMost(TIMEOUT).untilAsserted(() -> assertThat(tracker.outbox()).containsExactly("sent", "sent"));
        }
    }

    @Test
    void aMailThatPostalRefusesHasFailedWithTheReasonAndTheNextIsSent() {
        try (PostalSandbox postal = sandbox(); RunningTracker tracker = start(postal)) {
            tracker.write("no address at all <", "broken");
            tracker.change("INSERT INTO outbox (recipients, subject) VALUES ('zoe@customer.example', 'No body')");
            tracker.write("zoe@customer.example", "good");

            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(tracker.outbox()).containsExactly("failed", "failed", "sent"));
            assertThat(tracker.rows("SELECT reason FROM outbox WHERE id = 2").get(0).get("reason").toString())
                    .contains("NoContent");
        }
    }

    @Test
    void aMailWaitsWhilePostalIsAwayAndIsSentOnceAfterwards() {
        int port = RunningTracker.freePort();
        try (RunningTracker tracker = new RunningTracker(URI.create("http://127.0.0.1:" + port), PostalSandbox.DEFAULT_API_KEY,
                clock, TestDatabase.empty()).start()) {
            tracker.write("zoe@customer.example", "news");
            await().atMost(TIMEOUT).until(() -> tracker.count("sending_pause") == 1);
            await().atMost(TIMEOUT).untilAsserted(() -> assertThat(tracker.outbox()).containsExactly("waiting"));

            try (PostalSandbox postal = PostalSandbox.builder().port(port).domain("shop.example").start()) {
                clock.advance(Duration.ofSeconds(31));
                await().atMost(TIMEOUT).untilAsserted(() -> assertThat(tracker.outbox()).containsExactly("sent"));
                assertThat(postal.sent()).hasSize(1);
            }
        }
    }

    @Test
    void aMailOfWhichNobodyKnowsWhetherItWasSentIsNotSentAgain() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        HttpServer postal = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        postal.createContext("/api/v1/send/message", call -> {
            calls.incrementAndGet();
            call.getRequestBody().readAllBytes();
            call.sendResponseHeaders(500, -1);
            call.close();
        });
        postal.start();
        URI url = URI.create("http://127.0.0.1:" + postal.getAddress().getPort());
        try (RunningTracker tracker = new RunningTracker(url, "key", clock, TestDatabase.empty()).start()) {
            tracker.write("zoe@customer.example", "one");
            tracker.write("zoe@customer.example", "two");

            await().atMost(TIMEOUT).untilAsserted(() -> assertThat(tracker.outbox()).containsExactly("review", "review"));
            assertThat(calls).hasValue(2);
        } finally {
            postal.stop(0);
        }
    }

    @Test
    void aSuspendedMailServerStopsTheSendingAndTheMailIsNotToBlame() {
        try (PostalSandbox postal = sandbox(); RunningTracker tracker = start(postal)) {
            postal.server().suspend();
            tracker.write("zoe@customer.example", "news");
            await().atMost(TIMEOUT).until(() -> tracker.count("sending_pause") == 1);

            postal.server().unsuspend();
            clock.advance(Duration.ofMinutes(6));

            await().atMost(TIMEOUT).untilAsserted(() -> assertThat(tracker.outbox()).containsExactly("sent"));
        }
    }

    private static PostalSandbox sandbox() {
        return PostalSandbox.builder().domain("shop.example").start();
    }

    private RunningTracker start(PostalSandbox postal) {
        return new RunningTracker(postal, clock, TestDatabase.empty()).start();
    }
}
