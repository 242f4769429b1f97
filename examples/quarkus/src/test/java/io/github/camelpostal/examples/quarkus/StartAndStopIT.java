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
package io.github.camelpostal.examples.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Postal bounces a mail that gets a 4xx. Quarkus must send none: not while it starts or stops, and not for a large mail. */
class StartAndStopIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    private static final int CLOSED = 0;

    private final Map<Integer, Integer> responses = new ConcurrentHashMap<>();
    private final ExecutorService posters = Executors.newFixedThreadPool(3);
    private final CountDownLatch enough = new CountDownLatch(1);
    private SigningKey key;

    @BeforeEach
    void makeKey() throws GeneralSecurityException {
        key = new SigningKey();
    }

    @AfterEach
    void stopPosting() throws InterruptedException {
        enough.countDown();
        posters.shutdown();
        assertThat(posters.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void respondsWith200And503OnlyWhileItStartsAndStopsUnderLoad() throws Exception {
        int port = PackagedParty.freePort();
        try (PackagedParty first = start(port)) {
            for (int i = 0; i < 3; i++) {
                posters.execute(() -> post(first));
            }
            awaitMore(200);
            first.terminate();
            awaitMore(CLOSED);
        }
        try (PackagedParty second = start(port)) {
            awaitMore(200);
            second.terminate();
            awaitMore(CLOSED);
        }
        stopPosting();

        assertThat(responses).containsKeys(200, CLOSED).doesNotContainKeys(404, 400, 413)
                .allSatisfy((status, count) -> assertThat(status).isIn(200, 503, CLOSED));
    }

    @Test
    void refusesToStartWhereQuarkusWouldRejectAMailThatTheComponentTakes() throws Exception {
        try (PackagedParty party = start(PackagedParty.freePort(), "quarkus.http.limits.max-body-size=10240K")) {
            assertThat(party.awaitEnd()).isNotZero();
            assertThat(party.output()).contains("quarkus.http.limits.max-body-size=65536K", "413");
        }
    }

    /** The reason for the refusal above. */
    @Test
    void quarkusItselfRejectsWhatIsOverItsLimit() throws Exception {
        try (PackagedParty party = start(PackagedParty.freePort(), "quarkus.http.limits.max-body-size=100K",
                "camel.component.postal.max-body-size=100000")) {
            await().atMost(TIMEOUT).until(party::isOpen);

            HttpRequest large = key.request(party.at("/postal"), "{\"x\":\"" + "x".repeat(300_000) + "\"}");
            assertThat(PackagedParty.status(HttpClient.newHttpClient(), large)).isIn(413, CLOSED);
        }
    }

    @Test
    void healthNamesTheEndpointWhosePostalIsAway() throws Exception {
        try (PackagedParty party = PackagedParty.start(PackagedParty.freePort(),
                List.of("camel.component.postal.server-url=http://127.0.0.1:" + PackagedParty.freePort(),
                        "camel.component.postal.api-key=key"))) {
            await().atMost(TIMEOUT).until(party::isOpen);

            assertThat(party.get("/q/health/ready").statusCode()).isEqualTo(503);
            assertThat(party.get("/q/health/ready").body()).contains("\"postal://webhook?path=/postal\"",
                    "\"postal.keys\": \"0\"",
                    "\"postal.problem\": \"unreachable\"");
        }
    }

    private PackagedParty start(int port, String... properties) throws Exception {
        List<String> all = new ArrayList<>(List.of("camel.component.postal.server-url=http://127.0.0.1:1",
                "camel.component.postal.api-key=key", "camel.component.postal.public-key=" + key.publicKey()));
        all.addAll(List.of(properties));
        return PackagedParty.start(port, all);
    }

    private void post(PackagedParty party) {
        HttpClient client = HttpClient.newHttpClient();
        try {
            while (!enough.await(2, TimeUnit.MILLISECONDS)) {
                int status = PackagedParty.status(client, key.event(party.at("/postal"), UUID.randomUUID().toString()));
                responses.merge(status, 1, Integer::sum);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitMore(int status) {
        int before = responses.getOrDefault(status, 0);
        await().atMost(TIMEOUT).until(() -> responses.getOrDefault(status, 0) > before + 20);
    }
}
