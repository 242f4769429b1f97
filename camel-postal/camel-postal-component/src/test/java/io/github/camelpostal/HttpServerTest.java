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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadPoolExecutor;

import io.github.camelpostal.testing.Bodies;
import io.github.camelpostal.testing.FreePort;
import io.github.camelpostal.testing.LogCapture;
import io.github.camelpostal.testing.TestKey;
import io.github.camelpostal.testing.Wire;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultClassResolver;
import org.apache.camel.impl.engine.DefaultSupervisingRouteController;
import org.apache.camel.support.LifecycleStrategySupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a consumer needs of Camel's HTTP server, and what it does where the server cannot give it. */
class HttpServerTest {

    @Test
    void startUpFailsWhenThePortIsInUse() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                DefaultCamelContext context = contextOn(other.getLocalPort())) {
            assertThatThrownBy(context::start).hasMessageContaining("" + other.getLocalPort())
                    .hasMessageContaining("in use").hasMessageContaining("camel.server.port");
        }
    }

    @Test
    void theHealthCheckIsDownWhileTheServerDoesNotListen() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                DefaultCamelContext context = contextOn(other.getLocalPort())) {
            context.setRouteController(new DefaultSupervisingRouteController()); // which lets the application start
            context.start();
            HealthCheckHelper.getHealthCheckRepository(context, "consumers").setEnabled(true);

            Awaitility.await().untilAsserted(() -> assertThat(HealthCheckHelper.invokeReadiness(context, "full"))
                    .filteredOn(result -> result.getCheck().getId().startsWith("consumer:"))
                    .extracting(HealthCheck.Result::getState).containsExactly(HealthCheck.State.DOWN));
        }
    }

    /**
     * The handler for unmounted paths must be there before the first request. That hangs on the order in which Camel's server
     * makes its router and its thread pool and then listens; a Camel version that changes it must not go unnoticed.
     */
    @Test
    void camelMakesTheRouterBeforeItsThreadPoolAndListensAfterThat() throws Exception {
        int port = FreePort.find();
        List<String> seen = new CopyOnWriteArrayList<>();
        try (DefaultCamelContext context = contextOn(port)) {
            context.addLifecycleStrategy(new LifecycleStrategySupport() {
                @Override
                public void onThreadPoolAdd(CamelContext camelContext, ThreadPoolExecutor threadPool, String id,
                        String sourceId, String routeId, String profileId) {
                    if (id.startsWith("VertxPlatformHttpServer")) {
                        int routers = context.getRegistry().findByType(VertxPlatformHttpRouter.class).size();
                        seen.add(routers + " router, " + (isListening(port) ? "listening" : "not listening"));
                    }
                }
            });
            context.start();

            assertThat(seen).containsExactly("1 router, not listening");
            assertThat(isListening(port)).isTrue();
            assertThat(Wire.post(port, "/typo", new byte[1], "X-Postal-Signature: x").status()).isEqualTo(503);
        }
    }

    @ParameterizedTest
    @CsvSource(nullValues = "default", value = {"default, 10485761, 10241K", "1M, 1048577, 1025K", "500000, 67108864, 65536K"})
    void refusesALimitOfQuarkusThatIsLowerThanMaxBodySizeAndSaysWhatToSet(String limit, long maxBodySize, String needed)
            throws Exception {
        try (CamelApp app = onQuarkus(limit, maxBodySize)) {
            assertThatThrownBy(app.context()::start)
                    .hasMessageContaining("quarkus.http.limits.max-body-size=" + needed).hasMessageContaining("maxBodySize");
        }
    }

    @ParameterizedTest
    @CsvSource(nullValues = "default", value = {"default, 10485760", "64M, 67108864", "1g, 67108864"})
    void startsWhereTheLimitOfQuarkusIsHighEnough(String limit, long maxBodySize) throws Exception {
        try (CamelApp app = onQuarkus(limit, maxBodySize)) {
            app.context().start();

            assertThat(Wire.post(app.port(), "/postal", Bodies.event("e1")).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"/postal, 200", "/postal/, 200", "/postal;x=1, 200", "/postal/;x=1, 200", "/postal;x=1/, 200",
            "/p%6Fstal, 200", "/postal/below, 503", "/postal;x=1/below, 503", "/postals, 503"})
    void takesASlashAndParametersAtTheEndForThePathItself(String path, int status) throws Exception {
        try (WebhookApp app = WebhookApp.start()) {
            byte[] body = Bodies.event("e1");

            assertThat(Wire.post(app.port(), path, body, TestKey.SHARED.signature(body)).status()).isEqualTo(status);
        }
    }

    @Test
    void onSpringBootAMissingKeyMayBeAMissingStarter() throws Exception {
        try (CamelApp app = CamelApp.create()) {
            pretendThereIs("org.springframework.boot.SpringApplication", app.context());
            app.context().addRoutes(route(""));

            assertThatThrownBy(app.context()::start).rootCause().hasMessageContaining("camel-postal-starter");
        }
    }

    @Test
    void onSpringBootWithoutTheStarterALogLineSaysWhatItIsFor() throws Exception {
        try (LogCapture log = new LogCapture(); CamelApp app = CamelApp.create()) {
            pretendThereIs("org.springframework.boot.SpringApplication", app.context());
            app.context().addRoutes(route("verifySignature=false"));
            app.context().start();

            assertThat(String.join("\n", log.lines())).contains("camel-postal-starter").contains("404");
        }
    }

    private static CamelApp onQuarkus(String limit, long maxBodySize) throws Exception {
        CamelApp app = CamelApp.create();
        pretendThereIs("io.quarkus.vertx.http.runtime.VertxHttpRecorder", app.context());
        if (limit != null) {
            app.context().getPropertiesComponent().addInitialProperty("quarkus.http.limits.max-body-size", limit);
        }
        app.context().addRoutes(route("verifySignature=false&maxBodySize=" + maxBodySize));
        return app;
    }

    private static RouteBuilder route(String options) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?" + options).to("mock:end");
            }
        };
    }

    private static void pretendThereIs(String className, CamelContext context) {
        context.setClassResolver(new DefaultClassResolver(context) {
            @Override
            public Class<?> resolveClass(String name) {
                return name.equals(className) ? Object.class : super.resolveClass(name);
            }
        });
    }

    private static DefaultCamelContext contextOn(int port) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setBindHost("127.0.0.1");
        configuration.setBindPort(port);
        context.addService(new VertxPlatformHttpServer(configuration));
        context.addRoutes(route("verifySignature=false"));
        return context;
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }
}
