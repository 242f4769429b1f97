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
package io.github.camelpostal.examples.kafkatomail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import io.github.camelpostal.sandbox.WebhookRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class KafkaAwayTest {

    @Test
    void leavesMailsAndEventsWithPostalUntilKafkaIsBackAfterFiftyMinutes() {
        try (LocalBroker broker = LocalBroker.start();
                PostalSandbox postal = PostalSandbox.builder().domain("shop.example").virtualTime()
                        .webhookTimeout(Duration.ofSeconds(90)).start();
                RunningRoutes routes = new RunningRoutes(broker, postal.url()).with("kafka-to-mail.events.timeout", "1000")
                        .with("camel.component.kafka.reconnect-backoff-max-ms", "100").start()) {
            postal.postEventsTo(routes.url("/postal/events"));
            postal.routeTo("*@shop.example", routes.url("/postal/mail"));
            routes.order("1", "zoe@customer.example");
            await().atMost(RunningRoutes.TIMEOUT).until(() -> routes.committed() == 1);
            long id = postal.sent().get(0).id();
            // a busy broker may take longer for the first one than an event is given here: Postal sends it again
            await().atMost(RunningRoutes.TIMEOUT).until(() -> {
                postal.advance(Duration.ofMinutes(2));
                return postal.webhookRequests().about(id).stream().anyMatch(WebhookRequest::isAccepted);
            });

            broker.stop();
            receive(postal, "minute 0");
            postal.advance(Duration.ofMinutes(20));
            receive(postal, "minute 20");
            postal.advance(Duration.ofMinutes(20));
            receive(postal, "minute 40");
            postal.server().open(id);
            postal.advance(Duration.ofMinutes(10));
            assertThat(postal.webhookRequests()).filteredOn(WebhookRequest::isMail).hasSizeGreaterThan(8)
                    .noneMatch(WebhookRequest::isAccepted);
            assertThat(postal.webhookRequests().about(id)).hasSizeGreaterThan(2).filteredOn(WebhookRequest::isAccepted)
                    .hasSize(1);
            broker.startAgain();

            // what remains of a day: the last of Postal's tries
            for (int hour = 0; hour < 23
                    && postal.received().stream().anyMatch(mail -> !"Sent".equals(mail.status())); hour++) {
                postal.advance(Duration.ofHours(1));
            }
            assertThat(postal.received()).extracting(StoredMail::status).containsOnly("Sent");
            assertThat(subjects(routes)).contains("minute 0", "minute 20", "minute 40");
            assertThat(routes.await("events", seen -> !seen.isEmpty())).allMatch(event -> event.key().equals("" + id))
                    .anyMatch(event -> event.header("outcome").equals("opened"));
            assertThat(postal.sent()).as("mails that went out: the order, and no bounce").hasSize(1);
        }
    }

    @Test
    void doesNotSendAgainWhatPostalHasTakenWhenKafkaIsAwayAtTheCommit() throws IOException {
        try (LocalBroker broker = LocalBroker.start();
                TakingPostal postal = new TakingPostal(broker::stop);
                RunningRoutes routes = new RunningRoutes(broker, postal.url()).with("kafka-to-mail.commit-timeout", "1000")
                        .start()) {
            routes.order("1", "zoe@customer.example");
            await().atMost(RunningRoutes.TIMEOUT).until(() -> postal.probes.get() > 0);
            broker.startAgain();

            await().atMost(RunningRoutes.TIMEOUT).ignoreExceptions().until(() -> routes.committed() == 1);
            assertThat(postal.sends).hasValue(1);
            assertThat(routes.in("review")).isEmpty();
            assertThat(routes.in("dead-letters")).isEmpty();
        }
    }

    private static void receive(PostalSandbox postal, String subject) {
        postal.receive("zoe@customer.example", "support@shop.example",
                ("From: zoe@customer.example\r\nSubject: " + subject + "\r\n\r\ntext\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String[] subjects(RunningRoutes routes) {
        return routes.in("inbound").stream().map(mail -> mail.value().replaceFirst("^.*\"subject\":\"([^\"]*)\".*$", "$1"))
                .toArray(String[]::new);
    }

    /** Does something before it responds that it has accepted the mail. */
    private static final class TakingPostal implements AutoCloseable {

        private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        private final AtomicInteger sends = new AtomicInteger();
        private final AtomicInteger probes = new AtomicInteger();

        TakingPostal(Runnable beforeTheResponse) throws IOException {
            server.createContext("/api/v1/send/", call -> {
                sends.incrementAndGet();
                beforeTheResponse.run();
                respond(call, """
                        {"status":"success","time":0.01,"flags":{},"data":{"message_id":"1@rp.example",
                         "messages":{"zoe@customer.example":{"id":1,"token":"aaaabbbbccccdddd"}}}}""");
            });
            server.createContext("/api/v1/messages/", call -> {
                probes.incrementAndGet();
                respond(call, """
                        {"status":"error","time":0.01,"flags":{},"data":{"code":"MessageNotFound","message":"none","id":0}}""");
            });
            server.start();
        }

        URI url() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }

        private static void respond(HttpExchange call, String json) throws IOException {
            call.getRequestBody().readAllBytes();
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            call.getResponseHeaders().add("Content-Type", "application/json; charset=utf-8");
            call.sendResponseHeaders(200, body.length);
            call.getResponseBody().write(body);
            call.close();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
