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
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A test says what becomes of outgoing mail: by pattern, by rule, one attempt after the other. */
class OutcomesTest {
    private static final String ANN = "ann@slow.example";

    private final Stage stage = new Stage();

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void hasNoTimeForAnAttemptWithoutAConnection() {
        StoredMail unreachable = stage.send("unreachable@customer.example");
        StoredMail dropped = stage.send("dropped@other.example");
        stage.settle();
        Client client = new Client(stage.postal);

        JsonNode row = client.call("/api/v1/messages/deliveries", "{'id':" + unreachable.id() + "}").at("/data/0");
        assertThat(row.path("time").isNull()).isTrue();
        assertThat(row.path("log_id").asText()).hasSize(8);
        assertThat(client.call("/api/v1/messages/deliveries", "{'id':" + dropped.id() + "}").at("/data/0/time").isNumber())
                .isTrue();
        assertThat(stage.postal.webhookRequests().events("MessageDelayed").about(unreachable).only().json().at("/payload/time")
                .isNull()).isTrue();
    }

    @Test
    void failsTwiceAndThenDelivers() {
        stage.postal.outcome("*@slow.example", Outcome.softFail("451 4.3.0 Later", 2));
        StoredMail mail = stage.send(ANN);

        stage.postal.advance(Duration.ofHours(1));

        assertThat(stage.statuses(mail)).containsExactly("SoftFail", "SoftFail", "Sent");
        assertThat(stage.now(mail).deliveries().get(0).output()).isEqualTo("451 4.3.0 Later");
        assertThat(stage.events(mail)).containsExactly("MessageDelayed", "MessageDelayed", "MessageSent");
    }

    @Test
    void triesAgainTenSecondsAfterTheTimeThatAGreylistNames() {
        stage.postal.outcome(ANN, Outcome.softFail("450 4.2.0 Greylisted, please try again in 300 seconds", 1)
                .then(Outcome.delivered()));
        StoredMail mail = stage.send(ANN);

        stage.postal.advance(Duration.ofSeconds(309));
        assertThat(stage.statuses(mail)).containsExactly("SoftFail");
        stage.postal.advance(Duration.ofSeconds(1));
        assertThat(stage.statuses(mail)).containsExactly("SoftFail", "Sent");
    }

    @Test
    void readsMinutesToo() {
        stage.postal.outcome(ANN, Outcome.softFail("450 4.2.0 Greylisted, please try again in 5 minutes", 1));
        StoredMail mail = stage.send(ANN);

        stage.postal.advance(Duration.ofSeconds(310));

        assertThat(stage.statuses(mail)).containsExactly("SoftFail", "Sent");
    }

    @Test
    void fallsToTheNewestRuleThatFitsAndElseToTheRecipientsName() {
        stage.postal.outcome("*@slow.example", Outcome.hardFail("554 5.7.1 Rejected as spam"));
        stage.postal.outcome(mail -> "ann@slow.example".equals(mail.rcptTo())
                ? Optional.of(Outcome.connectionDropped())
                : Optional.empty());

        assertThat(stage.settled(stage.send(ANN)).status()).isEqualTo("SoftFail");
        assertThat(stage.settled(stage.send("bob@slow.example")).status()).isEqualTo("HardFail");
        assertThat(stage.settled(stage.send("softfail@other.example")).status()).isEqualTo("SoftFail");
    }

    @Test
    void bouncesWhenTheTimeIsOver() {
        stage.postal.outcome(ANN, Outcome.bounced(Duration.ofMinutes(3)));
        StoredMail mail = stage.send(ANN);

        stage.postal.advance(Duration.ofMinutes(3).minusSeconds(1));
        assertThat(stage.now(mail).status()).isEqualTo("Sent");
        stage.postal.advance(Duration.ofSeconds(1));

        assertThat(stage.now(mail).status()).isEqualTo("Bounced");
        assertThat(stage.events(mail)).containsExactly("MessageSent", "MessageBounced");
    }

    @Test
    void givesAllMailForAnUnreachableDomainTheSameResult() {
        stage.postal.outcome(ANN, Outcome.unreachable());
        StoredMail first = stage.send(ANN);
        StoredMail second = stage.send("bob@slow.example");
        StoredMail elsewhere = stage.send("bob@quick.example");

        stage.settle();

        assertThat(stage.now(first).status()).isEqualTo("SoftFail");
        assertThat(stage.now(second).status()).as("would have been delivered").isEqualTo("SoftFail");
        assertThat(stage.now(elsewhere).status()).isEqualTo("Sent");
    }
}
