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

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import io.github.camelpostal.internal.conversation.ConversationKeys;
import io.github.camelpostal.internal.conversation.UnsubscribeTokenCipher;
import io.github.camelpostal.suppression.InMemorySuppressionList;
import io.github.camelpostal.suppression.PostalSuppressionList;
import io.github.camelpostal.suppression.RecipientEvent;
import io.github.camelpostal.testing.LogCapture;
import io.github.camelpostal.testing.Wire;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The consumer tells the suppression list what happens to mails, whatever the route is for. */
class SuppressionByEventsTest {

    private static final String SECRET = "a:" + "k7".repeat(32);
    private static final String UNKNOWN = "550 5.1.1 No such user here";
    private static final String FULL = "452 4.2.2 Mailbox full";
    private static final String DSN = """
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary=b

            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.rcpt.test

            Final-Recipient: rfc822; %s
            Action: %s
            Status: 5.1.1
            Diagnostic-Code: smtp; 550 5.1.1 No such user here

            --b--
            """;

    private final InMemorySuppressionList list = new InMemorySuppressionList();
    private final AtomicInteger routed = new AtomicInteger();
    private CamelApp app;
    private HttpServer postal;
    private int events;

    @AfterEach
    void stop() {
        app.close();
        if (postal != null) {
            postal.stop(0);
        }
    }

    @Test
    void anAddressThatDoesNotExistIsSuppressedThoughNoRouteWantsTheEvent() throws Exception {
        start(list, "&events=MessageLinkClicked");
        post(event("MessageDeliveryFailed", "outgoing", "t1", "HardFail", UNKNOWN));
        assertThat(suppressed("bob@rcpt.test")).isTrue();
        assertThat(routed).hasValue(0);

        post(event("MessageSent", "outgoing", "t2", "Sent", "250 ok"));
        assertThat(suppressed("bob@rcpt.test")).as("after a mail that arrived").isFalse();
    }

    @Test
    void whatIsNotTheRecipientsMatterSuppressesNobody() throws Exception {
        start(list, "");
        post(event("MessageDeliveryFailed", "incoming", "t1", "HardFail", UNKNOWN));
        post(event("MessageDeliveryFailed", "outgoing", "t2", "HardFail", "550 5.7.1 Your IP is on a blocklist"));
        post(event("MessageHeld", "outgoing", "t3", "Held", ""));
        assertThat(list.size()).isZero();
        assertThat(routed).hasValue(3);
    }

    @Test
    void oneMailThatIsDelayedEighteenTimesCountsOnce() throws Exception {
        start(list, "");
        for (int i = 0; i < 18; i++) {
            post(event("MessageDelayed", "outgoing", "t1", "SoftFail", FULL));
        }
        assertThat(suppressed("bob@rcpt.test")).isFalse();
        post(event("MessageDelayed", "outgoing", "t2", "SoftFail", FULL));
        assertThat(suppressed("bob@rcpt.test")).isFalse();
        post(event("MessageDelayed", "outgoing", "t3", "SoftFail", FULL));
        assertThat(suppressed("bob@rcpt.test")).isTrue();
    }

    @Test
    void aListThatIsAwayNeverFailsTheRoute() throws Exception {
        start(new BrokenList(), "");
        assertThat(post(event("MessageDeliveryFailed", "outgoing", "t1", "HardFail", UNKNOWN))).isEqualTo(200);
        assertThat(routed).hasValue(1);
        assertThat(((PostalConsumer) app.context().getRoute("webhook").getConsumer()).getRecipientEventsLost()).isEqualTo(1);
    }

    /** A list of the user's own may throw anything, and quote what it could not store. */
    @Test
    void theLogOfAListThatFailsHasNoAddress() throws Exception {
        start(new BrokenList() {
            @Override
            public void record(RecipientEvent event) {
                throw new IllegalStateException("cannot store " + event);
            }
        }, "");
        try (LogCapture log = new LogCapture()) {
            assertThat(post(event("MessageDeliveryFailed", "outgoing", "t1", "HardFail", UNKNOWN))).isEqualTo(200);
            assertThat(log.lines()).filteredOn(line -> line.startsWith("ERROR"))
                    .anyMatch(line -> line.contains("IllegalStateException"));
            assertThat(log.lines()).filteredOn(line -> !line.startsWith("DEBUG") && !line.startsWith("TRACE"))
                    .noneMatch(line -> line.contains("bob@rcpt.test"));
        }
    }

