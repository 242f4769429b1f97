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
package io.github.camelpostal.internal.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.camelpostal.testing.TestClock;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class JwksKeysTest {

    private static final Duration REFRESH = Duration.ofHours(1);
    private static final Duration BETWEEN_ASKS = Duration.ofSeconds(10);
    private static final Duration AFTER_ERROR = Duration.ofSeconds(5);
    private static final Duration LONG_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration ABANDONMENT = Duration.ofSeconds(30);

    private final KeyServer server = new KeyServer();
    private final TestClock clock = TestClock.standingStill();
    private final ExecutorService background = Executors.newCachedThreadPool();
    private final CloseableHttpClient http = HttpClients.custom().disableRedirectHandling().disableAutomaticRetries().build();
    private JwksKeys keys = keys(LONG_TIMEOUT);

    @AfterEach
    void stop() throws Exception {
        keys.close();
        background.shutdown();
        assertThat(background.awaitTermination(10, TimeUnit.SECONDS)).as("no fetch outlives close()").isTrue();
        server.close();
        http.close();
    }

    @Test
    void startDoesNotWaitForTheServer() throws Exception {
        CountDownLatch release = server.holdResponses();
        server.publish("a");

        keys.start();

        assertThat(keys.keyIds()).isEmpty();
        release.countDown();
        await().until(() -> keys.keyIds().equals(List.of(TestKeys.id("a"))));
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aRequestBeforeTheFirstResponseWaitsForIt() throws Exception {
        server.publish("a");
        CountDownLatch release = server.holdResponses();
        keys.start();
        Future<?> request = background.submit(() -> assertThat(TestKeys.candidates(keys, id("a"))).hasSize(1));

        server.awaitRequest();
        release.countDown();

        request.get(60, TimeUnit.SECONDS);
    }

    @Test
    void aRequestWaitsOnlyWithinItsTimeout() {
        keys.close();
        keys = keys(Duration.ofMillis(50));
        server.publish("a");
        CountDownLatch release = server.holdResponses();

        assertThatThrownBy(() -> TestKeys.candidates(keys, id("a"))).isInstanceOf(KeysUnavailableException.class)
                .hasMessageContaining("in time");
        release.countDown();
    }

    /** Anybody can name keys that do not exist, and the server of the keys may be slow. */
    @Test
    void aKnownKeyNeverWaitsBehindUnknownOnesAndOnlySoManyOfThoseWait() throws Exception {
        server.publish("a");
        TestKeys.candidates(keys, id("a"));
        clock.advance(Duration.ofMinutes(1));
        CountDownLatch release = server.holdResponses();

        List<CompletionStage<List<RSAPublicKey>>> unknown = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            unknown.add(keys.candidates(Optional.of("unknown-" + i))); // on this thread: none of them waits here
        }
        CompletionStage<List<RSAPublicKey>> known = keys.candidates(id("a"));

        assertThat(known.toCompletableFuture()).isCompletedWithValueMatching(found -> found.size() == 1);
        assertThat(unknown).filteredOn(stage -> !stage.toCompletableFuture().isDone()).hasSizeBetween(1, 32);
        release.countDown();
        assertThat(TestKeys.await(unknown.get(0))).isEmpty();
    }

    @Test
    void manyRequestsAtOnceAskTheServerOnce() throws Exception {
        server.publish("a");
        CountDownLatch release = server.holdResponses();
        List<Future<?>> requests = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            requests.add(background.submit(() -> assertThat(TestKeys.candidates(keys, id("a"))).hasSize(1)));
        }
        server.awaitRequest();
        release.countDown();
        for (Future<?> request : requests) {
            request.get(60, TimeUnit.SECONDS);
        }

        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void keysAreUsedWithoutAskingUntilTheyAreOld() throws Exception {
        server.publish("a");
        TestKeys.candidates(keys, id("a"));

        clock.advance(REFRESH.minusSeconds(1));
        TestKeys.candidates(keys, id("a"));

        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void oldKeysAreRefreshedInTheBackgroundAndTheOneThatIsGoneIsDropped() throws Exception {
        server.publish("a", "b");
        TestKeys.candidates(keys, id("a"));
        server.publish("b");
        CountDownLatch release = server.holdResponses();

        clock.advance(REFRESH);
        assertThat(TestKeys.candidates(keys, id("a"))).as("nobody waits for the refresh").hasSize(1);

        release.countDown();
        await().until(() -> keys.keyIds().equals(List.of(TestKeys.id("b"))));
        assertThat(TestKeys.candidates(keys, id("a"))).isEmpty();
        assertThat(TestKeys.candidates(keys, Optional.empty())).containsExactly(TestKeys.publicKey("b"));
    }

    @Test
    void anUnknownKeyIdIsAskedForAtOnce() throws Exception {
        server.publish("a");
        TestKeys.candidates(keys, id("a"));
        server.publish("b");
        clock.advance(BETWEEN_ASKS);

        assertThat(TestKeys.candidates(keys, id("b"))).containsExactly(TestKeys.publicKey("b"));
    }

    @Test
    void unknownKeyIdsAreAskedForOncePerInterval() throws Exception {
        server.publish("a");
        TestKeys.candidates(keys, id("a"));
        clock.advance(BETWEEN_ASKS);

        for (int i = 0; i < 50; i++) {
            assertThat(TestKeys.candidates(keys, Optional.of("forged-" + i))).isEmpty();
        }
        assertThat(server.requests()).hasSize(2);

        clock.advance(BETWEEN_ASKS);
        TestKeys.candidates(keys, Optional.of("forged"));
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void withoutAKeyIdAllKeysAreCandidates() throws Exception {
        server.publish("a", "b");

        assertThat(TestKeys.candidates(keys, Optional.empty())).containsExactly(TestKeys.publicKey("a"),
                TestKeys.publicKey("b"));
    }

    @Test
    void theLastGoodKeysStayWhileTheServerIsAway() throws Exception {
        server.publish("a");
        TestKeys.candidates(keys, id("a"));
        server.respond(500, "boom");

        for (int day = 0; day < 3; day++) {
            clock.advance(Duration.ofDays(1));
            assertThat(TestKeys.candidates(keys, id("a"))).hasSize(1);
            int expected = day + 2;
            await().until(() -> server.requests().size() == expected);
            awaitEndOfFetch();
        }
        assertThatThrownBy(() -> TestKeys.candidates(keys, id("b"))).as("whether b is a key of Postal's cannot be told")
                .isInstanceOf(KeysUnavailableException.class);
        server.publish("b");
        clock.advance(AFTER_ERROR);
        assertThat(TestKeys.candidates(keys, id("b"))).hasSize(1);
    }

    @Test
    void aFailedFetchIsRememberedForAMoment() throws Exception {
        server.respond(503, "");
        for (int i = 0; i < 50; i++) {
            assertThatThrownBy(() -> TestKeys.candidates(keys, id("a"))).isInstanceOf(KeysUnavailableException.class);
        }
        assertThat(server.requests()).hasSize(1);

        server.publish("a");
        clock.advance(AFTER_ERROR);
        assertThat(TestKeys.candidates(keys, id("a"))).hasSize(1);
    }

    @Test
    void aClockThatIsSetBackDoesNotStopTheFetching() throws Exception {
        server.respond(503, "");
        assertThatThrownBy(() -> TestKeys.candidates(keys, id("a"))).isInstanceOf(KeysUnavailableException.class);
        server.publish("a");

        clock.advance(Duration.ofDays(-2));

        assertThat(TestKeys.candidates(keys, id("a"))).hasSize(1);
    }

    @Test
    void aFetchThatDoesNotEndIsGivenUp() throws Exception {
        server.publish("a");
        CountDownLatch release = server.holdResponses();
        keys.start();
        server.awaitRequest();
        server.holdNoResponses();

        clock.advance(ABANDONMENT);

        assertThat(TestKeys.candidates(keys, id("a"))).hasSize(1);
        release.countDown();
    }

    @Test
    void sendsNoCredentialAndTheHostThatIsConfigured() throws Exception {
        server.publish("a");

        TestKeys.candidates(keys, id("a"));

        KeyServer.Request request = server.requests().get(0);
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.path()).isEqualTo("/.well-known/jwks.json");
        assertThat(request.headers().get("Host")).containsExactly("postal.example.com");
        assertThat(request.headers().get("Accept")).containsExactly("application/json");
        assertThat(request.headers().keySet()).isSubsetOf("Host", "Accept", "Accept-encoding", "User-agent", "Connection");
    }

    @Test
    void closeEndsAFetchAndWhoeverWaitsForIt() throws Exception {
        server.holdResponses();
        Future<?> waiting = background
                .submit(() -> assertThatThrownBy(() -> TestKeys.candidates(keys, id("a")))
                        .isInstanceOf(KeysUnavailableException.class));
        server.awaitRequest();

        keys.close();

        waiting.get(60, TimeUnit.SECONDS);
        assertThatThrownBy(() -> TestKeys.candidates(keys, id("a"))).isInstanceOf(KeysUnavailableException.class);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void anExecutorThatIsShutDownIsTheSameAsAServerThatIsAway() {
        background.shutdown();

        assertThatThrownBy(() -> TestKeys.candidates(keys, id("a"))).isInstanceOf(KeysUnavailableException.class);
    }

    private void awaitEndOfFetch() {
        // an id that nobody knows joins the fetch under way, if there still is one
        assertThatThrownBy(() -> TestKeys.candidates(keys, Optional.of("nobody's")))
                .isInstanceOf(KeysUnavailableException.class);
    }

    private JwksKeys keys(Duration timeout) {
        return new JwksKeys(new JwksSource(http, server.url(), Optional.of("postal.example.com")),
                new JwksKeys.Pace(REFRESH, BETWEEN_ASKS, AFTER_ERROR, timeout, ABANDONMENT), clock, background);
    }

    private static Optional<String> id(String name) {
        return Optional.of(TestKeys.id(name));
    }
}
