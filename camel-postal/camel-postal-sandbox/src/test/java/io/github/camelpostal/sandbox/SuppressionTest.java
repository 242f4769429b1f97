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

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is not sent to any more, why, and for how long (protocol 2.14). */
class SuppressionTest {
    private static final String GONE = "hardfail@customer.example";
    private static final String SLOW = "softfail@customer.example";

    private final Stage stage = new Stage();

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void holdsTheThirdMailAfterTwoThatFailedPermanentlyWithinADay() {
        StoredMail first = stage.settled(stage.send(GONE));
        StoredMail second = stage.settled(stage.send(GONE));
        StoredMail third = stage.settled(stage.send("HardFail@Customer.example"));

        assertThat(first.status()).isEqualTo("HardFail");
        assertThat(first.deliveries().get(0).details()).doesNotContain("suppression list");
        assertThat(second.deliveries().get(0).details()).contains("added to the suppression list (too many hard fails)");
        assertThat(third.status()).isEqualTo("Held");
        assertThat(third.deliveries().get(0).details()).contains("too many hard fails");
    }

    @Test
    void forgetsAFailureAfterADay() {
        stage.settled(stage.send(GONE));
        stage.postal.advance(Duration.ofHours(25));
        stage.settled(stage.send(GONE));

        assertThat(stage.settled(stage.send(GONE)).status()).isEqualTo("HardFail");
    }

    @Test
    void sendsAgainAfterThirtyDays() {
        stage.settled(stage.send(GONE));
        stage.settled(stage.send(GONE));

        stage.postal.advance(Duration.ofDays(30));

        assertThat(stage.settled(stage.send(GONE)).status()).isEqualTo("HardFail");
    }

    @Test
    void suppressesARecipientWhoWasDelayedEighteenTimes() {
        StoredMail mail = stage.send(SLOW);
        stage.postal.advance(Duration.ofHours(32));
        assertThat(stage.now(mail).status()).isEqualTo("HardFail");
        assertThat(stage.events(mail)).hasSize(19).endsWith("MessageDeliveryFailed");

        assertThat(stage.settled(stage.send(SLOW)).status()).isEqualTo("Held");
    }

    @Test
    void takesARecipientOffTheListWhenAReleasedMailArrives() {
        stage.settled(stage.send(GONE));
        stage.settled(stage.send(GONE));
        StoredMail held = stage.settled(stage.send(GONE));
        stage.postal.outcome(GONE, Outcome.delivered());

        stage.postal.server().release(held.id());

        assertThat(stage.settled(held).status()).isEqualTo("Sent");
        assertThat(stage.now(held).deliveries().get(1).details()).contains("removed from the suppression list");
        assertThat(stage.settled(stage.send(GONE)).status()).isEqualTo("Sent");
    }
}
