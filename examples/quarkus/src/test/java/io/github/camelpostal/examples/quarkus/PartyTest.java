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
package io.github.camelpostal.examples.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import jakarta.inject.Inject;

import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole application, in the JVM of the test. camel-postal-sandbox-dev is its Postal, without any set-up. */
@QuarkusTest
class PartyTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @TestHTTPResource
    URI application;

    @Inject
    CamelContext camel;

    @Inject
    Guests guests;

    private PostalSandbox sandbox;

    @BeforeEach
    void find() {
        sandbox = camel.getRegistry().findSingleByType(PostalSandbox.class);
    }

    @Test
    void invitesAndKnowsThatTheInvitationArrived() throws Exception {
        assertThat(invite("zoe@guest.example").statusCode()).isEqualTo(200);

        assertThat(sandbox.awaitSentTo("zoe@guest.example", TIMEOUT).subject()).isEqualTo("You are invited");
        await().atMost(TIMEOUT).until(() -> guest("zoe@guest.example").invitation(), "delivered"::equals);
    }

    @Test
    void knowsThatAnInvitationFailed() throws Exception {
        invite("hardfail@guest.example");

        await().atMost(TIMEOUT).until(() -> guest("hardfail@guest.example").invitation(), "failed"::equals);
    }

    @Test
    void saysThatAnAddressIsNone() throws Exception {
        assertThat(invite("not an address").statusCode()).isEqualTo(422);
    }

    @Test
    void readsWhatAGuestReplies() {
        StoredMail reply = sandbox.receive("ann@guest.example", "party@party.example", ("From: ann@guest.example\r\n"
                + "To: party@party.example\r\nSubject: Re: You are invited\r\n\r\nI will come.\r\n")
                .getBytes(StandardCharsets.UTF_8));

        assertThat(sandbox.awaitWebhookRequest(post -> post.isMail() && post.mailId() == reply.id(), TIMEOUT).isAccepted())
                .isTrue();
        assertThat(guest("ann@guest.example").reply()).startsWith("I will come.");
    }

    @Test
    void theHealthOfQuarkusHasTheChecksOfTheComponent() throws Exception {
        await().atMost(TIMEOUT).until(() -> get("/q/health/ready").statusCode(), status -> status == 200);

        assertThat(get("/q/health/ready").body()).contains("camel-consumers", "camel-producers")
                .doesNotContain(sandbox.apiKey());
    }

    @Test
    void theMetricsOfQuarkusHaveTheMetersOfTheComponent() throws Exception {
        invite("max@guest.example");
        sandbox.awaitWebhookRequest(post -> post.isEvent("MessageSent"), TIMEOUT);

        await().atMost(TIMEOUT).until(() -> get("/q/metrics").body(), metrics -> metrics.contains("camel_postal_"));
    }

    private Guest guest(String address) {
        return guests.list().stream().filter(guest -> guest.address().equals(address)).findFirst()
                .orElse(new Guest(address, null, null, 0));
    }

    private HttpResponse<String> invite(String address) throws Exception {
        return send(HttpRequest.newBuilder(application.resolve("/invitations"))
                .POST(HttpRequest.BodyPublishers.ofString(address)));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(application.resolve(path)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}
