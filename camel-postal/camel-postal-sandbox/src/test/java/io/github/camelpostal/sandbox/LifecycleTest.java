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
package io.github.camelpostal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;

import jakarta.mail.internet.MimeMessage;

import org.junit.jupiter.api.Test;

/** Comes and goes without a trace, and says what is wrong. */
class LifecycleTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final byte[] MAIL = "From: Alice <alice@sender.test>\nTo: support@example.com\n\nx\n".getBytes();

    @Test
    void leavesNoThreadAndNoPortBehind() throws Exception {
        List<Thread> before = threads("HTTP-Dispatcher");
        PostalSandbox postal = PostalSandbox.start();
        int port = postal.port();
        try (Receiver receiver = new Receiver(); MisbehavingServer mute = new MisbehavingServer("slow")) {
            postal.postEventsTo(receiver.url("/"));
            postal.postEventsTo(mute.url());
            new Client(postal).call("/api/v1/send/message",
                    "{'to':['softfail@rcpt.test'],'from':'a@example.com','plain_body':'x'}");
            receiver.next();
            assertThat(threads("postal-sandbox")).isNotEmpty();

            postal.close();
            postal.close();

            // a pool has ended a moment before its last thread; the thread that makes a key ends when the key is made
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(threads("postal-sandbox")).allMatch(thread -> thread.getName().startsWith("postal-sandbox-key"));
                assertThat(threads("HTTP-Dispatcher")).filteredOn(thread -> !before.contains(thread))
                        .as("the receiver's own").hasSize(1);
            });
            assertThatThrownBy(() -> new Socket("127.0.0.1", port).close()).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void listensOnTheChosenPortAndSaysWhenItIsTaken() {
        try (PostalSandbox first = PostalSandbox.start()) {
            assertThatThrownBy(() -> PostalSandbox.builder().port(first.port()).start())
                    .hasMessageContaining("port " + first.port()).hasMessageContaining("builder().port(");
        }
    }

    @Test
    void refusesMailThatNoRouteTakesAndSaysWhatToDo() {
        try (PostalSandbox postal = PostalSandbox.start()) {
            assertThatThrownBy(() -> postal.receive("alice@sender.test", "nobody@example.com", MAIL))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("routeTo(");
            assertThat(postal.received()).isEmpty();
        }
    }

    @Test
    void refusesAKeyThatNobodyCouldUse() {
        assertThatThrownBy(() -> PostalSandbox.builder().apiKey(" ")).hasMessageContaining("blank");
    }

    @Test
    void refusesRoutesAndUrlsThatCannotWork() {
        try (PostalSandbox postal = PostalSandbox.start()) {
            URI url = URI.create("http://127.0.0.1:1/");
            assertThatThrownBy(() -> postal.routeTo("support", url)).hasMessageContaining("support@example.com");
            assertThatThrownBy(() -> postal.routeTo("support+x@example.com", url)).hasMessageContaining("without tag");
            assertThatThrownBy(() -> postal.postEventsTo(URI.create("127.0.0.1/x"))).hasMessageContaining("http://");
        }
    }

    @Test
    void takesTheEnvelopeFromAMimeMessage() throws Exception {
        try (PostalSandbox postal = PostalSandbox.start(); Receiver receiver = new Receiver()) {
            postal.routeTo("support@example.com", receiver.url("/"));

            StoredMail mail = postal.receive(new MimeMessage(null, new ByteArrayInputStream(MAIL)));

            assertThat(mail.mailFrom()).isEqualTo("alice@sender.test");
            assertThat(mail.rcptTo()).isEqualTo("support@example.com");
            assertThat(receiver.next().json().path("from").asText()).isEqualTo("Alice <alice@sender.test>");
        }
    }

    @Test
    void saysWhatThereWasWhenWaitingWasInVain() {
        try (PostalSandbox postal = PostalSandbox.start()) {
            assertThatThrownBy(() -> postal.awaitSentTo("a@rcpt.test", Duration.ofMillis(20)))
                    .isInstanceOf(IllegalStateException.class).hasMessageContaining("within 20 ms");
            assertThatThrownBy(() -> postal.awaitWebhookRequest(post -> true, Duration.ofMillis(20)))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void tellsEveryWebhookWithAUuidOfItsOwn() {
        try (PostalSandbox postal = PostalSandbox.start(); Receiver one = new Receiver(); Receiver two = new Receiver()) {
            postal.postEventsTo(one.url("/"));
            postal.postEventsTo(two.url("/"));

            postal.server().sendLimitExceeded(10, 10);

            assertThat(one.next().json().path("uuid")).isNotEqualTo(two.next().json().path("uuid"));
            postal.awaitWebhookRequest(post -> post.url().equals(two.url("/")), SOON);
            assertThat(postal.webhookRequests()).extracting(WebhookRequest::status).containsOnly(200);
        }
    }

    @Test
    void keepsAddressesAndContentOutOfWhatMayBeLogged() {
        try (PostalSandbox postal = PostalSandbox.start(); Receiver receiver = new Receiver()) {
            postal.routeTo("support@example.com", URI.create("http://user:secret@127.0.0.1:" + receiver.port() + "/"));
            StoredMail mail = postal.receive("alice@sender.test", "support@example.com", MAIL);
            WebhookRequest post = postal.awaitWebhookRequest(WebhookRequest::isMail, SOON);

            assertThat(List.of(mail.toString(), post.toString())).allSatisfy(text -> assertThat(text)
                    .doesNotContain("alice").doesNotContain("secret").doesNotContain("@"));
        }
    }

    private static List<Thread> threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && thread.getName().startsWith(prefix)).toList();
    }
}
