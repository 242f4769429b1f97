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

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A score over 5 marks, one from 20 on fails, and the route's mode decides what is in between (protocol 4.1). */
class SpamTest {
    private final Stage stage = new Stage();

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void deliversMarkedMailByDefault() {
        route(Route.SpamMode.MARK);

        StoredMail mail = scored("8.5");

        assertThat(mail.status()).isEqualTo("Sent");
        assertThat(stage.endpoint.next().json().path("spam_status").asText()).isEqualTo("Spam");
        assertThat(text(mail)).startsWith("X-Postal-Spam: yes\r\nX-Postal-Spam-Threshold: 5.0\r\n"
                + "X-Postal-Spam-Score: 8.5\r\nX-Postal-Threat: no\r\n");
    }

    @Test
    void doesNotTakeTheThresholdItselfForSpam() {
        route(Route.SpamMode.FAIL);

        assertThat(scored("5").status()).isEqualTo("Sent");
        assertThat(stage.endpoint.next().json().path("spam_status").asText()).isEqualTo("NotSpam");
    }

    @Test
    void holdsSpamInQuarantineUntilItIsReleased() {
        route(Route.SpamMode.QUARANTINE);
        StoredMail mail = scored("8.5");
        assertThat(mail.status()).isEqualTo("Held");

        stage.postal.server().release(mail.id());

        assertThat(stage.settled(mail).status()).isEqualTo("Sent");
        assertThat(text(stage.now(mail)).split("X-Postal-Spam:", -1)).as("inspected once").hasSize(2);
    }

    @Test
    void failsSpamWithoutABounceWhereTheRouteSaysSo() {
        route(Route.SpamMode.FAIL);

        assertThat(scored("8.5").status()).isEqualTo("HardFail");
        assertThat(stage.postal.sent()).isEmpty();
    }

    @Test
    void failsMailFromTheServersLimitOnWithoutABounceWhateverTheRouteSays() {
        route(Route.SpamMode.MARK);

        assertThat(scored("20").status()).isEqualTo("HardFail");
        assertThat(stage.endpoint.pending()).isEmpty();
        assertThat(stage.postal.sent()).isEmpty();
    }

    @Test
    void scoresByARuleOfTheTest() {
        route(Route.SpamMode.QUARANTINE);
        stage.postal.server().spamScore(mail -> mail.mailFrom().startsWith("alice"), 7);

        assertThat(stage.settled(stage.receive(Stage.SUPPORT)).status()).isEqualTo("Held");
        assertThat(stage.settled(stage.receive("bob@customer.example", Stage.SUPPORT, "")).status()).isEqualTo("Sent");
    }

    @Test
    void failsOutgoingMailOverItsOwnLimitWhereOneIsSet() {
        stage.postal.server().spamScore(mail -> mail.direction().equals("outgoing"), 9);
        assertThat(stage.settled(stage.send("ann@customer.example")).status()).isEqualTo("Sent");

        stage.postal.server().settings(now -> now.withOutboundSpamThreshold(9.0));

        assertThat(stage.settled(stage.send("ann@customer.example")).status()).isEqualTo("HardFail");
    }

    private void route(Route.SpamMode mode) {
        stage.postal.server().route(Route.to(Stage.SUPPORT, HttpEndpoint.of(stage.endpoint.url("/"))).withSpamMode(mode));
    }

    private StoredMail scored(String score) {
        return stage.settled(stage.receive(Stage.ALICE, Stage.SUPPORT, "X-Test-Score: " + score + "\n"));
    }

    private static String text(StoredMail mail) {
        return new String(mail.raw(), StandardCharsets.UTF_8);
    }
}
