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

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.camelpostal.payload.PostalEvent;
import io.github.camelpostal.sandbox.HttpEndpoint;
import io.github.camelpostal.sandbox.HttpEndpoint.Encoding;
import io.github.camelpostal.sandbox.HttpEndpoint.Format;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.SandboxServer;
import io.github.camelpostal.sandbox.StoredMail;
import io.github.camelpostal.sandbox.WebhookRequest;
import io.github.camelpostal.testing.Bodies;
import io.github.camelpostal.testing.LogCapture;
import io.github.camelpostal.testing.TestKey;
import io.github.camelpostal.testing.Wire;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One key signs for all mail servers of an installation: with verifyTenant, a consumer takes only what is its own server's. */
class TenantVerificationTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final byte[] MAIL = "From: a@elsewhere.test\r\nSubject: hello\r\n\r\nHello\r\n".getBytes();

    private final PostalSandbox postal = PostalSandbox.builder().domain("ours.test").apiKey("OursKeyNotASecret0000000")
            .server("theirs", server -> server.domain("theirs.test").apiKey("TheirsKeyNotASecret00000")).start();
    private final SandboxServer theirs = postal.server("theirs");
    private final List<Exchange> routed = new CopyOnWriteArrayList<>();
    private CamelApp app;
    private URI here;

    private void start(String options) throws Exception {
        app = CamelApp.create();
        PostalComponent component = app.context().getComponent("postal", PostalComponent.class);
        component.getConfiguration().setServerUrl(postal.url().toString());
        PostalServer ours = new PostalServer();
        ours.setApiKey(postal.apiKey());
        component.getServers().put("ours", ours);
        app.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?server=ours&" + options).routeId("webhook")
                        .process(exchange -> routed.add(exchange.copy()));
                from("postal:webhook?path=/open&publicKey=RAW(" + TestKey.SHARED.publicKey() + ")").to("log:open?level=DEBUG");
            }
        });
        app.context().start();
        here = URI.create("http://127.0.0.1:" + app.port() + "/postal");
    }

    @AfterEach
    void close() {
        if (app != null) {
            app.close();
        }
        postal.close();
    }

    static Stream<Arguments> forms() {
        return Stream.of(Format.values()).flatMap(format -> Stream.of(Encoding.values())
                .map(encoding -> Arguments.of(format, encoding)));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void mailOfTheOwnServerIsRouted(Format format, Encoding encoding) throws Exception {
        start("verifyTenant=messages");
        postal.routeTo("*@ours.test", HttpEndpoint.of(here).withFormat(format).withEncoding(encoding));

        StoredMail mail = postal.receive("a@elsewhere.test", "b@ours.test", MAIL);
        postal.awaitWebhookRequest(request -> request.mailId() == mail.id() && request.isAccepted(), LONG);

        assertThat(routed).hasSize(1);
    }

    @Test
    void aMailWithoutASenderIsRoutedToo() throws Exception {
        start("verifyTenant=messages");
        postal.routeTo("*@ours.test", HttpEndpoint.of(here).withFormat(Format.RAW));

        postal.receive(null, "b@ours.test", MAIL);
        postal.awaitWebhookRequest(request -> request.isMail() && request.isAccepted(), LONG);

        assertThat(routed).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void mailOfAnotherTenantIsNotRoutedAndNotBounced(Format format, Encoding encoding) throws Exception {
        start("verifyTenant=messages");
        send("postal:send?server=ours&from=x@ours.test"); // so that the id is one of ours too
        theirs.routeTo("*@theirs.test", HttpEndpoint.of(here).withFormat(format).withEncoding(encoding));

        StoredMail mail = postal.server("theirs").message(receiveAtTheirs()).orElseThrow();
        WebhookRequest request = theirs.awaitWebhookRequest(r -> r.mailId() == mail.id(), LONG);

        assertThat(request.status()).isEqualTo(503);
        await().atMost(LONG).untilAsserted(
                () -> assertThat(theirs.message(mail.id()).orElseThrow().status()).isEqualTo("SoftFail"));
        assertThat(theirs.sent()).as("bounces").isEmpty();
        assertThat(routed).isEmpty();
        assertThat(consumer().getForeign()).isEqualTo(1);
    }

    private long receiveAtTheirs() {
        return postal.receive("a@elsewhere.test", "b@theirs.test", MAIL).id();
    }

    @Test
    void anEventOfAnotherTenantIsNotRouted() throws Exception {
        start("verifyTenant=messages");
        theirs.postEventsTo(here);

        send("postal:send?apiKey=" + theirs.apiKey() + "&serverUrl=" + postal.url() + "&from=x@theirs.test");
        WebhookRequest request = theirs.awaitWebhookRequest(r -> r.isEvent("MessageSent"), LONG);

        assertThat(request.status()).isEqualTo(503);
        assertThat(routed).isEmpty();
    }

    @Test
    void aMessageIsAskedForOnceHoweverManyEventsItHas() throws Exception {
        start("verifyTenant=messages");
        postal.postEventsTo(here);

        send("postal:send?server=ours&from=x@ours.test");
        await().atMost(LONG).until(() -> !routed.isEmpty());
        postal.apiFaults().on("messages/message").respond(500);
        postal.server().open(postal.sent().only().id());

        await().atMost(LONG).untilAsserted(() -> assertThat(events()).containsExactly("MessageSent", "MessageLoaded"));
    }

    @Test
    void whilePostalCannotBeAskedTheResponseIs503AndAfterwardsTheMailIsTaken() throws Exception {
        start("verifyTenant=messages");
        postal.routeTo("*@ours.test", here);
        postal.apiFaults().on("messages/message").respond(502);

        StoredMail mail = postal.receive("a@elsewhere.test", "b@ours.test", MAIL);
        assertThat(postal.awaitWebhookRequest(r -> r.mailId() == mail.id(), LONG).status()).isEqualTo(503);
        assertThat(routed).isEmpty();

        postal.apiFaults().clear();
        await().atMost(LONG).pollInterval(Duration.ofMillis(500)).until(() -> {
            postal.server().retryNow(mail.id());
            return !routed.isEmpty();
        });
    }

    @Test
    void whoAsksPostalHoldsUpNobodyElse() throws Exception {
        start("verifyTenant=messages&processingTimeout=20s&publicKey=RAW(" + TestKey.SHARED.publicKey() + ")");
        postal.postEventsTo(here);
        postal.apiFaults().on("messages/message").delay(Duration.ofSeconds(60));
        ExecutorService clients = Executors.newCachedThreadPool();
        try {
            List<Future<Integer>> asking = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                long id = i + 1;
                asking.add(clients.submit(() -> post("/postal", Bodies.mail(id, "t"))));
            }
            assertThat(post("/open", Bodies.event("u"))).isEqualTo(200);
            assertThat(asking).as("all wait for Postal").noneMatch(Future::isDone);
            assertThat(asking).allSatisfy(response -> assertThat(response.get(60, TimeUnit.SECONDS)).isEqualTo(503));
        } finally {
            clients.shutdownNow();
        }
        assertThat(routed).isEmpty();
    }

    private int post(String path, byte[] body) throws Exception {
        return Wire.post(app.port(), path, body, TestKey.SHARED.signature(body)).status();
    }

    @Test
    void whatIsAboutNoMessagePassesWithMessages() throws Exception {
        start("verifyTenant=messages");
        postal.postEventsTo(here);

        postal.server().sendLimitExceeded(100, 100);
        postal.server().dnsError("ours.test");

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(events()).containsExactlyInAnyOrder("SendLimitExceeded", "DomainDNSError"));
    }

    @Test
    void whatIsAboutNoMessageIsRefusedWithAllAndTheLogSaysWhy() throws Exception {
        try (LogCapture log = new LogCapture()) {
            start("verifyTenant=all");
            postal.postEventsTo(here);

            postal.server().dnsError("ours.test");

            assertThat(postal.awaitWebhookRequest(r -> r.isEvent("DomainDNSError"), LONG).status()).isEqualTo(503);
            assertThat(routed).isEmpty();
            await().atMost(LONG).untilAsserted(() -> assertThat(log.lines())
                    .anyMatch(line -> line.startsWith("WARN") && line.contains("verifyTenant=messages")));
        }
    }

    @Test
    void withoutAKeyItDoesNotStart() throws Exception {
        start("verifyTenant=messages");
        PostalComponent component = app.context().getComponent("postal", PostalComponent.class);
        component.getServers().clear();

        assertThatThrownBy(() -> app.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?path=/other&verifyTenant=messages").to("log:x");
            }
        })).hasStackTraceContaining("verifyTenant").hasStackTraceContaining("apiKey");
    }

    private List<String> events() {
        return routed.stream().map(exchange -> exchange.getMessage().getBody(PostalEvent.class).event()).toList();
    }

    private PostalConsumer consumer() {
        return (PostalConsumer) app.context().getRoute("webhook").getConsumer();
    }

    private void send(String uri) {
        Exchange sent = app.context().createProducerTemplate().send(uri + "&to=b@elsewhere.test&subject=hello",
                exchange -> exchange.getMessage().setBody("Hello"));
        assertThat(sent.getException()).isNull();
    }
}
