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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client can be made to go through. */
class ApiFaultsTest {
    private static final String SEND = "{'to':['a@rcpt.test','b@rcpt.test','c@rcpt.test'],'from':'a@example.com',"
            + "'plain_body':'x'}";
    private static final Duration SHORT = Duration.ofMillis(200);

    private final PostalSandbox postal = PostalSandbox.start();
    private final Client client = new Client(postal);

    @AfterEach
    void stop() {
        postal.close();
    }

    @Test
    void givesAProxysErrorUntilItIsCleared() {
        postal.apiFaults().respond(503);

        assertThat(send().statusCode()).isEqualTo(503);
        assertThat(client.post("/api/v1/messages/message", "{}").statusCode()).isEqualTo(503);
        postal.apiFaults().clear();
        assertThat(send().statusCode()).isEqualTo(200);
        assertThat(postal.sent()).hasSize(3);
    }

    @Test
    void hitsOnlyTheNextRequestsOfOneCall() {
        postal.apiFaults().on("send/message").next(2).respond(502);

        assertThat(client.post("/api/v1/messages/message", "{}").statusCode()).isEqualTo(200);
        assertThat(send().statusCode()).isEqualTo(502);
        assertThat(send().statusCode()).isEqualTo(502);
        assertThat(send().statusCode()).isEqualTo(200);
    }

    @Test
    void endsTheConnectionWithoutAResponseAndStoresNothing() {
        postal.apiFaults().next(1).resetConnection();

        assertThatThrownBy(this::send).isInstanceOf(UncheckedIOException.class).hasCauseInstanceOf(IOException.class);
        assertThat(postal.sent()).isEmpty();
    }

    @Test
    void storesEverythingWhoseResponseIsLost() {
        postal.apiFaults().next(1).loseResponse();

        assertThatThrownBy(this::send).isInstanceOf(UncheckedIOException.class);
        assertThat(postal.sent()).hasSize(3);
        assertThat(postal.awaitSentTo("c@rcpt.test", Duration.ofSeconds(60)).status()).isEqualTo("Sent");
    }

    @Test
    void sendsToSomeRecipientsAndThenCrashes() {
        postal.apiFaults().on("send/message").next(1).failAfterRecipients(2);

        assertThat(send().body()).isEqualTo("{\"status\":500,\"error\":\"Internal Server Error\"}");
        assertThat(postal.sent()).extracting(StoredMail::rcptTo).containsExactly("a@rcpt.test", "b@rcpt.test");
        assertThat(postal.awaitSentTo("b@rcpt.test", Duration.ofSeconds(60)).status()).isEqualTo("Sent");
    }

    @Test
    void letsARequestWait() {
        postal.apiFaults().next(1).delay(SHORT);

        long started = System.nanoTime();
        assertThat(send().statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThanOrEqualTo(SHORT);
    }

    @Test
    void postsAnEventBeforeTheResponseOfTheCallThatCausedIt() {
        try (Receiver webhook = new Receiver()) {
            postal.postEventsTo(webhook.url("/"));
            postal.apiFaults().next(1).delayResponse(Duration.ofMinutes(1));
            Thread sending = new Thread(() -> assertThatThrownBy(this::send), "client");
            sending.start();

            assertThat(webhook.next().json().path("event").asText()).isEqualTo("MessageSent");
            assertThat(sending.isAlive()).isTrue();
        }
    }

    @Test
    void hitsOtherPathsOnlyWhenTheyAreNamed() {
        postal.apiFaults().respond(503);
        assertThat(client.send(client.request("/.well-known/jwks.json")).statusCode()).isEqualTo(200);

        postal.apiFaults().on("/.well-known/jwks.json").respond(504);
        assertThat(client.send(client.request("/.well-known/jwks.json")).statusCode()).isEqualTo(504);
    }

    @Test
    void refusesWhatIsNoFault() {
        assertThatThrownBy(() -> postal.apiFaults().respond(200)).hasMessageContaining("400 to 599");
        assertThatThrownBy(() -> postal.apiFaults().next(0)).hasMessageContaining("At least one");
    }

    private HttpResponse<String> send() {
        return client.post("/api/v1/send/message", SEND);
    }
}
