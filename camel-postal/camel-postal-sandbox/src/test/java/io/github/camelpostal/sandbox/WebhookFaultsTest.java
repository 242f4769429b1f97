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
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes wrong although everything works: duplicates, another order, events before the response, frozen events. */
class WebhookFaultsTest {
    private final Stage stage = new Stage();

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void postsAgainWhatWasAccepted() {
        stage.postal.routeTo(Stage.SUPPORT, stage.endpoint.url("/"));
        stage.postal.server().webhookFaults().repeatRequests(1);
        StoredMail mail = stage.settled(stage.receive(Stage.SUPPORT));

        assertThat(stage.statuses(mail)).containsExactly("Sent");
        assertThat(stage.endpoint.next().body()).isEqualTo(stage.endpoint.next().body());
        assertThat(stage.webhook.next().body()).isEqualTo(stage.webhook.next().body());
    }

    @Test
    void postsMailInAnotherOrderThanItCame() {
        stage.postal.routeTo(Stage.SUPPORT, stage.endpoint.url("/"));
        stage.postal.server().webhookFaults().holdRequests();
        List<StoredMail> mails = List.of(stage.receive(Stage.SUPPORT), stage.receive(Stage.SUPPORT),
                stage.receive(Stage.SUPPORT));
        stage.settle();
        assertThat(stage.postal.webhookRequests()).isEmpty();

        stage.postal.server().webhookFaults().releaseRequestsNewestFirst();
        stage.settle();

        assertThat(stage.postal.webhookRequests().mail()).extracting(WebhookRequest::mailId)
                .containsExactly(mails.get(2).id(), mails.get(1).id(), mails.get(0).id());
    }

    @Test
    void postsTheBounceBeforeTheDelivery() {
        stage.postal.server().webhookFaults().holdRequests();
        StoredMail mail = stage.send("bounced@customer.example");
        assertThat(stage.settled(mail).status()).isEqualTo("Bounced");

        stage.postal.server().webhookFaults().releaseRequestsNewestFirst();
        stage.settle();

        assertThat(stage.events(mail)).containsExactly("MessageBounced", "MessageSent");
    }

    @Test
    void postsAFrozenEventOnceAndNeverAgain() {
        stage.webhook.respond(503, new byte[0]);
        stage.postal.server().webhookFaults().freezeEvents(true);
        StoredMail mail = stage.send("ann@customer.example");

        stage.postal.advance(Duration.ofDays(1));

        assertThat(stage.events(mail)).hasSize(1);
    }

    @Test
    void sendsEventsBeforeTheResponseToTheCall() {
        Receiver webhook = new Receiver();
        try (webhook; PostalSandbox postal = PostalSandbox.builder().keyPair(Signatures.PAIR).start()) {
            postal.postEventsTo(webhook.url("/"));
            postal.server().webhookFaults().eventsBeforeResponse(true);

            new Client(postal).call("/api/v1/send/message",
                    "{'to':['ann@customer.example'],'from':'me@example.com','plain_body':'b'}");

            assertThat(webhook.pending()).as("when the response is there").hasSize(1);
            assertThat(postal.sent().only().status()).isEqualTo("Sent");
        }
    }
}
