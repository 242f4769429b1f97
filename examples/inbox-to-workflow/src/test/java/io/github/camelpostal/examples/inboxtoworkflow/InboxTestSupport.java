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
package io.github.camelpostal.examples.inboxtoworkflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

import io.github.camelpostal.sandbox.HttpEndpoint;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import io.github.camelpostal.sandbox.WebhookRequest;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sandbox, the running routes, and mails from Ann. */
@Timeout(180)
abstract class InboxTestSupport {

    static final Duration TIMEOUT = Duration.ofSeconds(60);
    static final String ANN = "ann@customer.example";
    static final String ORDERS = "orders@shop.example";
    static final String SUPPORT = "support@shop.example";

    private static final Set<String> SET_BY_THE_CLIENT = Set.of("host", "connection", "content-length");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    final String database = UUID.randomUUID().toString();
    final PostalSandbox postal = PostalSandbox.builder().domain("shop.example").webhookTimeout(TIMEOUT).start();
    RunningInbox inbox;

    @BeforeEach
    void start() {
        inbox = running(inbox().start());
    }

    @AfterEach
    void stop() throws Exception {
        inbox.close();
        inbox.dropDatabase();
        postal.close();
    }

    /** Not started yet. */
    RunningInbox inbox() {
        return new RunningInbox(folder, database, "shop.example")
                .with("camel.component.postal.server-url", postal.url())
                .with("camel.component.postal.api-key", postal.apiKey());
    }

    /** Postal posts to it from now on, in the format that the README recommends. */
    RunningInbox running(RunningInbox started) {
        postal.routeTo("*@shop.example", HttpEndpoint.of(started.url()).withFormat(HttpEndpoint.Format.RAW)
                .withTimeout(Duration.ofSeconds(70)));
        return started;
    }

    /** Postal posts in its other format, which loses most header fields, from now on. */
    void postInFormatHash() {
        postal.routeTo("*@shop.example", HttpEndpoint.of(inbox.url()).withFormat(HttpEndpoint.Format.HASH)
                .withTimeout(Duration.ofSeconds(70)));
    }

    void restart(RunningInbox next) {
        inbox.close();
        inbox = running(next.start());
    }

    /** A mail comes in and is taken. */
    StoredMail arrive(String rcptTo, String mail) {
        StoredMail stored = receive(ANN, rcptTo, mail);
        assertThat(postOf(stored).status()).isEqualTo(200);
        return stored;
    }

    /** A mail comes in and is posted. */
    StoredMail receive(String mailFrom, String rcptTo, String mail) {
        return postal.receive(mailFrom, rcptTo, mail.getBytes(StandardCharsets.UTF_8));
    }

    WebhookRequest postOf(StoredMail mail) {
        return postal.awaitWebhookRequest(post -> post.isMail() && post.mailId() == mail.id(), TIMEOUT);
    }

    /** As Postal does when it got no 200: the same bytes and headers again. The status of the response. */
    int repeat(WebhookRequest post) {
        HttpRequest.Builder request = HttpRequest.newBuilder(inbox.url()).version(HttpClient.Version.HTTP_1_1)
                .POST(HttpRequest.BodyPublishers.ofByteArray(post.body()));
        post.headers().forEach((name, value) -> {
            if (!SET_BY_THE_CLIENT.contains(name.toLowerCase())) {
                request.header(name, value);
            }
        });
        return HTTP.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding()).join().statusCode();
    }

    static ConditionFactory eventually() {
        return await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(50));
    }

    /** A mail of Ann's with further header lines, each with its line end. */
    static String mail(String headers) {
        return """
                From: Ann <ann@customer.example>
                To: support@shop.example
                Subject: =?UTF-8?Q?Help,_bitte_gr=C3=B6=C3=9Fer?=
                Message-ID: <%s@customer.example>
                %s
                Help!
                """.formatted(UUID.randomUUID(), headers);
    }

    static URI unreachable() {
        return URI.create("http://127.0.0.1:" + RunningInbox.freePort());
    }
}
