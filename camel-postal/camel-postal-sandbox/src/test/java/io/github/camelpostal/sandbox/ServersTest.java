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

import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two mail servers in one sandbox: what they share, and what they do not (protocol 1). */
class ServersTest {
    private PostalSandbox postal;
    private SandboxServer billing;
    private Client client;

    @BeforeEach
    void start() {
        postal = PostalSandbox.builder().keyPair(Signatures.PAIR).domain("acme.example").virtualTime()
                .server("billing", server -> server.organization("acme").domain("billing.example")
                        .apiKey("BillingKeyNotASecret0000").smtpKey("BillingSmtpKeyNoSecret00"))
                .start();
        billing = postal.server("billing");
        client = new Client(postal);
    }

    @AfterEach
    void stop() {
        postal.close();
    }

    @Test
    void countsIdsForEachServerAndShowsEachOnlyItsOwn() {
        assertThat(send(postal.server(), "me@acme.example").at("/data/messages/ann@customer.example/id").asLong()).isEqualTo(1);
        assertThat(send(billing, "me@billing.example").at("/data/messages/ann@customer.example/id").asLong()).isEqualTo(1);

        assertThat(postal.sent().only().mailFrom()).isEqualTo("me@acme.example");
        assertThat(billing.sent().only().mailFrom()).isEqualTo("me@billing.example");
    }

    @Test
    void refusesADomainOfTheOtherServer() {
        assertThat(send(billing, "me@acme.example").at("/data/code").asText()).isEqualTo("UnauthenticatedFromAddress");
    }

    @Test
    void takesAnSmtpKeyForNoApiKey() {
        assertThat(send(billing.smtpKey(), "me@billing.example").at("/data/code").asText()).isEqualTo("InvalidServerAPIKey");
    }

    @Test
    void bringsMailFromOneServerToARouteOfTheOther() {
        Receiver receiver = new Receiver();
        try (receiver) {
            billing.routeTo("*@customer.example", receiver.url("/"));
            send(postal.server(), "me@acme.example");
            postal.advance(Duration.ZERO);

            assertThat(billing.received().only().rcptTo()).isEqualTo("ann@customer.example");
            assertThat(billing.received().only().mailFrom()).isEqualTo(postal.server().returnPath());
            assertThat(postal.received()).isEmpty();
            assertThat(receiver.next().json().path("id").asLong()).isEqualTo(1);
        }
    }

    @Test
    void tellsEachServersWebhooksOfItsOwnMessages() {
        Receiver receiver = new Receiver();
        try (receiver) {
            billing.postEventsTo(receiver.url("/"), "MessageSent");
            send(postal.server(), "me@acme.example");
            send(billing, "me@billing.example");
            postal.advance(Duration.ZERO);

            assertThat(receiver.next().json().at("/payload/message/from").asText()).isEqualTo("me@billing.example");
            assertThat(receiver.pending()).isEmpty();
            assertThat(billing.awaitEvents("MessageSent")).hasSize(1);
        }
    }

    @Test
    void suspendsOneServerOnly() {
        billing.suspend();

        assertThat(send(billing, "me@billing.example").at("/data/code").asText()).isEqualTo("ServerSuspended");
        assertThat(send(postal.server(), "me@acme.example").path("status").asText()).isEqualTo("success");
    }

    @Test
    void hasReturnPathsThatDiffer() {
        assertThat(billing.returnPath()).matches("[a-z0-9]{6}@rp\\.postal\\.example\\.com")
                .isNotEqualTo(postal.server().returnPath());
    }

    @Test
    void saysHowAMissingServerIsAdded() {
        assertThatThrownBy(() -> postal.server("sales")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("builder().server(\"sales\", ...)");
    }

    @Test
    void letsADomainForAnySendFromAnywhere() {
        try (PostalSandbox own = PostalSandbox.builder().keyPair(Signatures.PAIR)
                .server(server -> server.domainForAny("acme.example")).start()) {
            assertThat(new Client(own).call("/api/v1/send/message",
                    "{'to':['a@b.example'],'from':'x@stranger.example','plain_body':'b'}").path("status").asText())
                    .isEqualTo("success");
        }
    }

    @Test
    void letsAVerifiedSenderMakeUpForTheFromOnlyWhereAllowed() {
        String call = "{'to':['a@b.example'],'from':'x@stranger.example','sender':'me@acme.example','plain_body':'b'}";
        assertThat(client.call("/api/v1/send/message", call).at("/data/code").asText()).isEqualTo("UnauthenticatedFromAddress");

        postal.server().settings(now -> now.withAllowSender(true));

        assertThat(client.call("/api/v1/send/message", call).path("status").asText()).isEqualTo("success");
    }

    private JsonNode send(SandboxServer server, String from) {
        return send(server.apiKey(), from);
    }

    private JsonNode send(String key, String from) {
        return Client.json(client.send(client.request("/api/v1/send/message").header("X-Server-API-Key", key)
                .header("Content-Type", "application/json").POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                        "{\"to\":[\"ann@customer.example\"],\"from\":\"" + from + "\",\"plain_body\":\"b\"}"))));
    }
}
