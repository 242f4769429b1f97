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
package io.github.camelpostal.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.github.camelpostal.testing.Bodies;
import io.github.camelpostal.testing.FreePort;
import io.github.camelpostal.testing.TestKey;
import io.github.camelpostal.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Postal bounces a mail that gets a 404, so nobody may ever see one: not while an application starts, nor while it stops. */
class NoLostMailTest {

    private static final int CLOSED = 0;

    private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
    private final ExecutorService posters = Executors.newFixedThreadPool(3);
    private final CountDownLatch enough = new CountDownLatch(1);

    @AfterEach
    void stopPosting() throws InterruptedException {
        enough.countDown();
        posters.shutdown();
        assertThat(posters.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"graceful", "immediate"})
    void respondsOnlyWith200And503WhileAnApplicationStartsAndStopsUnderLoad(String shutdown) throws Exception {
        int port = FreePort.find();
        for (int i = 0; i < 3; i++) {
            posters.execute(() -> postTo(port));
        }
        for (int restart = 0; restart < 2; restart++) {
            try (BootApp app = BootApp.start(port, new BootApp.Kept(), "server.shutdown=" + shutdown)) {
                awaitMore(200);
                app.camel().getRouteController().stopRoute("webhook");
                awaitMore(503);
                app.camel().getRouteController().startRoute("webhook");
                awaitMore(200);
                app.camel().getRouteController().suspendRoute("webhook");
                awaitMore(503);
            }
            awaitMore(CLOSED);
        }
        stopPosting();

        assertThat(statuses).containsOnlyKeys(200, 503, CLOSED);
    }

    @Test
    void respondsWith503AfterTheRoutesHaveGoneAndTheServerHasNot() throws Exception {
        try (BootApp app = BootApp.start(new BootApp.Kept())) {
            app.camel().stop();

            byte[] body = Bodies.event("e1");
            assertThat(Wire.post(app.port(), "/postal", body, TestKey.SHARED.signature(body)).status()).isEqualTo(503);
            assertThat(Wire.post(app.port(), "/postal", body).status()).isEqualTo(503);
            assertThat(Wire.post(app.port(), "/other", body, "X-Postal-Signature: x").status()).isEqualTo(503);
            assertThat(Wire.post(app.port(), "/other", body).status()).isIn(404, 405);
        }
    }

    private void postTo(int port) {
        byte[] body = Bodies.event(UUID.randomUUID().toString());
        String signature = TestKey.SHARED.signature(body);
        try {
            while (!enough.await(1, TimeUnit.MILLISECONDS)) {
                statuses.merge(post(port, body, signature), 1, Integer::sum);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int post(int port, byte[] body, String signature) {
        try {
            return Wire.post(port, "/postal", body, signature, "X-Postal-Signature: x").status();
        } catch (IOException e) {
            return CLOSED;
        }
    }

    private void awaitMore(int status) {
        int before = statuses.getOrDefault(status, 0);
        await().atMost(60, TimeUnit.SECONDS).until(() -> statuses.getOrDefault(status, 0) > before + 20);
    }

}
