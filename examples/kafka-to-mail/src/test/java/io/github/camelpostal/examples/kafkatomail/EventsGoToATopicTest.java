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
package io.github.camelpostal.examples.kafkatomail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpostal.examples.kafkatomail.Topic.Entry;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import io.github.camelpostal.sandbox.WebhookRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Kafka.class)
@Timeout(300)
class EventsGoToATopicTest {

    @Test
    void writesEachEventKeyedByItsMessageWithTheRecordItCameFrom(LocalBroker broker) throws Exception {
        try (PostalSandbox postal = sandbox(); RunningRoutes routes = new RunningRoutes(broker, postal.url()).start()) {
            postal.postEventsTo(routes.url("/postal/events"));
            routes.order("4711", "bounced@customer.example");

            List<Entry> events = routes.await("events", seen -> seen.size() == 2);
            StoredMail mail = postal.sent().get(0);
            assertThat(events).extracting(Entry::key).containsOnly(String.valueOf(mail.id()));
            assertThat(events).extracting(event -> event.header("outcome")).containsExactlyInAnyOrder("delivered", "bounced");
            assertThat(events).extracting(event -> event.header("record")).containsOnly(routes.topic("records") + "-0@0");
            JsonNode sent = new ObjectMapper().readTree(events.stream()
                    .filter(event -> event.header("outcome").equals("delivered")).findFirst().orElseThrow().value());
            assertThat(sent.path("event").asText()).isEqualTo("MessageSent");
            assertThat(sent.at("/payload/message/token").asText()).isEqualTo(mail.token());
        }
    }

    @Test
    void writesEventsAboutNoMessageWithoutAKeyAndNoneAboutInboundMail(LocalBroker broker) {
        try (PostalSandbox postal = sandbox(); RunningRoutes routes = new RunningRoutes(broker, postal.url()).start()) {
            postal.postEventsTo(routes.url("/postal/events"));
            postal.routeTo("*@shop.example", routes.url("/postal/mail"));
            postal.receive("zoe@customer.example", "support@shop.example",
                    "Subject: Hello\r\n\r\ntext\r\n".getBytes(StandardCharsets.UTF_8));
            postal.awaitWebhookRequest(post -> !post.isMail() && post.isAccepted(), RunningRoutes.TIMEOUT);
            postal.server().dnsError("shop.example");

            List<Entry> events = routes.await("events", seen -> !seen.isEmpty());
            assertThat(events).hasSize(1);
            assertThat(events.get(0).key()).isNull();
            assertThat(events.get(0).header("outcome")).isEqualTo("dns");
        }
    }

    @Test
    void writesInboundMailKeyedByItsRecipient(LocalBroker broker) throws Exception {
        try (PostalSandbox postal = sandbox(); RunningRoutes routes = new RunningRoutes(broker, postal.url()).start()) {
            postal.routeTo("*@shop.example", routes.url("/postal/mail"));
            postal.receive("zoe@customer.example", "support@shop.example",
                    "Subject: Hello\r\n\r\nGrüße\r\n".getBytes(StandardCharsets.UTF_8));

            Entry mail = routes.await("inbound", seen -> !seen.isEmpty()).get(0);
            assertThat(mail.key()).isEqualTo("support@shop.example");
            assertThat(new ObjectMapper().readTree(mail.value()).path("subject").asText()).isEqualTo("Hello");
            assertThat(postal.awaitWebhookRequest(WebhookRequest::isMail, RunningRoutes.TIMEOUT).isAccepted()).isTrue();
        }
    }

    private static PostalSandbox sandbox() {
        return PostalSandbox.builder().domain("shop.example").webhookTimeout(Duration.ofSeconds(90)).start();
    }
}
