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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.camelpostal.api.PostalAccessException;
import io.github.camelpostal.api.PostalException;
import io.github.camelpostal.testing.ScriptedServer;
import io.github.camelpostal.testing.TestCertificate;
import io.github.camelpostal.testing.TunnelProxy;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** What options about connections do to a route: TLS, proxies, Host, prefix, sharing, and nothing left over. */
@Timeout(300)
class RouteConnectionsTest {

    private static final String SENT = "{\"status\":\"success\",\"data\":{\"message_id\":\"m@x\",\"messages\":{\"b@x\":{\"id\":1,\"token\":\"t\"}}}}";
    private static final String MAIL = "postal:send?from=a@x.test&to=b@x.test";

    @TempDir
    Path folder;

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final PostalComponent component = new PostalComponent();
    private final List<AutoCloseable> closeables = new ArrayList<>();

    RouteConnectionsTest() {
        component.getConfiguration().setApiKey("canary-key");
        component.getConfiguration().setResponseTimeout(10_000);
        camel.addComponent("postal", component);
    }

    @AfterEach
    void close() throws Exception {
        camel.close();
        for (AutoCloseable closeable : closeables) {
            closeable.close();
        }
    }

    @Test
    void tlsSettingsOfTheEndpointWinAndThoseOfTheContextAreUsedWhenAsked() throws Exception {
        TestCertificate certificate = TestCertificate.in(folder, "ip:127.0.0.1");
        TestCertificate foreign = TestCertificate.in(folder, "ip:127.0.0.2");
        ScriptedServer server = tls(certificate);
        component.getConfiguration().setServerUrl(server.url().toString());
        camel.getRegistry().bind("right", certificate.trusting());
        camel.getRegistry().bind("wrong", foreign.trusting());
        camel.setSSLContextParameters(certificate.trusting());

        assertRefusedForTrust(send(MAIL), server);
        assertRefusedForTrust(send(MAIL + "&sslContextParameters=#wrong"), server);
        assertSent(send(MAIL + "&sslContextParameters=#right"));

        component.setUseGlobalSslContextParameters(true);
        assertSent(send(MAIL + "&tag=global"));
        assertRefusedForTrust(send(MAIL + "&tag=global&sslContextParameters=#wrong"), server);
    }

    @Test
    void aProxyTunnelsTlsWithItsPasswordAndNeitherSideSeesTheOthersSecret() throws Exception {
        TestCertificate certificate = TestCertificate.in(folder, "ip:127.0.0.1");
        ScriptedServer server = tls(certificate);
        TunnelProxy proxy = closing(TunnelProxy.start());
        component.getConfiguration().setServerUrl(server.url().toString());
        component.getConfiguration().setSslContextParameters(certificate.trusting());

        assertSent(send(MAIL + "&proxyHost=127.0.0.1&proxyPort=" + proxy.port()
                + "&proxyAuthUsername=user&proxyAuthPassword=canary-proxy"));

        assertThat(proxy.requests()).hasSize(2).last().asString().startsWith("CONNECT 127.0.0.1:" + server.port() + " ")
                .contains("Proxy-Authorization: Basic "
                        + Base64.getEncoder().encodeToString("user:canary-proxy".getBytes()))
                .doesNotContain("canary-key");
        assertThat(server.onlyRequest().header("x-server-api-key")).isEqualTo("canary-key");
        assertThat(server.onlyRequest().header("proxy-authorization")).isNull();
    }

    @Test
    void aProxyThatWantsCredentialsIsAMatterOfAccess() throws Exception {
        ScriptedServer proxy = closing(ScriptedServer.responding(407, "text/plain", "no"));
        component.getConfiguration().setServerUrl("http://postal.invalid");
        assertThat(send(MAIL + "&proxyHost=127.0.0.1&proxyPort=" + proxy.port()).getException())
                .isInstanceOf(PostalAccessException.class).hasMessageContaining("proxy in between wants credentials");
    }

