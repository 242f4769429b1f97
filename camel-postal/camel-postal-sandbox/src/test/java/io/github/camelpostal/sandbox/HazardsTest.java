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

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.github.camelpostal.sandbox.internal.store.Message;
import io.github.camelpostal.sandbox.internal.store.Status;
import io.github.camelpostal.sandbox.internal.store.Webhook;
import io.github.camelpostal.sandbox.internal.webhook.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where a receiver's response does harm although its status was right (protocol 4.5, 5.4). */
class HazardsTest {
    private final Workshop workshop = new Workshop(Duration.ofSeconds(5));
    private final Receiver receiver = new Receiver();

    @AfterEach
    void stop() {
        workshop.close();
        receiver.close();
    }

    @Test
    void deliversAnAcceptedMailAgainWhenTheResponseCutsACharacterInTwo() {
        receiver.respond(200, ("x".repeat(249) + "ü").getBytes(StandardCharsets.UTF_8));
        assertThat(statusAfterOnePost()).isEqualTo(Status.ERROR);

        receiver.respond(200, new byte[0]);
        workshop.scheduler.advance(Duration.ofMinutes(6));

        assertThat(receiver.pending()).hasSize(2);
        assertThat(workshop.runtime.store().all().get(0).status()).isEqualTo(Status.SENT);
    }

    @Test
    void takesAShortNonAsciiResponseToAMail() {
        receiver.respond(200, "schön".getBytes(StandardCharsets.UTF_8));

        assertThat(statusAfterOnePost()).isEqualTo(Status.SENT);
    }

    @Test
    void freezesAnEventWhoseResponseIsNoUtf8() {
        assertThat(isRepeatedAfter(503, new byte[]{(byte) 0xff}, "plain")).isFalse();
    }

    @Test
    void freezesAnEventWhenBothSidesAreNotAscii() {
        assertThat(isRepeatedAfter(503, "schön".getBytes(StandardCharsets.UTF_8), "Grüße")).isFalse();
        assertThat(isRepeatedAfter(503, "schön".getBytes(StandardCharsets.UTF_8), "plain")).isTrue();
    }

    @Test
    void freezesAnEventWhoseResponseIsTooLongToStore() {
        assertThat(isRepeatedAfter(503, new byte[70_000], "plain")).isFalse();
    }

    @Test
    void failsOnAnEmptyTextOfExplicitTypeAsPostalDoes() {
        workshop.server.route(Route.to("support@acme.example", HttpEndpoint.of(receiver.url("/"))));

        Message message = workshop.receive("a@b.test", "support@acme.example",
                "Content-Type: text/plain\nContent-Transfer-Encoding: 8bit\n\n".getBytes());
        workshop.settle();

        assertThat(workshop.now(message).status()).isEqualTo(Status.ERROR);
        assertThat(receiver.pending()).isEmpty();
    }

    @Test
    void actsOnAResponseThatComesBeforeTheBodyWasSent() {
        try (MisbehavingServer refusing = new MisbehavingServer("early")) {
            workshop.server.route(Route.to("support@acme.example", HttpEndpoint.of(refusing.url())));
            byte[] large = ("Subject: s\n\n" + "x".repeat(70) + "\n").repeat(200_000).getBytes(StandardCharsets.US_ASCII);

            Message message = workshop.receive("a@b.test", "support@acme.example", large);
            workshop.settle();

            Message now = workshop.now(message);
            assertThat(now.status()).isEqualTo(Status.HARD_FAIL);
            assertThat(now.state().deliveries().get(0).attempt().details()).startsWith("Received a 413");
            assertThat(now.state().deliveries().get(0).attempt().output()).isEqualTo("large");
        }
    }

    @Test
    void bouncesNothingToTheNullSender() {
        receiver.respond(422, new byte[0]);
        workshop.server.route(Route.to("support@acme.example", HttpEndpoint.of(receiver.url("/"))));

        Message message = workshop.receive(null, "support@acme.example", "Subject: s\n\nx\n".getBytes());
        workshop.settle();

        assertThat(workshop.now(message).status()).isEqualTo(Status.HARD_FAIL);
        assertThat(workshop.runtime.store().all()).hasSize(1);
    }

    private Status statusAfterOnePost() {
        workshop.server.route(Route.to("support@acme.example", HttpEndpoint.of(receiver.url("/"))));
        Message message = workshop.receive("a@b.test", "support@acme.example", "Subject: s\n\nx\n".getBytes());
        workshop.settle();
        return workshop.now(message).status();
    }

    private boolean isRepeatedAfter(int status, byte[] response, String textInTheEvent) {
        try (Workshop own = new Workshop(Duration.ofSeconds(5))) {
            receiver.respond(status, response);
            own.server.webhook(Webhook.of(receiver.url("/")));
            own.runtime.events().fire(Event.dnsError(own.server.identity(), textInTheEvent, own.scheduler.now()));
            own.settle();
            return own.nextWait() != null;
        }
    }
}
