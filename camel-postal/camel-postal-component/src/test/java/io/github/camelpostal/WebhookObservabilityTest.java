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
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import io.github.camelpostal.testing.Bodies;
import io.github.camelpostal.testing.FreePort;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.support.DefaultConsumer;
import org.junit.jupiter.api.Test;

/** What an operator sees of a consumer. */
class WebhookObservabilityTest {

    @Test
    void countsInJmxWhatWasReceivedAndWhatBecameOfIt() throws Exception {
        try (WebhookApp app = WebhookApp.start()) {
            app.post(Bodies.event("e1"));
            app.post(Bodies.event("e1"));
            app.send("POST", "/postal", Bodies.event("e2"));

            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            ObjectName name = server.queryNames(new ObjectName("org.apache.camel:context=" + app.context().getManagementName()
                    + ",type=consumers,name=PostalConsumer*"), null).iterator().next();
            await().untilAsserted(() -> assertThat(server.getAttribute(name, "Received")).isEqualTo(3L));
            assertThat(server.getAttribute(name, "Verified")).isEqualTo(2L);
            assertThat(server.getAttribute(name, "Responses")).asInstanceOf(MAP).containsEntry("COMPLETED", 1L)
                    .containsEntry("DUPLICATE", 1L).containsEntry("UNVERIFIED", 1L).containsEntry("FULL", 0L);
            assertThat(server.getAttribute(name, "Completed")).isEqualTo(1L);
            assertThat(server.getAttribute(name, "Duplicates")).isEqualTo(1L);
            assertThat(server.getAttribute(name, "Unverified")).isEqualTo(1L);
            assertThat(server.getAttribute(name, "InFlight")).isEqualTo(0);
            assertThat((long) server.getAttribute(name, "LastAgeSeconds")).isNotEqualTo(-1);
        }
    }

    @Test
    void isUpWithKeysAndDownWhileNoneCouldBeFetched() throws Exception {
        int nobody = FreePort.find();
        try (WebhookApp pinned = WebhookApp.start(); CamelApp fetching = CamelApp.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?jwksUrl=http://127.0.0.1:" + nobody + "/jwks.json").routeId("webhook").to("mock:end");
            }
        })) {
            assertThat(check(pinned.context()).getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(check(fetching.context()).getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(check(fetching.context()).getMessage()).hasValueSatisfying(text -> assertThat(text).contains("keys"));
        }
    }

    private static HealthCheck.Result check(org.apache.camel.CamelContext context) {
        return ((DefaultConsumer) context.getRoute("webhook").getConsumer()).getHealthCheck().call();
    }
}
