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
package io.github.camelpostal.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelpostal.internal.codec.PayloadDecoder;
import io.github.camelpostal.testing.Recording;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jackson.JacksonDataFormat;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What arrives can be used in a route as it is: in Simple, as JSON, and read back from JSON. */
class PayloadsInRoutesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static DefaultCamelContext context;
    private static ProducerTemplate template;

    @BeforeAll
    static void start() throws Exception {
        context = new DefaultCamelContext();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:json").marshal().json();
                from("direct:mail").unmarshal(new JacksonDataFormat(InboundMail.class));
                from("direct:event").unmarshal(new JacksonDataFormat(PostalEvent.class));
            }
        });
        context.start();
        template = context.createProducerTemplate();
    }

    @AfterAll
    static void stop() {
        context.stop();
    }

    static List<Recording> requests() {
        return Stream.of("incoming", "webhooks").flatMap(folder -> Recording.all(folder).stream())
                .filter(recording -> recording.body().length > 0).toList();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void becomesJsonWithPostalsFieldNamesAndComesBack(Recording recording) throws Exception {
        PostalPayload payload = decoded(recording);

        byte[] json = template.requestBody("direct:json", payload, byte[].class);
        PostalPayload back = template.requestBody(payload instanceof InboundMail ? "direct:mail" : "direct:event", json,
                PostalPayload.class);

        JsonNode written = JSON.readTree(json);
        assertThat(written).isEqualTo(JSON.readTree(JSON.writeValueAsBytes(payload.toMap())));
        assertThat(JSON.readTree(JSON.writeValueAsBytes(back))).isEqualTo(written);
        assertThat(back.dedupKey()).isEqualTo(payload.dedupKey());
        if (recording.isJson()) {
            ObjectNode posted = (ObjectNode) JSON.readTree(recording.body());
            assertThat(written.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(posted::fieldNames);
        }
    }

    @Test
    void thePartsOfAPayloadBecomeJsonToo() throws Exception {
        DeliveryEvent event = (DeliveryEvent) decoded(Recording.of("webhooks/MessageSent-sent"));
        InboundMail mail = (InboundMail) decoded(Recording.of("incoming/json-hash-attachments"));
        InboundMail raw = (InboundMail) decoded(Recording.of("incoming/json-raw-inspected-spam-marked"));

        Map<String, Object> parts = Map.of("message", event.message(), "outcome", event.outcome(), "attachments",
                mail.attachments(), "spam", raw.spamCheck(), "headers", raw.headers());
        JsonNode json = JSON.readTree(template.requestBody("direct:json", parts, byte[].class));

        assertThat(json.path("message").path("direction").textValue()).isEqualTo("outgoing");
        assertThat(json.path("outcome").textValue()).isEqualTo("delivered");
        assertThat(json.path("attachments").path(1).path("filename").textValue()).isEqualTo("notes.txt");
        assertThat(json.path("spam").path("spam_score").decimalValue()).isEqualByComparingTo("8.5");
        assertThat(json.path("headers").path(0).path("name").textValue()).isEqualTo("X-Postal-Spam");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"incoming/json-hash-attachments | Re: ${body.subject} | Re: With attachments",
            "incoming/json-raw-attachments | Re: ${body.subject} | Re: With attachments",
            "incoming/json-hash-attachments | ${body.from} ${body.mailFrom} | Alice Example <alice@sender.test> alice@sender.test",
            "incoming/json-hash-attachments | ${body.cc}. | .",
            "incoming/json-hash-attachments | ${body.attachments[1].filename} ${body.attachments.size} | notes.txt 2",
            "incoming/json-hash-attachments | ${body.header('Subject')} | With attachments",
            "incoming/json-hash-address-tag | ${body.addressTag} | ticket-42",
            "webhooks/MessageSent-sent | ${body.message.subject} ${body.status} | Grüße & <tags> ✓ Sent",
            "webhooks/MessageSent-sent | ${body.message.direction.value} ${body.outcome.value} | outgoing delivered",
            "webhooks/MessageLinkClicked | ${body.userAgent} | Mozilla"})
    void aValueInSimpleIsTheTextAndNothingIsNothing(String recording, String simple, String expected) throws Exception {
        DefaultExchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(decoded(Recording.of(recording)));

        String text = context.resolveLanguage("simple").createExpression(simple).evaluate(exchange, String.class);

        assertThat(text).doesNotContain("Optional").startsWith(expected == null ? "" : expected);
    }

    private static PostalPayload decoded(Recording recording) throws Exception {
        return new PayloadDecoder(Long.MAX_VALUE).decode(recording.contentType(), new Content() {
            @Override
            public InputStream open() {
                return new ByteArrayInputStream(recording.body());
            }

            @Override
            public long length() {
                return recording.body().length;
            }
        });
    }
}
