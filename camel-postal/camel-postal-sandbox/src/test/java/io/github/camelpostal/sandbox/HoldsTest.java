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

import io.github.camelpostal.sandbox.ServerSettings.Mode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is held, how long, and what a release skips (protocol 2.11, 2.14, 2.15). */
class HoldsTest {
    private static final String HOLDING_KEY = "HoldingKeyNotASecret0000";
    private static final String ANN = "ann@customer.example";

    private final Stage stage = new Stage(server -> server.holdingApiKey(HOLDING_KEY));

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void holdsWhatAHoldingCredentialSendsUntilItIsReleased() {
        StoredMail mail = stage.send(HOLDING_KEY, ANN);
        assertThat(stage.settled(mail).status()).isEqualTo("Held");

        stage.postal.server().release(mail.id());

        assertThat(stage.settled(mail).status()).isEqualTo("Sent");
        assertThat(stage.events(mail)).containsExactly("MessageHeld", "MessageSent");
    }

    @Test
    void endsAHoldAfterSevenDaysWithoutAnEvent() {
        StoredMail mail = stage.send(HOLDING_KEY, ANN);
        stage.postal.advance(Duration.ofDays(7).minusSeconds(1));
        assertThat(stage.now(mail).status()).isEqualTo("Held");

        stage.postal.advance(Duration.ofSeconds(1));

        assertThat(stage.now(mail).status()).isEqualTo("HoldCancelled");
        assertThat(stage.events(mail)).containsExactly("MessageHeld");
    }

    @Test
    void leavesAMessageAloneThatWasReleasedBeforeItsHoldEnded() {
        StoredMail mail = stage.send(HOLDING_KEY, ANN);
        stage.settle();
        stage.postal.server().release(mail.id());

        stage.postal.advance(Duration.ofDays(8));

        assertThat(stage.statuses(mail)).containsExactly("Held", "Sent");
    }

    @Test
    void cancelsAHoldByHand() {
        StoredMail mail = stage.send(HOLDING_KEY, ANN);
        stage.settle();

        stage.postal.server().cancelHold(mail.id());

        assertThat(stage.now(mail).status()).isEqualTo("HoldCancelled");
        assertThatThrownBy(() -> stage.postal.server().release(mail.id()))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("HoldCancelled");
    }

    @Test
    void holdsBothDirectionsInDevelopmentModeUntilReleased() {
        stage.postal.routeTo(Stage.SUPPORT, stage.endpoint.url("/mail"));
        stage.postal.server().settings(now -> now.withMode(Mode.DEVELOPMENT));
        StoredMail out = stage.send(ANN);
        StoredMail in = stage.receive(Stage.SUPPORT);
        stage.settle();
        assertThat(stage.now(out).status()).isEqualTo("Held");
        assertThat(stage.now(in).status()).isEqualTo("Held");
        assertThat(stage.endpoint.pending()).isEmpty();

        stage.postal.server().release(out.id());
        stage.postal.server().release(in.id());

        assertThat(stage.settled(out).status()).isEqualTo("Sent");
        assertThat(stage.settled(in).status()).isEqualTo("Sent");
    }

    @Test
    void holdsEverythingOfASuspendedServerAlsoWhenReleased() {
        StoredMail mail = stage.send(ANN);
        stage.postal.server().suspend();
        assertThat(stage.settled(mail).status()).isEqualTo("Held");

        stage.postal.server().release(mail.id());
        assertThat(stage.settled(mail).status()).isEqualTo("Held");

        stage.postal.server().unsuspend();
        stage.postal.server().release(mail.id());
        assertThat(stage.settled(mail).status()).isEqualTo("Sent");
    }

    @Test
    void processesWhatARouteHeldWhenItIsReleased() {
        stage.postal.server().route(Route.of(Stage.SUPPORT, Route.Mode.HOLD));
        StoredMail mail = stage.receive(Stage.SUPPORT);
        assertThat(stage.settled(mail).status()).isEqualTo("Held");

        stage.postal.server().release(mail.id());

        assertThat(stage.settled(mail).status()).isEqualTo("Processed");
    }

    @Test
    void triesAWaitingMessageAtOnceWhenAsked() {
        StoredMail mail = stage.send("softfail@customer.example");
        stage.settle();

        stage.postal.server().retryNow(mail.id());
        stage.settle();
        assertThat(stage.statuses(mail)).containsExactly("SoftFail", "SoftFail");

        stage.postal.advance(Duration.ofSeconds(389));
        assertThat(stage.statuses(mail)).as("the schedule goes on from the second attempt").hasSize(2);
        stage.postal.advance(Duration.ofSeconds(1));
        assertThat(stage.statuses(mail)).hasSize(3);
    }

    @Test
    void triesAgainWhateverTheStatusIsWhenAsked() {
        StoredMail mail = stage.send(ANN);
        stage.settle();

        stage.postal.server().retryNow(mail.id());
        stage.settle();

        assertThat(stage.statuses(mail)).containsExactly("Sent", "Sent");
    }
}
