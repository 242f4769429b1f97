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
package io.github.camelpostal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.camelpostal.testing.Bodies;
import io.github.camelpostal.testing.LogCapture;
import io.github.camelpostal.testing.TestKey;
import io.github.camelpostal.testing.Wire;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.service.ServiceSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Between the moment the server listens and the moment the routes are made, Postal is told to try again. */
class UnmountedPathTest {

    @Test
    void respondsWith503ToPostalAndOnlyToPostalWhereNothingIsMounted() throws Exception {
        try (WebhookApp app = WebhookApp.start()) {
            byte[] body = Bodies.event("e1");

            assertThat(Wire.post(app.port(), "/typo", body, TestKey.SHARED.signature(body)).status()).isEqualTo(503);
            assertThat(Wire.post(app.port(), "/typo", body, "X-Postal-Signature: x").status()).isEqualTo(503);
            assertThat(Wire.post(app.port(), "/typo", body).status()).isEqualTo(404);
            assertThat(app.send("GET", "/typo", new byte[0], "X-Postal-Signature: x").status()).isEqualTo(404);
        }
    }

    @Test
    void saysOnceThatPostalSendsToAPathWhereNobodyListens() throws Exception {
        try (LogCapture log = new LogCapture(); WebhookApp app = WebhookApp.start()) {
            Wire.post(app.port(), "/typo", Bodies.event("e1"));
            assertThat(warnings(log, "nobody listens")).isEmpty();

            Wire.post(app.port(), "/typo", Bodies.event("e1"), "X-Postal-Signature: x");
            Wire.post(app.port(), "/typo", Bodies.event("e2"), "X-Postal-Signature: x");

            Awaitility.await().until(() -> !warnings(log, "nobody listens").isEmpty());
            assertThat(warnings(log, "nobody listens")).singleElement().asString().contains("postal:webhook");
        }
    }

    private static List<String> warnings(LogCapture log, String words) {
        return log.lines().stream().filter(line -> line.startsWith("WARN") && line.contains(words)).toList();
    }

    @Test
    void readsTheBodyToItsEndFirst() throws Exception {
        try (WebhookApp app = WebhookApp.start()) {
            assertThat(Wire.post(app.port(), "/typo", new byte[5_000_000], "X-Postal-Signature: x").status()).isEqualTo(503);
        }
    }

    @Test
    void leavesPostalWithout404sWhileApplicationsStart() throws Exception {
        List<Integer> seen = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 3; i++) {
            startUnderLoad(seen);
        }
        assertThat(seen).contains(503).contains(200).allMatch(status -> status == 200 || status == 503);
    }

    private static void startUnderLoad(List<Integer> seen) throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        try (CamelApp app = CamelApp.create()) {
            Thread postal = new Thread(() -> {
                while (!enough.get()) {
                    try {
                        seen.add(Wire.post(app.port(), "/postal", Bodies.event("e1"), "X-Postal-Signature: x").status());
                    } catch (IOException | RuntimeException notListening) {
                        Thread.onSpinWait();
                    }
                }
            });
            postal.start();
            app.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("postal:webhook?verifySignature=false").to("mock:end");
                }
            });
            app.context().addService(new SlowToStart(seen));
            app.context().start();
            Awaitility.await().until(() -> seen.contains(200));
            enough.set(true);
            postal.join();
        }
    }

    /** Something between the HTTP server and the routes that takes until Postal has called a few times. */
    private static final class SlowToStart extends ServiceSupport {

        private final List<Integer> seen;

        SlowToStart(List<Integer> seen) {
            this.seen = seen;
        }

        @Override
        protected void doStart() {
            int before = seen.size();
            Awaitility.await().until(() -> seen.size() > before + 20);
        }
    }
}
