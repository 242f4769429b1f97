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
package io.github.camelpostal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpostal.payload.InboundAttachment;
import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.payload.PostalEvent;
import io.github.camelpostal.testing.Recording;
import io.github.camelpostal.testing.Wire;
import org.apache.camel.Message;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that a real Postal was seen to post is verified, routed and acknowledged, byte for byte as it was posted. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordedDeliveriesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> OUTCOMES = Map.of("MessageDelayed", "deferred", "MessageDeliveryFailed", "failed",
            "MessageHeld", "held", "MessageBounced", "bounced", "MessageLinkClicked", "clicked", "MessageLoaded", "opened",
            "DomainDNSError", "dns", "SendLimitApproaching", "limit", "SendLimitExceeded", "limit");

    private final BlockingQueue<RoutedExchange> routed = new LinkedBlockingQueue<>();
    private CamelApp app;

    /** What was there while the exchange was being worked on: its files are gone afterwards. */
    private record RoutedExchange(Object body, Map<String, Object> headers, Map<String, byte[]> attachments, List<Long> sizes) {
    }

    @BeforeAll
    void start() throws Exception {
        app = CamelApp.create();
        PostalComponent postal = new PostalComponent();
        postal.getConfiguration().setPublicKey(Recording.text("wellknown/signing-public-key.pem"));
        app.context().addComponent("postal", postal);
        app.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook").process(exchange -> routed.add(readAll(exchange.getMessage(AttachmentMessage.class))));
            }
        });
        app.context().start();
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
        RoutedExchange exchange = post(recording);

        JsonNode posted = JSON.readTree(recording.body());
        PostalEvent event = (PostalEvent) exchange.body();
        Map<String, Object> headers = exchange.headers();
        assertThat(event.uuid()).isEqualTo(posted.path("uuid").asText());
        assertThat(headers).containsEntry(PostalConstants.KIND, "event")
                .containsEntry(PostalConstants.EVENT, posted.path("event").asText())
                .containsEntry(PostalConstants.EVENT_ID, posted.path("uuid").asText())
                .containsEntry(PostalConstants.DEDUP_KEY, posted.path("uuid").asText())
                .containsEntry(PostalConstants.OUTCOME, outcome(posted))
                .hasEntrySatisfying(PostalConstants.EVENT_TIME, time -> assertTime(time, posted.path("timestamp")));
        assertHeader(headers, PostalConstants.STATUS, posted.path("payload").path("status"));
        JsonNode message = message(posted);
        assertHeader(headers, PostalConstants.ID, message.path("id"));
        assertHeader(headers, PostalConstants.TOKEN, message.path("token"));
        assertHeader(headers, PostalConstants.DIRECTION, message.path("direction"));
        assertHeader(headers, PostalConstants.MESSAGE_ID, message.path("message_id"));
        assertHeader(headers, PostalConstants.MESSAGE_TAG, message.path("tag"));
        assertHeader(headers, PostalConstants.RCPT_TO, message.path("to"));
        assertHeader(headers, PostalConstants.MAIL_FROM, message.path("from"));
        assertHeader(headers, PostalConstants.SPAM_STATUS, message.path("spam_status"));
        assertThat(headers).doesNotContainKeys(PostalConstants.IS_BOUNCE, PostalConstants.AUTO_SUBMITTED);
    }

    @ParameterizedTest
    @MethodSource("mails")
    void routesEveryRecordedMailAndRespondsWithAnEmpty200(Recording recording) throws Exception {
        RoutedExchange exchange = post(recording);

        InboundMail mail = (InboundMail) exchange.body();
        assertThat(exchange.headers()).containsEntry(PostalConstants.KIND, "mail")
                .containsEntry(PostalConstants.OUTCOME, "inbound")
                .containsEntry(PostalConstants.ID, mail.id())
                .containsEntry(PostalConstants.RCPT_TO, mail.rcptTo())
                .containsEntry(PostalConstants.DEDUP_KEY, mail.dedupKey())
                .doesNotContainKeys(PostalConstants.EVENT, PostalConstants.EVENT_ID, PostalConstants.STATUS);
        assertThat(exchange.headers().get(PostalConstants.MAIL_FROM)).isEqualTo(mail.mailFrom());
        if (recording.isJson()) {
            assertSameFields(exchange.headers(), JSON.readTree(recording.body()));
        }
        assertThat(exchange.attachments().keySet())
                .containsExactlyElementsOf(mail.attachments().stream().map(InboundAttachment::name).toList());
        assertThat(exchange.attachments().values()).extracting(bytes -> (long) bytes.length)
                .containsExactlyElementsOf(exchange.sizes());
    }

    private RoutedExchange post(Recording recording) throws Exception {
        Wire.Response response = Wire.send(app.port(), "/postal", recording);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(routed).hasSize(1);
        return routed.remove();
    }

    private static RoutedExchange readAll(AttachmentMessage message) throws Exception {
        Map<String, byte[]> attachments = new LinkedHashMap<>();
        for (String name : message.hasAttachments() ? message.getAttachmentNames() : List.<String>of()) {
            try (InputStream in = message.getAttachment(name).getInputStream()) {
                attachments.put(name, in.readAllBytes());
            }
        }
        // here, because a temporary file goes with the exchange
        List<Long> sizes = message.getBody() instanceof InboundMail mail
                ? mail.attachments().stream().map(InboundAttachment::size).toList()
                : List.of();
        return new RoutedExchange(message.getBody(), Map.copyOf(((Message) message).getHeaders()), attachments, sizes);
    }

    private static JsonNode message(JsonNode posted) {
        JsonNode payload = posted.path("payload");
        return payload.has("original_message") ? payload.path("original_message") : payload.path("message");
    }

    private static String outcome(JsonNode posted) {
        if (posted.path("event").asText().equals("MessageSent")) {
            return message(posted).path("direction").asText().equals("incoming") ? "accepted" : "delivered";
        }
        return OUTCOMES.get(posted.path("event").asText());
    }

    private static void assertSameFields(Map<String, Object> headers, JsonNode posted) {
        assertHeader(headers, PostalConstants.MAIL_FROM, posted.path("mail_from"));
        assertHeader(headers, PostalConstants.TOKEN, posted.path("token"));
        assertHeader(headers, PostalConstants.IS_BOUNCE, posted.path("bounce"));
        if (posted.has("token")) { // a raw message says these in its own header
            assertHeader(headers, PostalConstants.MESSAGE_ID, posted.path("message_id"));
            assertHeader(headers, PostalConstants.SPAM_STATUS, posted.path("spam_status"));
            assertHeader(headers, PostalConstants.AUTO_SUBMITTED, posted.path("auto_submitted"));
            assertTime(headers.get(PostalConstants.EVENT_TIME), posted.path("timestamp"));
        }
        String recipient = posted.path("rcpt_to").asText();
        Object tag = recipient.contains("+") ? recipient.substring(recipient.indexOf('+') + 1, recipient.indexOf('@')) : null;
        assertThat(headers.get(PostalConstants.ADDRESS_TAG)).isEqualTo(tag);
    }

    private static void assertHeader(Map<String, Object> headers, String name, JsonNode expected) {
        Object actual = headers.get(name);
        if (expected.isMissingNode() || expected.isNull()) {
            assertThat(actual).as(name).isNull();
        } else {
            assertThat(actual).as(name).isNotNull();
            assertThat(actual.toString()).as(name).isEqualTo(expected.asText());
        }
    }

    private static void assertTime(Object header, JsonNode unixSeconds) {
        Instant expected = Instant.ofEpochMilli((long) (unixSeconds.asDouble() * 1000));
        assertThat(Duration.between(expected, (Instant) header).abs()).isLessThan(Duration.ofMillis(2));
    }
}
