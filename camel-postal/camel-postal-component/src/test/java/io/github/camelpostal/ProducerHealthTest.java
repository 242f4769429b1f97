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
import static org.awaitility.Awaitility.await;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.testing.ScriptedServer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the producers' health check says of a real server in every state, through a running Camel context. */
class ProducerHealthTest {

    private static final String ID = "producer:postal-127.0.0.1:";

    private final PostalSandbox postal = PostalSandbox.start();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final PostalComponent component = new PostalComponent();

    ProducerHealthTest() {
        component.getConfiguration().setServerUrl(postal.url().toString());
        component.getConfiguration().setApiKey(postal.apiKey());
        component.getConfiguration().setConnectTimeout(1_000);
        camel.addComponent("postal", component);
    }

    @AfterEach
    void close() {
        camel.stop();
        postal.close();
    }

    @Test
    void isUpWithAGoodKeyAndSendsNothing() throws Exception {
        start("postal:send");
        assertThat(result().getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(result().getDetails()).containsEntry("postal.serverUrl", postal.url().toString());
        assertThat(postal.sent()).isEmpty();
    }

    @Test
    void tellsAWrongKeyAndRecoversWhenItIsRenewed() throws Exception {
        component.getConfiguration().setApiKey("canary-wrong-key");
        start("postal:send");
        assertDown("wrong-key", "check apiKey");
        component.getConfiguration().setApiKey(postal.apiKey());
        assertThat(result().getState()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void tellsAWrongHost() throws Exception {
        component.getConfiguration().setHostHeader("other.example.com");
        start("postal:send");
        assertDown("wrong-host", "hostHeader");
        assertThat(result().getDetails()).containsEntry(HealthCheck.HTTP_RESPONSE_CODE, 403);
    }

    @Test
    void tellsASuspendedServerAndItsReturn() throws Exception {
        start("postal:send");
        postal.server().suspend();
        assertDown("suspended", "a Postal admin must act");
        postal.server().unsuspend();
        assertThat(result().getState()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void tellsAServerThatIsAway() throws Exception {
        start("postal:send");
        postal.close();
        assertDown("unreachable", "did not reach Postal");
    }

    @Test
    void tellsAnUrlThatIsNotPostals() throws Exception {
        try (ScriptedServer other = ScriptedServer.responding(404, "text/html", "nothing here")) {
            component.getConfiguration().setServerUrl(other.url().toString());
            start("postal:send");
            assertDown("misconfigured", "check serverUrl");
        }
    }

    @Test
    void asksOnceForEachServerHoweverManyEndpointsUseIt() throws Exception {
        PostalServer billing = new PostalServer();
        billing.setApiKey("canary-billing");
        component.getServers().put("billing", billing);
        start("postal:send", "postal:send?to=b@x.test", "postal:read", "postal:send?server=billing",
                "postal:read?server=billing", "postal:send?apiKey=canary-one", "postal:send?apiKey=canary-two");
        String own = ID + postal.port();
        assertThat(states()).containsOnly(Map.entry(own, HealthCheck.State.UP),
                Map.entry("producer:postal-billing", HealthCheck.State.DOWN), Map.entry(own + "-2", HealthCheck.State.DOWN),
                Map.entry(own + "-3", HealthCheck.State.DOWN));
        assertThat(HealthCheckHelper.invoke(camel, "full").toString()).doesNotContain("canary");
    }

    @Test
    void isGoneWithTheLastProducer() throws Exception {
        start("postal:send", "postal:read");
        camel.getRouteController().stopRoute("route0");
        camel.removeRoute("route0");
        assertThat(states()).hasSize(1);
        camel.getRouteController().stopRoute("route1");
        camel.removeRoute("route1");
        assertThat(states()).isEmpty();
        assertThat(component.httpClients().size()).isZero();
    }

    @Test
    void saysNothingWhenItIsSwitchedOff() throws Exception {
        component.setHealthCheckProducerEnabled(false);
        component.getConfiguration().setApiKey("wrong");
        start("postal:send");
        assertThat(result().getState()).isEqualTo(HealthCheck.State.UNKNOWN);
    }

    @Test
    void watchesWorkerAndSmtpServerByTheirUrlAndGivesThemNoKey() throws Exception {
        try (ScriptedServer worker = ScriptedServer.responding(200, "text/plain", "OK");
                ScriptedServer smtp = ScriptedServer.responding(404, "text/plain", "Not Found")) {
            component.setWorkerHealthUrl(worker.url() + "/health");
            component.setSmtpHealthUrl(smtp.url() + "/health");
            start("postal:send");
            assertThat(states()).containsEntry("producer:postal-worker", HealthCheck.State.UP)
                    .containsEntry("producer:postal-smtp", HealthCheck.State.DOWN);
            assertThat(worker.requests().get(0).line()).startsWith("GET /health ");
            assertThat(worker.requests().get(0).header("x-server-api-key")).isNull();
            worker.close(); // a connection that is open may get one more response
            await().untilAsserted(
                    () -> assertThat(states()).containsEntry("producer:postal-worker", HealthCheck.State.DOWN));
        }
        camel.stop();
        assertThat(component.httpClients().size()).isZero();
    }

    @Test
    void seesWorkerAndSmtpServerOfTheSandboxRunAndStop() throws Exception {
        try (PostalSandbox processes = PostalSandbox.builder().smtpPort(0).healthPorts(0, 0).start()) {
            component.setWorkerHealthUrl("http://127.0.0.1:" + processes.workerHealthPort() + "/health");
            component.setSmtpHealthUrl("http://127.0.0.1:" + processes.smtpHealthPort() + "/health");
            start("postal:send");
            assertThat(states()).containsEntry("producer:postal-worker", HealthCheck.State.UP)
                    .containsEntry("producer:postal-smtp", HealthCheck.State.UP);
        }
        assertThat(states()).containsEntry("producer:postal-worker", HealthCheck.State.DOWN)
                .containsEntry("producer:postal-smtp", HealthCheck.State.DOWN);
    }

    @Test
    void aHealthUrlThatIsNoneStopsStartUp() {
        component.setWorkerHealthUrl("postal-worker:9090");
        assertThatThrownBy(() -> start("postal:send")).hasStackTraceContaining("workerHealthUrl")
                .hasStackTraceContaining("http://postal-worker:9090/health");
    }

    private void start(String... uris) throws Exception {
        for (int i = 0; i < uris.length; i++) {
            int number = i;
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:" + number).routeId("route" + number).to(uris[number]);
                }
            });
        }
        camel.start();
        HealthCheckHelper.getHealthCheckRepository(camel, "producers").setEnabled(true);
    }

    private void assertDown(String problem, String hint) {
        HealthCheck.Result result = result();
        assertThat(result.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(result.getDetails()).containsEntry("postal.problem", problem);
        assertThat(result.getMessage()).get().asString().contains(hint);
        assertThat(result.getMessage() + result.getDetails().toString() + result.getError())
                .doesNotContain("canary", postal.apiKey());
    }

    private HealthCheck.Result result() {
        Optional<HealthCheck.Result> result = producers().stream().findFirst();
        assertThat(result).isPresent();
        return result.get();
    }

    private Map<String, HealthCheck.State> states() {
        return producers().stream().collect(Collectors.toMap(r -> r.getCheck().getId(), HealthCheck.Result::getState));
    }

    private Collection<HealthCheck.Result> producers() {
        return HealthCheckHelper.invokeReadiness(camel, "full").stream()
                .filter(result -> result.getCheck().getId().startsWith("producer:")).toList();
    }
}
