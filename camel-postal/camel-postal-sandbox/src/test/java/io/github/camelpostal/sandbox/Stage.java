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

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** A sandbox in virtual time, with an application around it: a webhook, an endpoint, and somebody who sends. */
final class Stage implements AutoCloseable {
    static final Instant START = Instant.parse("2026-11-20T18:00:00Z");
    static final String SUPPORT = "support@acme.example";
    static final String ALICE = "alice@customer.example";

    final PostalSandbox postal;
    final Receiver webhook = new Receiver();
    final Receiver endpoint = new Receiver();
    private final Client client;

    Stage() {
        this(setup -> {
        });
    }

    Stage(Consumer<ServerSetup> setup) {
        postal = PostalSandbox.builder().keyPair(Signatures.PAIR).domain("acme.example").virtualTime(START)
                .server(setup).start();
        client = new Client(postal);
        postal.postEventsTo(webhook.url("/hook"));
    }

    /** By the API; nothing follows from it yet. */
    StoredMail send(String to) {
        return send(postal.apiKey(), to);
    }

    StoredMail send(String key, String to) {
        long id = Client.json(client.send(client.request("/api/v1/send/message").header("X-Server-API-Key", key)
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(
                        "{\"to\":[\"" + to + "\"],\"from\":\"me@acme.example\",\"subject\":\"s\",\"plain_body\":\"b\"}"))))
                .at("/data/messages/" + to + "/id").asLong();
        return postal.message(id).orElseThrow();
    }

    /** Mail from outside; nothing follows from it yet. */
    StoredMail receive(String rcptTo) {
        return receive(ALICE, rcptTo, "");
    }

    StoredMail receive(String mailFrom, String rcptTo, String headers) {
        return postal.receive(mailFrom, rcptTo, ("From: " + mailFrom + "\nSubject: s\nMessage-ID: <a@customer.example>\n"
                + headers + "\nbody\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Does what is due, and what follows from it without waiting. */
    void settle() {
        postal.advance(Duration.ZERO);
    }

    StoredMail now(StoredMail mail) {
        return postal.message(mail.id()).orElseThrow();
    }

    /** Does what is due, and looks at this message then. */
    StoredMail settled(StoredMail mail) {
        settle();
        return now(mail);
    }

    /** The names of the events that were posted about this message, oldest first. */
    List<String> events(StoredMail mail) {
        return postal.webhookRequests().events().about(mail).stream().map(WebhookRequest::event).toList();
    }

    List<String> statuses(StoredMail mail) {
        return now(mail).deliveries().stream().map(StoredMail.Delivery::status).toList();
    }

    @Override
    public void close() {
        postal.close();
        webhook.close();
        endpoint.close();
    }
}
