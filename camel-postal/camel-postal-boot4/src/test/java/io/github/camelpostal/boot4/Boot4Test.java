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
package io.github.camelpostal.boot4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

import io.github.camelpostal.payload.DeliveryEvent;
import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.sandbox.HttpEndpoint;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import io.github.camelpostal.testing.FreePort;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** The starter as it is, on Spring Boot 4 and the Camel that goes with it, with the BOMs that spring-boot.md names. */
class Boot4Test {

    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    private static final int LARGE = 12_000_000;
    private static final BlockingQueue<Object> RECEIVED = new LinkedBlockingQueue<>();

    private static PostalSandbox postal;
    private static int port;
    private static ConfigurableApplicationContext application;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {

        @Bean
        RouteBuilder routes() {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:out").to("postal:send");
                    from("postal:webhook").process(exchange -> RECEIVED.add(received(exchange.getMessage().getBody())));
                }
            };
        }
    }

    /** What is read of a mail while its exchange lasts, as its files do. */
    private record Film(long id, long bytes) {
    }

    private static Object received(Object body) {
        return body instanceof InboundMail mail ? new Film(mail.id(), mail.attachments().get(0).size()) : body;
    }

    @BeforeAll
    static void startAll() throws IOException {
        postal = PostalSandbox.builder().domain("shop.example").start();
        port = FreePort.find();
        application = start(port);
        postal.postEventsTo(at("/postal"), "MessageSent");
    }

    @AfterAll
    static void stopAll() {
        application.close();
        postal.close();
    }

    @Test
    void isSpringBoot4WithOneVersionOfCamel() {
        assertThat(SpringBootVersion.getVersion()).startsWith("4.");
        assertThat(application.getBean(CamelContext.class).getVersion()).isEqualTo("4.22.0");
    }

    @Test
    void sendsAndHearsThatTheMailArrived() throws Exception {
        application.getBean(CamelContext.class).createProducerTemplate().sendBodyAndHeaders("direct:out", "Hello",
                Map.of("CamelPostalTo", "zoe@customer.example", "CamelPostalSubject", "Hello"));

        assertThat(postal.awaitSentTo("zoe@customer.example", TIMEOUT).mailFrom()).isEqualTo("shop@shop.example");
        await().atMost(TIMEOUT).until(() -> RECEIVED.stream().anyMatch(DeliveryEvent.class::isInstance));
    }

    @ParameterizedTest
    @CsvSource({"HASH, JSON", "HASH, FORM", "RAW, JSON", "RAW, FORM"})
    void readsMailOfTwelveMegabytesInEveryFormThatPostalHas(HttpEndpoint.Format format, HttpEndpoint.Encoding encoding) {
        postal.routeTo("in@shop.example", HttpEndpoint.of(at("/postal")).withFormat(format).withEncoding(encoding)
                .withTimeout(TIMEOUT));

        StoredMail mail = postal.receive("ann@customer.example", "in@shop.example", large());

        assertThat(postal.awaitWebhookRequest(post -> post.isMail() && post.mailId() == mail.id(), TIMEOUT).status())
                .isEqualTo(200);
        assertThat(RECEIVED).contains(new Film(mail.id(), LARGE));
    }

    @Test
    void healthOfTheActuatorHasTheChecksOfTheComponent() {
        await().atMost(TIMEOUT).ignoreExceptions().until(() -> HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(at("/actuator/health")).build(), BodyHandlers.ofString()).body(),
                health -> health.contains("consumer:postal-/postal"));
    }

    @Test
    void respondsWithNo4xxWhileAnApplicationStartsAndStops() throws Exception {
        int other = FreePort.find();
        Map<Integer, Integer> responses = new ConcurrentHashMap<>();
        CountDownLatch enough = new CountDownLatch(1);
        Thread poster = new Thread(() -> poll(other, responses, enough));
        poster.start();

        try (ConfigurableApplicationContext second = start(other)) {
            await().atMost(TIMEOUT).until(() -> responses.getOrDefault(503, 0) > 20);
        }
        enough.countDown();
        poster.join();

        assertThat(responses.keySet()).isSubsetOf(0, 503); // unsigned requests never get 200
    }

    private static void poll(int other, Map<Integer, Integer> responses, CountDownLatch enough) {
        HttpRequest unsigned = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + other + "/postal"))
                .header("X-Postal-Signature-256", "eA==").POST(HttpRequest.BodyPublishers.ofString("{}")).build();
        HttpClient client = HttpClient.newHttpClient();
        while (enough.getCount() > 0) {
            try {
                responses.merge(client.send(unsigned, BodyHandlers.discarding()).statusCode(), 1, Integer::sum);
            } catch (IOException e) {
                responses.merge(0, 1, Integer::sum);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static ConfigurableApplicationContext start(int onPort) {
        return new SpringApplicationBuilder(Application.class).properties("server.port=" + onPort, "server.address=127.0.0.1",
                "spring.main.banner-mode=off", "camel.component.postal.server-url=" + postal.url(),
                "camel.component.postal.api-key=" + postal.apiKey(), "camel.component.postal.from=shop@shop.example",
                "camel.component.postal.processing-timeout=60s", "management.endpoint.health.show-details=always",
                "camel.health.exposure-level=full").run();
    }

    private static URI at(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static byte[] large() {
        byte[] film = new byte[LARGE];
        new Random(1).nextBytes(film);
        return ("From: ann@customer.example\r\nTo: in@shop.example\r\nSubject: Film\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nA film.\r\n"
                + "--b\r\nContent-Type: video/mp4\r\nContent-Disposition: attachment; filename=film.mp4\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\n" + Base64.getMimeEncoder().encodeToString(film) + "\r\n--b--\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
