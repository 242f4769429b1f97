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

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.testing.Bodies;
import io.github.camelpostal.testing.Wire;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an operator sees of a webhook consumer: its health check through a running Camel context, its counters through JMX. */
class WebhookHealthTest {

    private final PostalSandbox postal = PostalSandbox.start();

    @AfterEach
    void close() {
        postal.close();
    }

    @Test
    void isUpWithKeysAndTellsOfTheLastVerifiedDeliveryAndOfRefusedOnes() throws Exception {
        try (CamelApp app = start(true)) {
            await().untilAsserted(() -> assertThat(check(app).getState()).isEqualTo(HealthCheck.State.UP));
            assertThat(check(app).getDetails()).containsEntry("postal.keys", 1).containsEntry("postal.refused", 0L)
                    .doesNotContainKey("postal.lastVerified");

            assertThat(Wire.post(app.port(), "/postal", Bodies.event("forged")).status()).isEqualTo(503);
            Instant before = Instant.now();
            deliverAnEvent(app);

            assertThat(check(app).getState()).isEqualTo(HealthCheck.State.UP);
            await().untilAsserted(() -> assertThat(check(app).getDetails()).containsEntry("postal.refused", 1L));
            assertThat(Instant.parse((String) check(app).getDetails().get("postal.lastVerified"))).isAfterOrEqualTo(before);
            assertThat(check(app).getDetails().toString()).doesNotContain("canary");
        }
    }

    @Test
    void isDownWhileThereIsNoKeyToVerifyWith() throws Exception {
        postal.withholdKeys();
        try (CamelApp app = start(true)) {
            HealthCheck.Result result = check(app);
            assertThat(result.getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(result.getMessage()).get().asString().contains("keys could not be fetched");
            assertThat(result.getDetails()).containsEntry("postal.keys", 0);
        }
    }

    @Test
    void saysNothingWhenItIsSwitchedOff() throws Exception {
        postal.withholdKeys();
        try (CamelApp app = start(false)) {
            assertThat(check(app).getState()).isEqualTo(HealthCheck.State.UNKNOWN);
        }
    }

    @Test
    void showsItsCountersThroughJmx() throws Exception {
        try (CamelApp app = start(true)) {
            await().untilAsserted(() -> assertThat(check(app).getState()).isEqualTo(HealthCheck.State.UP));
            Wire.post(app.port(), "/postal", Bodies.event("forged"), "Authorization: Basic "
                    + Base64.getEncoder().encodeToString("user:canary-password".getBytes()));
            deliverAnEvent(app);

            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            ObjectName consumer = server.queryNames(new ObjectName("org.apache.camel:context=" + app.context().getName()
                    + ",type=consumers,name=PostalConsumer*"), null).iterator().next();
            await().untilAsserted(() -> assertThat(server.getAttribute(consumer, "Completed")).isEqualTo(1L));
            await().untilAsserted(() -> {
                assertThat(server.getAttribute(consumer, "Received")).isEqualTo(2L);
                assertThat(server.getAttribute(consumer, "Unverified")).isEqualTo(1L);
                assertThat(server.getAttribute(consumer, "RetriesRequested")).isEqualTo(1L);
                assertThat(server.getAttribute(consumer, "InFlight")).isEqualTo(0);
            });
            assertThat(server.getAttribute(consumer, "Duplicates")).isEqualTo(0L);
            assertThat(server.getAttribute(consumer, "LateResults")).isEqualTo(0L);
            assertThat((Long) server.getAttribute(consumer, "LastAgeSeconds")).isBetween(0L, 60L);
            assertThat(server.getAttribute(consumer, "EndpointUri").toString()).doesNotContain("canary");
        }
    }

    private void deliverAnEvent(CamelApp app) {
        postal.postEventsTo(URI.create("http://user:canary-password@127.0.0.1:" + app.port() + "/postal"));
        postal.server().dnsError("example.com");
        postal.awaitWebhookRequest(post -> true, Duration.ofMinutes(1));
        await().untilAsserted(() -> assertThat(check(app).getDetails()).containsKey("postal.lastVerified"));
    }

    private CamelApp start(boolean enabled) throws Exception {
        CamelApp app = CamelApp.create();
        PostalComponent component = new PostalComponent();
        component.getConfiguration().setServerUrl(postal.url().toString());
        component.setHealthCheckConsumerEnabled(enabled);
        app.context().addComponent("postal", component);
        app.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?webhookUsername=user&webhookPassword=canary-password").routeId("webhook").to("log:none");
            }
        });
        app.context().start();
        HealthCheckHelper.getHealthCheckRepository(app.context(), "consumers").setEnabled(true);
        return app;
    }

    private static HealthCheck.Result check(CamelApp app) {
        return HealthCheckHelper.invokeReadiness(app.context(), "full").stream()
                .filter(result -> result.getCheck().getId().equals("consumer:webhook")).findFirst().orElseThrow();
    }
}
