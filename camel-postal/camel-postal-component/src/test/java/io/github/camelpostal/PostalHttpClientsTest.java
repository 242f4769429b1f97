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
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.camelpostal.api.PostalAccessException;
import io.github.camelpostal.api.PostalClient;
import io.github.camelpostal.api.PostalException;
import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.api.PostalUnavailableException;
import io.github.camelpostal.api.ServerAccess;
import io.github.camelpostal.internal.client.PostalHttpClients;
import io.github.camelpostal.testing.ScriptedConnection;
import io.github.camelpostal.testing.ScriptedServer;
import io.github.camelpostal.testing.TestCertificate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.DefaultRedirectStrategy;
import org.apache.hc.core5.util.TimeValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Connections: shared by those who may share them, as many as allowed, never one that may be dead, none left over.
 */
class PostalHttpClientsTest {

    private static final String SENT = "{\"status\":\"success\",\"data\":{\"message_id\":\"m@x\",\"messages\":{\"b@x\":{\"id\":1,\"token\":\"t\"}}}}";
    private static final PostalMessage MESSAGE = PostalMessage.builder().from("a@x").to("b@x").plainBody("x").build();

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final PostalComponent component = new PostalComponent();
    private final List<AutoCloseable> closeables = new ArrayList<>();

    PostalHttpClientsTest() {
        component.setCamelContext(context);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : closeables) {
            closeable.close();
        }
        context.close();
    }

    @Test
    void equalSettingsShareAClientAndOthersDoNot() {
        HttpClient one = lease(configuration("http://127.0.0.1:5000")).client();
        assertThat(lease(configuration("http://127.0.0.1:5000/prefix")).client()).isSameAs(one);
        assertThat(lease(configuration("http://127.0.0.1:5001")).client()).isNotSameAs(one);
        PostalConfiguration patient = configuration("http://127.0.0.1:5000");
        patient.setResponseTimeout(60_000);
        assertThat(lease(patient).client()).isNotSameAs(one);
        PostalConfiguration wide = configuration("http://127.0.0.1:5000");
        wide.setMaxConnections(50);
        assertThat(lease(wide).client()).isNotSameAs(one);
        assertThat(component.httpClients().size()).isEqualTo(4);
    }

    @Test
    void theLastOneToLeaveClosesTheConnections() throws Exception {
        ScriptedServer server = serving(ScriptedServer.responding(SENT));
        PostalHttpClients.Lease first = lease(configuration(server.url().toString()));
        PostalHttpClients.Lease second = lease(configuration(server.url().toString()));
        client(first, server).sendMessage(MESSAGE);
        first.close();
        first.close();
        client(second, server).sendMessage(MESSAGE);
        assertThat(server.connections()).isEqualTo(1);
        assertThat(server.openConnections()).isEqualTo(1);
        second.close();
        await().until(() -> server.openConnections() == 0);
        assertThat(component.httpClients().size()).isZero();
        assertThatExceptionOfType(PostalUnavailableException.class)
                .isThrownBy(() -> client(second, server).sendMessage(MESSAGE));
    }

    @Test
    void noMoreCallsRunAtOnceThanThereMayBeConnections() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch three = new CountDownLatch(3);
        ScriptedServer server = serving(ScriptedServer.start(connection -> {
            connection.readBody();
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            three.countDown();
            try {
                three.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            running.decrementAndGet();
            connection.respond(200, Map.of(), SENT.getBytes());
        }));
        PostalConfiguration configuration = configuration(server.url().toString());
        configuration.setMaxConnections(3);
        PostalClient client = client(lease(configuration), server);
        inParallel(20, () -> client.sendMessage(MESSAGE));
        assertThat(most).hasValue(3);
        assertThat(server.connections()).isEqualTo(3);
    }

    @Test
    void aConnectionThatTheServerClosedWhileItWasIdleIsNoticedBeforeItIsUsed() throws Exception {
        ScriptedServer server = serving(ScriptedServer.responding(SENT));
        PostalClient client = client(lease(configuration(server.url().toString())), server);
        client.sendMessage(MESSAGE);
        server.closeConnections();
        await().pollDelay(Duration.ofMillis(150)).until(() -> server.openConnections() == 0);
        client.sendMessage(MESSAGE);
        assertThat(server.connections()).isEqualTo(2);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void aServerThatClosesIdleConnectionsNeverLeavesASendUncertain() throws Exception {
        // closes 300 ms after each response; sends 320 ms apart, so that many fall into the moment of closing
        ScriptedServer server = serving(ScriptedServer.start(connection -> {
            connection.readBody();
            connection.respond(200, Map.of(), SENT.getBytes());
            connection.closeAfter(Duration.ofMillis(300));
        }));
        PostalClient client = client(lease(configuration(server.url().toString())), server);
        for (int i = 0; i < 5; i++) {
            client.sendMessage(MESSAGE);
            await().pollDelay(Duration.ofMillis(320)).until(() -> true);
        }
        assertThat(server.requests()).hasSize(5);
    }

    @Test
    void anIdleConnectionIsLeftBehindBeforeTheServerSaysItWillCloseIt() throws Exception {
        ScriptedServer server = serving(ScriptedServer.start(connection -> {
            connection.readBody();
            connection.respond(200, Map.of("Keep-Alive", "timeout=1"), SENT.getBytes());
        }));
        PostalClient client = client(lease(configuration(server.url().toString())), server);
        client.sendMessage(MESSAGE);
        client.sendMessage(MESSAGE);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void whateverTheUserConfiguresNothingIsRepeatedAndNoRedirectFollowed() throws Exception {
        component.setHttpClientConfigurer(
                builder -> builder.setRetryStrategy(new DefaultHttpRequestRetryStrategy(5, TimeValue.ofMilliseconds(1)))
                        .setRedirectStrategy(DefaultRedirectStrategy.INSTANCE).setUserAgent("mine"));
        for (int status : new int[]{429, 503, 302}) {
            ScriptedServer server = serving(ScriptedServer.start(connection -> {
                connection.readBody();
                connection.respond(status, Map.of("Location", "/elsewhere"), new byte[0]);
            }));
            // a GET, because HttpClient has no scruples about those
            HttpGet get = new HttpGet(server.url().resolve("/.well-known/jwks.json"));
            HttpClient client = lease(configuration(server.url().toString())).client();
            int received = client.execute(get, response -> response.getCode());
            assertThat(received).isEqualTo(status);
            assertThat(server.onlyRequest().header("user-agent")).isEqualTo("mine");
        }
    }

    @Test
    void aUsersOwnRetryCannotSendASecondTime() throws Exception {
        ScriptedServer server = serving(ScriptedServer.start(ScriptedConnection::reset));
        component.setHttpClientConfigurer(builder -> builder.addExecInterceptorFirst("stubborn", (request, scope, chain) -> {
            try {
                return chain.proceed(request, scope);
            } catch (java.io.IOException e) {
                return chain.proceed(request, scope);
            }
        }));
        PostalClient client = client(lease(configuration(server.url().toString())), server);
        assertThatExceptionOfType(PostalException.class).isThrownBy(() -> client.sendMessage(MESSAGE));
        assertThat(server.requests()).filteredOn(request -> request.body() != null).isEmpty();
    }

    @Test
    void cookiesAreNotKept() throws Exception {
        ScriptedServer server = serving(ScriptedServer.start(connection -> {
            connection.readBody();
            connection.respond(200, Map.of("Set-Cookie", "a=b; Path=/"), SENT.getBytes());
        }));
        PostalClient client = client(lease(configuration(server.url().toString())), server);
        client.sendMessage(MESSAGE);
        client.sendMessage(MESSAGE);
        assertThat(server.requests()).hasSize(2).allSatisfy(request -> assertThat(request.header("cookie")).isNull());
    }

    @Test
    void tlsByOwnAndByGlobalSettings(@TempDir Path directory) throws Exception {
        TestCertificate certificate = TestCertificate.in(directory, "ip:127.0.0.1");
        ScriptedServer server = serving(ScriptedServer.startTls(certificate.presenting(), connection -> {
            connection.readBody();
            connection.respond(200, Map.of(), SENT.getBytes());
        }));
        PostalConfiguration own = configuration(server.url().toString());
        own.setSslContextParameters(certificate.trusting());
        client(lease(own), server).sendMessage(MESSAGE);

        context.setSSLContextParameters(certificate.trusting());
        PostalConfiguration global = configuration(server.url().toString());
        assertThatExceptionOfType(PostalAccessException.class)
                .isThrownBy(() -> client(lease(global), server).sendMessage(MESSAGE));
        component.setUseGlobalSslContextParameters(true);
        PostalClient client = client(lease(global), server);
        client.sendMessage(MESSAGE);
        int connections = server.connections();
        client.sendMessage(MESSAGE);
        assertThat(server.connections()).as("TLS connections are used again").isEqualTo(connections);
    }

    @Test
    void aProxyGetsTheCallAndItsPasswordAtOnce() throws Exception {
        ScriptedServer proxy = serving(ScriptedServer.responding(SENT));
        PostalConfiguration configuration = configuration("http://postal.invalid");
        configuration.setProxyHost("127.0.0.1");
        configuration.setProxyPort(proxy.port());
        configuration.setProxyAuthUsername("user");
        configuration.setProxyAuthPassword("secret");
        PostalHttpClients.Lease lease = lease(configuration);
        new PostalClient(lease.client(),
                new ServerAccess(java.net.URI.create("http://postal.invalid"), () -> "key", null))
                .sendMessage(MESSAGE);
        assertThat(proxy.onlyRequest().line()).isEqualTo("POST http://postal.invalid/api/v1/send/message HTTP/1.1");
        assertThat(proxy.onlyRequest().header("proxy-authorization"))
                .isEqualTo("Basic " + Base64.getEncoder().encodeToString("user:secret".getBytes()));
    }

    @Test
    void hostsWithoutProxyAreCalledDirectlyAndGetNoProxyPassword() throws Exception {
        ScriptedServer proxy = serving(ScriptedServer.responding(SENT));
        ScriptedServer server = serving(ScriptedServer.responding(SENT));
        PostalConfiguration configuration = configuration(server.url().toString());
        configuration.setProxyHost("127.0.0.1");
        configuration.setProxyPort(proxy.port());
        configuration.setProxyAuthUsername("user");
        configuration.setProxyAuthPassword("secret");
        configuration.setNonProxyHosts("127.0.0.*");
        client(lease(configuration), server).sendMessage(MESSAGE);
        assertThat(proxy.connections()).isZero();
        assertThat(server.onlyRequest().header("proxy-authorization")).isNull();
    }

    @Test
    void manyThreadsShareAFewConnections() throws Exception {
        ScriptedServer server = serving(ScriptedServer.responding(SENT));
        PostalClient client = client(lease(configuration(server.url().toString())), server);
        inParallel(500, () -> client.sendMessage(MESSAGE));
        assertThat(server.requests()).hasSize(500);
        assertThat(server.connections()).isLessThanOrEqualTo(5);
    }

    @Test
    void aClientThatCannotBeMadeLeavesNothingBehind() {
        PostalConfiguration configuration = configuration("http://127.0.0.1");
        org.apache.camel.support.jsse.SSLContextParameters broken = new org.apache.camel.support.jsse.SSLContextParameters();
        broken.setProvider("NoSuchProvider");
        configuration.setSslContextParameters(broken);
        assertThatCode(() -> lease(configuration)).hasMessageContaining("HTTP client for Postal")
                .hasMessageContaining("NoSuchProvider");
        assertThat(component.httpClients().size()).isZero();
    }

    @Test
    void timeOutsAndConnectionsMustBeThere() {
        PostalConfiguration endless = configuration("http://127.0.0.1");
        endless.setResponseTimeout(0);
        assertThatCode(() -> lease(endless)).hasMessageContaining("responseTimeout").hasMessageContaining("30s");
        PostalConfiguration none = configuration("http://127.0.0.1");
        none.setMaxConnections(0);
        assertThatCode(() -> lease(none)).hasMessageContaining("maxConnections must be at least 1");
    }

    private static void inParallel(int times, Callable<?> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<Object>> results = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                results.add(threads.submit(work::call));
            }
            for (Future<Object> result : results) {
                result.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private PostalConfiguration configuration(String url) {
        PostalConfiguration configuration = new PostalConfiguration();
        configuration.setServerUrl(url);
        configuration.setConnectTimeout(2_000);
        configuration.setResponseTimeout(10_000);
        return configuration;
    }

    private PostalHttpClients.Lease lease(PostalConfiguration configuration) {
        PostalHttpClients.Lease lease = component.httpClients().acquire(component.connectionSettings(configuration));
        closeables.add(lease);
        return lease;
    }

    private ScriptedServer serving(ScriptedServer server) {
        closeables.add(server);
        return server;
    }

    private static PostalClient client(PostalHttpClients.Lease lease, ScriptedServer server) {
        return new PostalClient(lease.client(), new ServerAccess(server.url(), () -> "key", null));
    }
}
