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
import static org.assertj.core.api.Assertions.within;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelpostal.sandbox.internal.store.Message;
import io.github.camelpostal.sandbox.internal.store.Status;
import io.github.camelpostal.sandbox.internal.store.Webhook;
import io.github.camelpostal.sandbox.internal.webhook.Event;
import io.github.camelpostal.sandbox.internal.webhook.PostalExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a receiver's response leads to, and when it is called again, as measured on a real Postal (protocol 4.5, 4.7, 5.4). */
class MeasuredRetriesTest {
    private static final JsonNode MEASURED = Recording.of("retry", "measured").json();
    private static final Duration FOR_EVER = Duration.ofDays(30);
    private static final byte[] MAIL = "From: alice@sender.test\nSubject: s\n\nbody\n".getBytes();

    private Workshop workshop = new Workshop(Duration.ofSeconds(30));
    private final List<AutoCloseable> servers = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        workshop.close();
        for (AutoCloseable server : servers) {
            server.close();
        }
    }

    @ParameterizedTest
    @MethodSource("measuredEndpoints")
    void endsInboundMailAsMeasured(String response) {
        JsonNode measured = MEASURED.path("incoming_http_endpoint").path(response);
        URI url = urlThatRespondsWith(response);
        workshop.server.route(Route.to("support@acme.example", HttpEndpoint.of(url)));

        Message message = workshop.receive("alice@sender.test", "support@acme.example", MAIL);
        workshop.settle();

        assertThat(workshop.now(message).status().text()).isEqualTo(measured.path("delivery_status").asText());
        assertThat(workshop.nextWait() != null).as("retried").isEqualTo(measured.path("still_queued").asBoolean());
        assertThat(workshop.runtime.store().all().stream().anyMatch(other -> other.arrival().bounceForId() == message.id()))
                .as("bounce to the sender").isEqualTo(measured.path("bounce_sent_to_sender").asBoolean());
        if (measured.path("still_queued").asBoolean()) {
            assertThat((double) workshop.nextWait().toSeconds())
                    .isCloseTo(measured.path("retry_after_seconds").asDouble(), within(1.5));
        }
        if (response.equals("long500")) {
            assertThat(workshop.now(message).state().deliveries().get(0).attempt().output()).hasSize(250);
        }
    }

    @ParameterizedTest
    @MethodSource("measuredWebhooks")
    void repeatsAnEventAsMeasured(String response) {
        boolean stuck = response.equals("garbage");
        boolean accepted = response.startsWith("s2");
        URI url = urlThatRespondsWith(response);
        workshop.server.webhook(Webhook.of(url));

        workshop.runtime.events().fire(Event.sendLimit("SendLimitExceeded", workshop.server.identity(), 2, 1));
        workshop.settle();

        assertThat(workshop.nextWait()).isEqualTo(stuck || accepted ? null : Duration.ofSeconds(120));
    }

    @Test
    void triesInboundMailEighteenTimesAndThenBouncesIt() {
        workshop.server.route(Route.to("support@acme.example", HttpEndpoint.of(urlThatRespondsWith("s503"))));
        JsonNode schedule = MEASURED.path("incoming_http_endpoint_503_full_schedule");

        Message message = workshop.receive("alice@sender.test", "support@acme.example", MAIL);
        workshop.settle();

        for (int attempt = 1; attempt <= 18; attempt++) {
            assertThat(workshop.posts()).hasSize(attempt);
            double measured = schedule.get(attempt - 1).path("next_retry_in_seconds").asDouble();
            assertThat((double) workshop.nextWait().toSeconds()).isCloseTo(measured, within(1.5));
            workshop.scheduler.advance(workshop.nextWait());
        }
        assertThat(workshop.posts()).hasSize(18).allMatch(this::sameBodyAsTheFirst);
        assertThat(workshop.now(message).status()).isEqualTo(Status.HARD_FAIL);
        assertThat(workshop.runtime.store().all()).anyMatch(bounce -> bounce.arrival().bounceForId() == message.id());
    }

    @Test
    void triesAnEventSixTimesWithTheSameBody() {
        workshop.server.webhook(Webhook.of(urlThatRespondsWith("s503")));
        JsonNode schedule = MEASURED.path("webhook_503_full_schedule");

        workshop.send("delivered@rcpt.test");
        workshop.settle();

        for (int attempt = 1; attempt <= 5; attempt++) {
            assertThat(workshop.posts()).hasSize(attempt);
            assertThat(workshop.nextWait().toSeconds())
                    .isEqualTo(schedule.get(attempt - 1).path("next_retry_in_seconds").asLong());
            workshop.scheduler.advance(workshop.nextWait());
        }
        workshop.scheduler.advance(FOR_EVER);
        assertThat(workshop.posts()).hasSize(6).allMatch(this::sameBodyAsTheFirst);
    }

    @Test
    void delaysSoftfailEighteenTimesAndThenGivesUp() {
        Message message = workshop.send("softfail@rcpt.test");

        workshop.scheduler.advance(FOR_EVER);

        assertThat(workshop.now(message).state().deliveries()).hasSize(19);
        assertThat(workshop.now(message).status()).isEqualTo(Status.HARD_FAIL);
    }

    static List<String> measuredEndpoints() {
        return names(MEASURED.path("incoming_http_endpoint"));
    }

    static List<String> measuredWebhooks() {
        return names(MEASURED.path("webhook"));
    }

    private static List<String> names(JsonNode measured) {
        return StreamSupport.stream(((Iterable<String>) measured::fieldNames).spliterator(), false).toList();
    }

    private boolean sameBodyAsTheFirst(PostalExchange exchange) {
        return Arrays.equals(exchange.request().body(), workshop.posts().get(0).request().body());
    }

    private URI urlThatRespondsWith(String response) {
        if (response.matches("s\\d+|long500")) {
            Receiver receiver = new Receiver();
            servers.add(receiver);
            boolean isLong = response.equals("long500");
            receiver.respond(Integer.parseInt(response.replaceAll("\\D", "")), "R".repeat(isLong ? 3000 : 3).getBytes());
            if (response.equals("s204")) {
                receiver.respond(204, new byte[0]);
            }
            return receiver.url("/");
        }
        if (response.matches("slow|badssl")) { // only these are waited for in vain
            workshop.close();
            workshop = new Workshop(Duration.ofMillis(300));
        }
        MisbehavingServer server = new MisbehavingServer(response);
        if (response.equals("refused")) {
            server.close();
        }
        servers.add(server);
        return server.url();
    }
}
