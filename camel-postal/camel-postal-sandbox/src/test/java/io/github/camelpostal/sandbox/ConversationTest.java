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
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The way through: mail goes out, events come back, mail comes in. */
class ConversationTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final PostalSandbox postal = PostalSandbox.start();
    private final Client client = new Client(postal);
    private final Receiver receiver = new Receiver();

    @AfterEach
    void stop() {
        postal.close();
        receiver.close();
    }

    @Test
    void tellsOfSentMailByASignedEvent() {
        postal.postEventsTo(receiver.url("/hook?source=postal"));

        JsonNode response = client.call("/api/v1/send/message",
                "{'to':['delivered@customer.example'],'from':'Shop <shop@example.com>','subject':'Hi','plain_body':'Hello','tag':'t1'}");
        Receiver.Request event = receiver.next();

        long id = response.at("/data/messages/delivered@customer.example/id").asLong();
        assertThat(event.target()).isEqualTo("/hook?source=postal");
        assertThat(event.json().path("event").asText()).isEqualTo("MessageSent");
        assertThat(event.json().at("/payload/message/id").asLong()).isEqualTo(id);
        assertThat(event.json().at("/payload/message/tag").asText()).isEqualTo("t1");
        assertThat(Signatures.verify(postal, event)).isTrue();
    }

    @Test
    void postsMailFromOutsideToItsRouteAndThenTellsThatItWasTaken() {
        postal.postEventsTo(receiver.url("/hook"));
        postal.routeTo("support@example.com", receiver.url("/mail"));

        StoredMail mail = postal.receive("alice@customer.example", "support+42@example.com",
                "From: Alice <alice@customer.example>\nTo: support@example.com\nSubject: Help\n\nplease\n"
                        .getBytes(StandardCharsets.UTF_8));
        Receiver.Request exchange = receiver.next();
        Receiver.Request event = receiver.next();

        assertThat(exchange.target()).isEqualTo("/mail");
        assertThat(exchange.json().path("id").asLong()).isEqualTo(mail.id());
        assertThat(exchange.json().path("rcpt_to").asText()).isEqualTo("support+42@example.com");
        assertThat(exchange.json().path("plain_body").asText()).isEqualTo("please\n");
        assertThat(Signatures.verify(postal, exchange)).isTrue();
        assertThat(event.json().path("event").asText()).isEqualTo("MessageSent");
        assertThat(event.json().at("/payload/message/direction").asText()).isEqualTo("incoming");
        assertThat(postal.awaitWebhookRequest(WebhookRequest::isMail, SOON).isAccepted()).isTrue();
    }

    @Test
    void bouncesWhatTheRecipientsNameAsksFor() {
        postal.postEventsTo(receiver.url("/hook"));

        client.call("/api/v1/send/message",
                "{'to':['bounced@customer.example'],'from':'shop@example.com','plain_body':'Hello'}");
        WebhookRequest bounced = postal.awaitWebhookRequest(post -> post.isEvent("MessageBounced"), SOON);

        assertThat(bounced.json().at("/payload/original_message/to").asText()).isEqualTo("bounced@customer.example");
        assertThat(bounced.json().at("/payload/bounce/to").asText()).isEqualTo(postal.server().returnPath());
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(postal.sent().get(0).status()).isEqualTo("Bounced");
            assertThat(postal.received().get(0).status()).isEqualTo("Processed");
        });
    }

    @Test
    void bringsMailToItsOwnRouteBackIn() {
        postal.routeTo("*@example.com", receiver.url("/mail"));

        client.call("/api/v1/send/message",
                "{'to':['Any <any.one@example.com>'],'from':'shop@example.com','subject':'Grüße','html_body':'<p>x</p>'}");
        JsonNode mail = receiver.next().json();

        assertThat(mail.path("rcpt_to").asText()).isEqualTo("any.one@example.com");
        assertThat(mail.path("mail_from").asText()).isEqualTo(postal.server().returnPath());
        assertThat(mail.path("subject").asText()).isEqualTo("Grüße");
        assertThat(mail.path("html_body").asText()).isEqualTo("<p>x</p>");
        assertThat(postal.awaitSentTo("any.one@example.com", SOON).status()).isEqualTo("Sent");
    }
}
