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
package io.github.camelpostal.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.payload.InboundAttachment;
import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.payload.PostalEvent;
import io.github.camelpostal.testing.Recording;
import io.github.camelpostal.testing.Wire;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that a real Postal was seen to post is verified, routed and acknowledged on Spring Boot too. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordedDeliveriesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final BootApp.Kept route = new BootApp.Kept();
    private BootApp app;

    @BeforeAll
    void start() {
        app = BootApp.start(route, "camel.component.postal.public-key="
                + Recording.text("wellknown/signing-public-key.pem").replaceAll("-----[A-Z ]+-----|\\s", ""));
    }

    @AfterAll
    void stop() {
        app.close();
    }

    static List<Recording> webhooks() {
        return Recording.all("webhooks");
    }

    static List<Recording> mails() {
        return Recording.all("incoming").stream()
                .filter(recording -> !recording.name().startsWith("incoming/no-request")).toList();
    }

    @ParameterizedTest
    @MethodSource("webhooks")
    void routesEveryRecordedEventAndRespondsWithAnEmpty200(Recording recording) throws Exception {
        ReceivedExchange exchange = post(recording);

        JsonNode posted = JSON.readTree(recording.body());
        assertThat(((PostalEvent) exchange.body()).uuid()).isEqualTo(posted.path("uuid").asText());
        assertThat(exchange.headers()).containsEntry(PostalConstants.KIND, "event")
                .containsEntry(PostalConstants.EVENT, posted.path("event").asText())
                .containsEntry(PostalConstants.EVENT_ID, posted.path("uuid").asText());
        assertOnlyPostalHeaders(exchange);
    }

    @ParameterizedTest
    @MethodSource("mails")
    void routesEveryRecordedMailAndRespondsWithAnEmpty200(Recording recording) throws Exception {
        ReceivedExchange exchange = post(recording);

        InboundMail mail = (InboundMail) exchange.body();
        assertThat(exchange.headers()).containsEntry(PostalConstants.KIND, "mail")
                .containsEntry(PostalConstants.ID, mail.id())
                .containsEntry(PostalConstants.RCPT_TO, mail.rcptTo())
                .containsEntry(PostalConstants.DEDUP_KEY, mail.dedupKey());
        if (recording.isJson()) {
            assertThat(mail.rcptTo()).isEqualTo(JSON.readTree(recording.body()).path("rcpt_to").asText());
        }
        assertThat(exchange.attachments().keySet())
                .containsExactlyElementsOf(mail.attachments().stream().map(InboundAttachment::name).toList());
        for (InboundAttachment attachment : mail.attachments()) {
            assertThat(exchange.attachments().get(attachment.name())).hasSize((int) attachment.size());
        }
        assertOnlyPostalHeaders(exchange);
    }

    private ReceivedExchange post(Recording recording) throws Exception {
        Wire.Response response = Wire.send(app.port(), "/postal", recording);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(route.received()).hasSize(1);
        return route.received().remove();
    }

    private static void assertOnlyPostalHeaders(ReceivedExchange exchange) {
        assertThat(exchange.headers().keySet()).allMatch(name -> name.startsWith("CamelPostal"));
    }
}