    @Test
    void aBounceSuppressesWhenItWasReadAndNamesTheRecipient() throws Exception {
        AtomicInteger reads = startWithBounce(DSN.formatted("bob@rcpt.test", "failed"), "bounceToken");
        post(bounced());
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(suppressed("bob@rcpt.test")).isTrue());
        assertThat(reads).hasValue(1);
    }

    @Test
    void aBounceThatWasReadIsJudgedByTheUsersRulesToo(@TempDir Path folder) throws Exception {
        Path rules = Files.writeString(folder.resolve("reasons.txt"), """
                rule: our-gateway
                reason: policy
                text: no such user here
                example: 550 5.1.1 No such user here
                """);
        assertNobodyAfterBounce(startWithBounce(DSN.formatted("bob@rcpt.test", "failed"), "bounceToken",
                "&reasonRules=file:" + rules));
    }

    @Test
    void aForgedBounceSuppressesNobody() throws Exception {
        for (String forged : List.of(DSN.formatted("eve@rcpt.test", "failed"), DSN.formatted("bob@rcpt.test", "delayed"),
                "Subject: Out of office\n\nFinal-Recipient: rfc822; bob@rcpt.test\nAction: failed\nStatus: 5.1.1\n")) {
            AtomicInteger reads = startWithBounce(forged, "bounceToken");
            assertNobodyAfterBounce(reads);
        }
        assertNobodyAfterBounce(startWithBounce(DSN.formatted("bob@rcpt.test", "failed"), "anotherServersToken"));
    }

    @Test
    void withoutAnApiKeyABounceProvesNothing() throws Exception {
        start(list, "");
        assertThat(post(bounced())).isEqualTo(200);
        assertThat(list.size()).isZero();
    }

    @Test
    void aComplaintCountsWithATokenOfOurs() throws Exception {
        start(list, "");
        String token = new UnsubscribeTokenCipher(ConversationKeys.parse(SECRET), new SecureRandom())
                .issue(new UnsubscribeTokenCipher.Unsubscription("bob@rcpt.test", "news"));
        post(complaint("List-Unsubscribe: <https://camel.example/unsubscribe?t=" + token + ">"));
        assertThat(list.find(List.of("bob@rcpt.test"), "news")).isNotEmpty();
        assertThat(list.find(List.of("bob@rcpt.test"), "invoices")).isEmpty();
    }

    @Test
    void aForgedComplaintSuppressesNobody() throws Exception {
        start(list, "");
        String foreign = new UnsubscribeTokenCipher(ConversationKeys.parse("a:" + "x9".repeat(32)), new SecureRandom())
                .issue(new UnsubscribeTokenCipher.Unsubscription("bob@rcpt.test", "news"));
        post(complaint("To: bob@rcpt.test"));
        post(complaint("List-Unsubscribe: <https://camel.example/unsubscribe?t=" + foreign + ">"));
        assertThat(list.size()).isZero();
        assertThat(routed).hasValue(2);
    }

    @Test
    void anOperatorSeesTheListAndCarriesItElsewhere() throws Exception {
        start(list, "");
        PostalConsumer consumer = (PostalConsumer) app.context().getRoute("webhook").getConsumer();
        post(event("MessageDeliveryFailed", "outgoing", "t1", "HardFail", UNKNOWN));
        assertThat(consumer.getSuppressed()).isEqualTo(1);
        assertThat(consumer.suppressedByReason()).containsExactly(Map.entry("unknown-user", 1L));
        String csv = consumer.exportSuppressions();
        list.remove("bob@rcpt.test", null, Instant.now());
        assertThat(csv).contains("bob@rcpt.test,,unknown-user,");
        assertThat(consumer.importSuppressions("address,stream,reason,since,expires\neve@rcpt.test,news,unsubscribe,"
                + "2026-03-02T08:15:00Z,\n")).isEqualTo(1);
        assertThat(list.find(List.of("eve@rcpt.test"), "news")).isNotEmpty();
    }

    private void assertNobodyAfterBounce(AtomicInteger reads) throws Exception {
        post(bounced());
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> reads.get() == 1);
        app.close(); // which ends the thread that reads
        assertThat(list.size()).isZero();
        postal.stop(0);
    }

    private boolean suppressed(String address) {
        return !list.find(List.of(address), null).isEmpty();
    }

    private int post(String body) throws IOException {
        return Wire.post(app.port(), "/postal", body.getBytes(StandardCharsets.UTF_8)).status();
    }

    private void start(PostalSuppressionList used, String options) throws Exception {
        app = CamelApp.create();
        app.context().getRegistry().bind("list", used);
        PostalConfiguration configuration = app.context().getComponent("postal", PostalComponent.class).getConfiguration();
        configuration.setConversationSecret(SECRET);
        if (postal != null) {
            configuration.setServerUrl("http://127.0.0.1:" + postal.getAddress().getPort());
            configuration.setApiKey("key");
        }
        app.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?verifySignature=false&suppressionList=#list" + options).routeId("webhook")
                        .process(exchange -> routed.incrementAndGet());
            }
        });
        app.context().start();
    }

    private AtomicInteger startWithBounce(String bounce, String token) throws Exception {
        return startWithBounce(bounce, token, "");
    }

    private AtomicInteger startWithBounce(String bounce, String token, String options) throws Exception {
        AtomicInteger reads = new AtomicInteger();
        postal = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        postal.createContext("/api/v1/messages/message", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] body = ("{\"status\":\"success\",\"time\":0.01,\"flags\":{},\"data\":{\"id\":141,\"token\":\"" + token
                    + "\",\"raw_message\":\"" + base64(bounce) + "\"}}").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
            reads.incrementAndGet();
        });
        postal.start();
        start(list, options);
        return reads;
    }

    private String event(String name, String direction, String token, String status, String output) {
        return "{\"event\":\"" + name + "\",\"timestamp\":" + now() + ",\"payload\":{\"message\":"
                + message(127, token, direction,
                        "bob@rcpt.test")
                + ",\"status\":\"" + status + "\",\"details\":\"\",\"output\":\"" + output
                + "\",\"sent_with_ssl\":false,\"timestamp\":" + now() + ",\"time\":0.04},\"uuid\":\"e" + ++events + "\"}";
    }

    private String bounced() {
        return "{\"event\":\"MessageBounced\",\"timestamp\":" + now() + ",\"payload\":{\"original_message\":"
                + message(138, "original", "outgoing", "bob@rcpt.test") + ",\"bounce\":"
                + message(141, "bounceToken", "incoming", "abc@rp.acme.example") + "},\"uuid\":\"b" + ++events + "\"}";
    }

    private String complaint(String quoted) {
        String mail = """
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=feedback-report; boundary=b

                --b
                Content-Type: message/feedback-report

                Feedback-Type: abuse
                Version: 1

                --b
                Content-Type: message/rfc822

                From: news@acme.example
                %s

                hello
                --b--
                """.formatted(quoted);
        return "{\"id\":" + ++events + ",\"rcpt_to\":\"fbl@acme.example\",\"mail_from\":\"fbl@isp.test\",\"message\":\""
                + base64(mail) + "\",\"base64\":true,\"size\":1}";
    }

    private static String message(int id, String token, String direction, String to) {
        return "{\"id\":" + id + ",\"token\":\"" + token + "\",\"direction\":\"" + direction
                + "\",\"message_id\":\"a@b\",\"to\":\""
                + to + "\",\"from\":\"me@acme.example\",\"subject\":\"s\",\"timestamp\":" + now()
                + ",\"spam_status\":\"NotChecked\",\"tag\":null}";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String now() {
        return BigDecimal.valueOf(Instant.now().toEpochMilli(), 3).toPlainString();
    }
}