    @Test
    void hostAndPrefixGoOutAsTheOptionsSay() {
        ScriptedServer server = closing(ScriptedServer.responding(SENT));
        assertSent(send(MAIL + "&hostHeader=postal.example.com&serverUrl=" + server.url() + "/mail/postal/"));
        assertThat(server.onlyRequest().line()).isEqualTo("POST /mail/postal/api/v1/send/message HTTP/1.1");
        assertThat(server.onlyRequest().header("host")).isEqualTo("postal.example.com");
    }

    @Test
    void endpointsWithEqualSettingsShareAClientAndNothingIsLeftWhenTheContextStops() throws Exception {
        ScriptedServer server = closing(ScriptedServer.responding(SENT));
        component.getConfiguration().setServerUrl(server.url().toString());
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:one").to(MAIL);
                from("direct:two").to(MAIL + "&tag=two");
                from("direct:impatient").to(MAIL + "&responseTimeout=5000");
            }
        });
        camel.start();
        ProducerTemplate template = camel.createProducerTemplate();
        for (String route : List.of("direct:one", "direct:two", "direct:one", "direct:impatient")) {
            template.requestBody(route, "x");
        }
        assertThat(component.httpClients().size()).isEqualTo(2);
        assertThat(server.connections()).isEqualTo(2);

        camel.stop();

        assertThat(component.httpClients().size()).isZero();
        await().until(() -> server.openConnections() == 0);
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
                .noneMatch(name -> name.contains(camel.getName() + ")")));
    }

    @Test
    void aRouteThatIsAddedAndRemovedOftenLeavesNothing() throws Exception {
        ScriptedServer server = closing(ScriptedServer.responding(SENT));
        component.getConfiguration().setServerUrl(server.url().toString());
        camel.start();
        for (int i = 0; i < 10; i++) {
            String id = "route" + i;
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:" + id).routeId(id).to(MAIL + "&tag=" + id);
                }
            });
            try (ProducerTemplate template = camel.createProducerTemplate()) {
                template.requestBody("direct:" + id, "x");
            }
            camel.getRouteController().stopRoute(id);
            camel.removeRoute(id);
        }
        assertThat(component.httpClients().size()).isZero();
        await().until(() -> server.openConnections() == 0);
    }

    @Test
    void manyPlatformThreadsSendThroughOneRoute() throws Exception {
        assertAllSent(Executors.newFixedThreadPool(32));
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void manyVirtualThreadsSendThroughOneRoute() throws Exception {
        assertAllSent((ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
    }

    private void assertAllSent(ExecutorService threads) throws Exception {
        ScriptedServer server = closing(ScriptedServer.responding(SENT));
        component.getConfiguration().setServerUrl(server.url().toString());
        camel.start();
        ProducerTemplate template = camel.createProducerTemplate();
        List<Future<Object>> results = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            results.add(threads.submit(() -> template.requestBody(MAIL, "x")));
        }
        for (Future<Object> result : results) {
            assertThat(result.get()).isNotNull();
        }
        threads.shutdown();
        assertThat(server.requests()).hasSize(500);
        assertThat(server.connections()).isLessThanOrEqualTo(5);
    }

    private ScriptedServer tls(TestCertificate certificate) throws Exception {
        return closing(ScriptedServer.startTls(certificate.presenting(), connection -> {
            connection.readBody();
            connection.respond(200, Map.of(), SENT.getBytes());
        }));
    }

    private Exchange send(String uri) {
        camel.start();
        return camel.createProducerTemplate().send(uri, exchange -> exchange.getMessage().setBody("x"));
    }

    private static void assertSent(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
    }

    private static void assertRefusedForTrust(Exchange exchange, ScriptedServer server) {
        int before = server.requests().size();
        assertThat(exchange.getException()).isInstanceOf(PostalAccessException.class)
                .hasMessageContaining("check the certificate");
        assertThat(((PostalException) exchange.getException()).httpStatus()).isZero();
        assertThat(server.requests()).hasSize(before);
    }

    private <T extends AutoCloseable> T closing(T closeable) {
        closeables.add(closeable);
        return closeable;
    }
}
