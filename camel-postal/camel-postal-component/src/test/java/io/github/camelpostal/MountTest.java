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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.camelpostal.testing.Bodies;
import io.github.camelpostal.testing.FreePort;
import io.github.camelpostal.testing.TestKey;
import io.github.camelpostal.testing.Wire;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.component.platform.http.HttpEndpointModel;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The path belongs to Postal for as long as the server listens: whatever the route does, it never meets a 404. */
class MountTest {

    @Test
    void respondsWith503WhileTheRouteIsStoppedAndTakesUpAgain() throws Exception {
        try (WebhookApp app = WebhookApp.start()) {
            app.post(Bodies.event("before"));
            app.context().getRouteController().stopRoute("webhook");
            assertThat(app.post(Bodies.event("e1")).status()).isEqualTo(503);
            assertThat(app.post(Bodies.event("e1")).status()).isEqualTo(503);

            app.context().getRouteController().startRoute("webhook");
            assertThat(app.post(Bodies.event("e1")).status()).isEqualTo(200);
            assertThat(app.post(Bodies.event("before")).status()).isEqualTo(200);
            assertThat(app.routed()).as("what was completed is remembered over the restart").hasSize(2);
        }
    }

    @Test
    void respondsWith503WhileTheRouteIsSuspendedAndTakesUpAgain() throws Exception {
        try (WebhookApp app = WebhookApp.start()) {
            app.context().getRouteController().suspendRoute("webhook");
            assertThat(app.post(Bodies.event("e1")).status()).isEqualTo(503);

            app.context().getRouteController().resumeRoute("webhook");
            assertThat(app.post(Bodies.event("e1")).status()).isEqualTo(200);
        }
    }

    @Test
    void respondsWith503ForARouteThatIsNotStartedAutomatically() throws Exception {
        try (CamelApp app = CamelApp.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?verifySignature=false").routeId("later").autoStartup(false).to("mock:end");
            }
        })) {
            assertThat(Wire.post(app.port(), "/postal", Bodies.event("e1")).status()).isEqualTo(503);

            app.context().getRouteController().startRoute("later");
            assertThat(Wire.post(app.port(), "/postal", Bodies.event("e1")).status()).isEqualTo(200);
        }
    }

    @Test
    void respondsWith503AfterTheRouteWasRemovedAndGivesThePathToTheNextOne() throws Exception {
        try (WebhookApp app = WebhookApp.start()) {
            app.context().getRouteController().stopRoute("webhook");
            app.context().removeRoute("webhook");
            assertThat(app.post(Bodies.event("e1")).status()).isEqualTo(503);

            app.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("postal:webhook?verifySignature=false&accept=events").to("mock:end");
                }
            });
            assertThat(app.post(Bodies.event("e1")).status()).isEqualTo(200);
        }
    }

    @Test
    void isListedWhereCamelListsWhatItListensTo() throws Exception {
        try (WebhookApp app = WebhookApp.start()) {
            PlatformHttpComponent http = app.context().getComponent("platform-http", PlatformHttpComponent.class);

            assertThat(http.getHttpEndpoints()).extracting(HttpEndpointModel::getUri).contains("/postal");
        }
    }

    @Test
    void isMountedByCamelItselfWhereThereAreTwoServers() throws Exception {
        try (CamelApp app = CamelApp.create()) {
            VertxPlatformHttpServerConfiguration second = new VertxPlatformHttpServerConfiguration();
            second.setBindHost("127.0.0.1");
            second.setBindPort(FreePort.find());
            app.context().addService(new VertxPlatformHttpServer(second));
            app.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("postal:webhook?verifySignature=false").to("mock:end");
                }
            });
            app.context().start();

            assertThat(Wire.post(app.port(), "/postal", Bodies.mail(1, "tok")).status()).isEqualTo(200);
            assertThat(Wire.post(app.port(), "/postal/below", Bodies.mail(2, "tok")).status()).isEqualTo(503);
            assertThat(Wire.request(app.port(), "GET", "/postal", new byte[0]).status()).isEqualTo(405);
            app.context().getEndpoint("mock:end", MockEndpoint.class).expectedMessageCount(1);
            app.context().getEndpoint("mock:end", MockEndpoint.class).assertIsSatisfied();
        }
    }

    @Test
    void neverRespondsWithAnythingElseThan200Or503WhileTheApplicationStopsAndTheServerListens() throws Exception {
        List<Integer> seen = new CopyOnWriteArrayList<>();
        AtomicBoolean ended = new AtomicBoolean();
        Thread postal;
        try (WebhookApp app = WebhookApp.start()) {
            int port = app.port();
            postal = new Thread(() -> {
                for (int i = 0; !ended.get(); i++) {
                    try {
                        byte[] body = Bodies.event("e" + i);
                        seen.add(Wire.post(port, "/postal", body, TestKey.SHARED.signature(body)).status());
                    } catch (IOException refused) {
                        return; // the server is gone
                    }
                }
            });
            postal.start();
            Awaitility.await().until(() -> seen.size() > 20);
        }
        ended.set(true);
        postal.join(60_000);

        assertThat(seen).isNotEmpty().allMatch(status -> status == 200 || status == 503);
    }

    @Test
    void mountsSeveralConsumersOnDifferentPathsAlsoOneBelowTheOther() throws Exception {
        try (CamelApp app = CamelApp.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?verifySignature=false").to("mock:outer");
                from("postal:webhook?verifySignature=false&path=/postal/billing").to("mock:inner");
                from("postal:webhook?verifySignature=false&path=/other").throwException(new IllegalStateException());
            }
        })) {
            var inner = app.context().getEndpoint("mock:inner", MockEndpoint.class);

            assertThat(Wire.post(app.port(), "/postal/billing", Bodies.event("e1")).status()).isEqualTo(200);
            assertThat(inner.getReceivedCounter()).isEqualTo(1);
            assertThat(Wire.post(app.port(), "/other", Bodies.event("e1")).status()).isEqualTo(503);
            assertThat(Wire.post(app.port(), "/postal/", Bodies.event("e2")).status()).as("slash at the end").isEqualTo(200);
            assertThat(inner.getReceivedCounter()).isEqualTo(1);
        }
    }

    @Test
    void leavesTheNeighboursOfItsPathAlone() throws Exception {
        try (CamelApp app = CamelApp.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?verifySignature=false").to("mock:postal");
                from("platform-http:/postal-status").setBody(constant("fine"));
            }
        })) {
            assertThat(Wire.request(app.port(), "GET", "/postal-status", new byte[0]).text()).contains("fine");
        }
    }

    @Test
    void refusesTwoConsumersOnOnePath() {
        assertThatThrownBy(() -> CamelApp.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?verifySignature=false&accept=mail&path=/mail").to("mock:mail");
                from("postal:webhook?verifySignature=false&accept=events&path=mail/").to("mock:events");
            }
        })).rootCause().hasMessageContaining("Two consumers with path=/mail").hasMessageContaining("path=/mail/billing");
    }

    @Test
    void saysWhichDependencyToAddWhenTheHttpServerIsNotThere() {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("postal:webhook?verifySignature=false&httpServerComponent=undertow").to("mock:end");
                }
            });
            assertThatThrownBy(context::start).rootCause().hasMessageContaining("httpServerComponent=undertow")
                    .hasMessageContaining("camel-platform-http-vertx");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
