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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import io.github.camelpostal.sandbox.PostalSandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages that no event tells of, because Postal has no webhook. */
@Timeout(180)
class ReconcileTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final MovableClock clock = new MovableClock();

    @Test
    void leavesAloneWhatIsNotSilentForLongEnough() throws Exception {
        try (PostalSandbox postal = PostalSandbox.builder().domain("shop.example").start();
                RunningTracker tracker = start(postal.url(), TestDatabase.empty())) {
            tracker.write("zoe@customer.example", "news");
            await().atMost(TIMEOUT).until(() -> tracker.count("recipient") == 1);
            clock.advance(Duration.ofMinutes(9));
            tracker.write("amy@customer.example", "news");
            await().atMost(TIMEOUT).until(() -> tracker.count("recipient") == 2);
            postal.awaitSentTo("zoe@customer.example", TIMEOUT);
            clock.advance(Duration.ofMinutes(1));

            await().atMost(TIMEOUT).untilAsserted(() -> assertThat(tracker.states()).containsExactly("delivered", "accepted"));
        }
    }

    @Test
    void twoTrackersOnOneDatabaseAskOncePerMessageAndWaitLongerEachTime() throws Exception {
        Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
        HttpServer postal = responding(asked, "{\"status\":\"success\",\"time\":0.1,\"flags\":{},\"data\":[]}");
        URI url = URI.create("http://127.0.0.1:" + postal.getAddress().getPort());
        String database = TestDatabase.empty();
        try (RunningTracker one = start(url, database); RunningTracker two = start(url, database)) {
            for (int id = 1; id <= 20; id++) {
                accepted(one, id);
            }
            await().atMost(TIMEOUT).until(() -> asked.size() == 20);
            clock.advance(Duration.ofMinutes(19));
            accepted(one, 21);
            await().atMost(TIMEOUT).until(() -> asked.size() == 21);
            assertThat(asked.values()).as("after 19 of 20 minutes").allMatch(count -> count.get() == 1);

            clock.advance(Duration.ofMinutes(1));
            await().atMost(TIMEOUT).until(() -> asked.values().stream().filter(count -> count.get() == 2).count() == 21 - 1);
        } finally {
            postal.stop(0);
        }
    }

    @Test
    void asksAgainAtOnceWhenPostalWasAway() throws Exception {
        int port = RunningTracker.freePort();
        String database = TestDatabase.empty();
        try (RunningTracker tracker = start(URI.create("http://127.0.0.1:" + port), database)) {
            accepted(tracker, 1);
            await().atMost(TIMEOUT).until(() -> tracker.context().getRoute("reconcile").getUptimeMillis() > 1_500);
            assertThat(tracker.states()).containsExactly("accepted");

            Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
            HttpServer postal = responding(port, asked, """
                    {"status":"success","time":0.1,"flags":{},"data":[{"id":1,"status":"SoftFail","details":"","output":"",
                    "sent_with_ssl":false,"log_id":"A","time":0.1,"timestamp":1795000000.5},{"id":2,"status":"Sent","details":"",
                    "output":"","sent_with_ssl":false,"log_id":"B","time":0.1,"timestamp":1795000300.5}]}""");
            try {
                await().atMost(TIMEOUT).untilAsserted(() -> assertThat(tracker.states()).containsExactly("delivered"));
            } finally {
                postal.stop(0);
            }
        }
    }

    @Test
    void asksNoMoreAboutAMessageThatPostalDoesNotKnow() throws Exception {
        try (PostalSandbox postal = PostalSandbox.builder().domain("shop.example").start();
                RunningTracker tracker = start(postal.url(), TestDatabase.empty())) {
            accepted(tracker, 4711);

            await().atMost(TIMEOUT).until(() -> tracker.rows("SELECT check_at FROM recipient").get(0).get("check_at") == null);
            assertThat(tracker.states()).containsExactly("accepted");
        }
    }

    private RunningTracker start(URI postal, String database) {
        return new RunningTracker(postal, PostalSandbox.DEFAULT_API_KEY, clock, database)
                .with("tracker.reconcile.after", "10m").start();
    }

    /** Sent long ago. */
    private void accepted(RunningTracker tracker, long id) {
        tracker.change(
                "INSERT INTO recipient (server, id, token, rcpt_to, state, state_rank, learned_from, created_at, changed_at,"
                        + " checks, check_at) VALUES ('shop', ?, 'token', 'zoe@customer.example', 'accepted', 0, 'send', ?, ?, 0, ?)",
                id,
                now(), now(), now());
    }

    private Object now() {
        return new TrackerClock(clock).now();
    }

    private static HttpServer responding(Map<String, AtomicInteger> asked, String response) throws Exception {
        return responding(0, asked, response);
    }

    private static HttpServer responding(int port, Map<String, AtomicInteger> asked, String response) throws Exception {
        HttpServer postal = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        postal.createContext("/api/v1/messages/deliveries", call -> {
            String question = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.computeIfAbsent(question, id -> new AtomicInteger()).incrementAndGet();
            byte[] bytes = response.getBytes(StandardCharsets.UTF_8);
            call.getResponseHeaders().add("Content-Type", "application/json; charset=utf-8");
            call.sendResponseHeaders(200, bytes.length);
            call.getResponseBody().write(bytes);
            call.close();
        });
        postal.start();
        return postal;
    }
}
