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
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.camelpostal.testing.Bodies;
import io.github.camelpostal.testing.ForkedJava;
import io.github.camelpostal.testing.TestKey;
import io.github.camelpostal.testing.Wire;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** What an operator sees of a consumer on a dashboard. */
class WebhookMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    @Test
    void showsWhatWasReceivedAndWhatBecameOfIt() throws Exception {
        try (CamelApp app = start(registry, "")) {
            post(app, Bodies.event("e1"));
            post(app, Bodies.event("e1"));
            Wire.post(app.port(), "/postal", Bodies.event("e2"));

            await().untilAsserted(() -> {
                assertThat(requests("completed")).isEqualTo(1);
                assertThat(requests("duplicate")).isEqualTo(1);
                assertThat(requests("unverified")).isEqualTo(1);
            });
            assertThat(requests("full")).isZero();
            assertThat(registry.get("camel.postal.webhook.requests").tags("status", "503", "response", "unverified", "path",
                    "/postal", "camelContext", app.context().getName()).functionCounter().count()).isEqualTo(1);
            assertThat(registry.get("camel.postal.webhook.verified").functionCounter().count()).isEqualTo(2);
            assertThat(registry.get("camel.postal.webhook.keys.not.stored").functionCounter().count()).isZero();
        }
    }

    @Test
    void showsHowOldTheEventsWereThatArrived() throws Exception {
        try (CamelApp app = start(registry, "")) {
            assertThat(registry.get("camel.postal.webhook.age.last").timeGauge().value()).isNaN();

            post(app, Bodies.event("e1"));

            await().untilAsserted(
                    () -> assertThat(registry.get("camel.postal.webhook.age").functionTimer().count()).isEqualTo(1));
            assertThat(registry.get("camel.postal.webhook.age.last").timeGauge().value(TimeUnit.DAYS)).isNotNaN();
        }
    }

    @Test
    void showsWorkInFlightAndWorkThatEndedLate() throws Exception {
        try (CamelApp app = start(registry, "&processingTimeout=1s")) {
            assertThat(post(app, Bodies.event("slow")).status()).isEqualTo(503);
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(registry.get("camel.postal.webhook.in.flight").gauge().value()).isEqualTo(1);
            assertThat(registry.get("camel.postal.webhook.in.flight.longest").timeGauge().value(TimeUnit.SECONDS)).isPositive();

            end.countDown();

            await().untilAsserted(() -> {
                assertThat(registry.get("camel.postal.webhook.late.results").functionCounter().count()).isEqualTo(1);
                assertThat(registry.get("camel.postal.webhook.in.flight").gauge().value()).isZero();
                assertThat(registry.get("camel.postal.webhook.in.flight.longest").timeGauge().value()).isZero();
            });
        }
    }

    @Test
    void countsOnWhenTheRouteIsStartedAgainAndGoesWithTheContext() throws Exception {
        try (CamelApp app = start(registry, "")) {
            post(app, Bodies.event("e1"));
            app.context().getRouteController().stopRoute("webhook");
            post(app, Bodies.event("e2"));
            app.context().getRouteController().startRoute("webhook");
            post(app, Bodies.event("e3"));

            await().untilAsserted(() -> {
                assertThat(requests("completed")).isEqualTo(2);
                assertThat(requests("not_open")).isEqualTo(1);
            });
        }
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void appearsOnceWhereSeveralRegistriesFormOne() throws Exception {
        SimpleMeterRegistry part = new SimpleMeterRegistry();
        CompositeMeterRegistry whole = new CompositeMeterRegistry();
        whole.add(part);
        try (CamelApp app = CamelApp.create()) {
            app.context().getRegistry().bind("part", part);
            app.context().getRegistry().bind("whole", whole);
            startWith(app, "");
            post(app, Bodies.event("e1"));

            await().untilAsserted(
                    () -> assertThat(part.get("camel.postal.webhook.verified").functionCounter().count()).isEqualTo(1));
            assertThat(part.find("camel.postal.webhook.verified").meters()).hasSize(1);
        }
        assertThat(part.getMeters()).isEmpty();
    }

    @Test
    void receivesWhereThereIsNoMicrometer() throws Exception {
        String without = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("micrometer")).collect(Collectors.joining(File.pathSeparator));
        try (ForkedJava process = ForkedJava.start(without, WithoutMicrometer.class, List.of())) {
            assertThat(process.report()).isEqualTo("micrometer: absent");
            assertThat(process.report()).isEqualTo("response: 200");
            assertThat(process.report()).isEqualTo("producer: started");
        }
    }

    /** Runs in a process of its own. */
    static final class WithoutMicrometer {

        private WithoutMicrometer() {
        }

        public static void main(String[] args) throws Exception {
            ForkedJava.endWithTheTest();
            try (WebhookApp app = WebhookApp.start()) {
                boolean absent = app.context().getClassResolver()
                        .resolveClass("io.micrometer.core.instrument.MeterRegistry") == null;
                ForkedJava.tell("micrometer: " + (absent ? "absent" : "there"));
                ForkedJava.tell("response: " + app.post(Bodies.event("e1")).status());
                app.context().getEndpoint("postal:send?serverUrl=http://127.0.0.1:1&apiKey=key").createProducer().start();
                ForkedJava.tell("producer: started");
            }
        }
    }

    private double requests(String response) {
        return registry.get("camel.postal.webhook.requests").tag("response", response).functionCounter().count();
    }

    private static Wire.Response post(CamelApp app, byte[] body) throws Exception {
        return Wire.post(app.port(), "/postal", body, TestKey.SHARED.signature(body));
    }

    private CamelApp start(MeterRegistry meters, String options) throws Exception {
        CamelApp app = CamelApp.create();
        app.context().getRegistry().bind("meters", meters);
        return startWith(app, options);
    }

    private CamelApp startWith(CamelApp app, String options) throws Exception {
        app.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?publicKey=RAW(" + TestKey.SHARED.publicKey() + ")" + options).routeId("webhook")
                        .filter(header("CamelPostalEventId").isEqualTo("slow")).process(exchange -> {
                            begun.countDown();
                            end.await(60, TimeUnit.SECONDS);
                        });
            }
        });
        app.context().start();
        return app;
    }
}
