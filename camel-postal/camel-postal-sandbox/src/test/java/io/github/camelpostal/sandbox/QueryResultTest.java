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

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a test writes about mail and posts, and what it is told when that is not so. */
class QueryResultTest {
    private final Stage stage = new Stage();

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void narrowsStepByStep() {
        stage.send("ann@customer.example");
        StoredMail held = stage.send("held@customer.example");
        stage.settle();

        assertThat(stage.postal.sent()).hasSize(2);
        assertThat(stage.postal.sent().to("HELD@customer.example").withStatus("Held").withSubject("s").only().id())
                .isEqualTo(held.id());
        stage.postal.sent().to("bob@customer.example").isNone();
        assertThat(stage.postal.sent().where("with an even id", mail -> mail.id() % 2 == 0).latest().id()).isEqualTo(2);
    }

    @Test
    void namesWhatThereIsButNotItsContent() {
        stage.send("ann@customer.example");
        stage.settle();

        assertThatThrownBy(() -> stage.postal.sent().to("bob@customer.example").only()).isInstanceOf(AssertionError.class)
                .hasMessage("Expected 1 outgoing messages to bob@customer.example, but there are 0: none. There are in all:"
                        + " 1 to ann@customer.example \"s\" (Sent)");
        assertThatThrownBy(() -> stage.postal.webhookRequests().events("MessageBounced").latest())
                .isInstanceOf(AssertionError.class)
                .hasMessage("Expected one or more webhook requests of MessageBounced, but there are 0: none. There are in all:"
                        + " MessageSent about message 1, attempt 1: HTTP 200");
    }

    @Test
    void doesNotChangeAfterwards() {
        StoredMails before = stage.postal.sent();
        stage.send("ann@customer.example");

        assertThat(before).isEmpty();
        assertThat(before.await()).hasSize(1);
    }

    @Test
    void givesUpWaitingAndNamesWhatThereIs() {
        assertThatThrownBy(() -> stage.postal.sent().await(1, Duration.ofMillis(1))).isInstanceOf(AssertionError.class)
                .hasMessageContaining("at least 1, after 1 ms, outgoing messages");
    }

    @Test
    void awaitsEventsInWhateverOrderTheyCome() {
        try (PostalSandbox real = PostalSandbox.builder().keyPair(Signatures.PAIR).start()) {
            real.postEventsTo(stage.webhook.url("/"));
            new Client(real).call("/api/v1/send/message",
                    "{'to':['bounced@customer.example'],'from':'me@example.com','plain_body':'b'}");

            assertThat(real.awaitEvents("MessageBounced", "MessageSent")).extracting(WebhookRequest::event)
                    .containsExactly("MessageBounced", "MessageSent");
            assertThat(real.sent().to("bounced@customer.example").withStatus("Bounced").await().only().tag()).isNull();
        }
    }
}
