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
package io.github.camelpostal.internal.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.Delivery;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.SendResult;
import io.github.camelpostal.api.StoredMessage;
import org.apache.camel.Exchange;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** {@code read} and {@code deliveries} ask for one message by its id. */
class ReadStoredMailTest extends SendingTestSupport {

    private static final String STORED = """
            {"id":42,"token":"t42","status":{"status":"Sent","last_delivery_attempt":1700000000.5,"held":false,
             "hold_expiry":null},"plain_body":"hi","attachments":[
             {"filename":"a.txt","content_type":"text/plain","data":"aGkK\\n","size":3,"hash":"x"},
             {"filename":"a.txt","content_type":"text/plain","data":"aG8K\\n","size":3,"hash":"y"},
             {"filename":"","content_type":"image/png","data":"iVBO\\n","size":3,"hash":"z"}]}""";

    @Test
    void theIdComesFromTheHeaderElseFromTheBodyAndGoesOutAsANumber() {
        postal.respondWith(STORED);
        for (Object id : new Object[]{42L, 42, "42", " 42 "}) {
            assertThat(sent("postal:read", null, PostalConstants.ID, id).body().toString())
                    .isEqualTo("{\"id\":42,\"_expansions\":[]}");
            assertThat(sent("postal:read", id).body().get("id").isIntegralNumber()).isTrue();
        }
        assertThat(sent("postal:read", "42".getBytes()).body().get("id").intValue()).isEqualTo(42);
        assertThat(sent("postal:read", 7, PostalConstants.ID, 42).body().get("id").intValue()).isEqualTo(42);
    }

    @Test
    void whatIsNoWholeNumberIsRefused() {
        for (String operation : List.of("postal:read", "postal:deliveries")) {
            assertThat(refused(PostalErrorCode.INVALID_VALUE, operation, null)).contains(PostalConstants.ID, "missing");
            refused(PostalErrorCode.INVALID_VALUE, operation, "token");
            refused(PostalErrorCode.INVALID_VALUE, operation, Map.of("tag", "x"));
            refused(PostalErrorCode.INVALID_VALUE, operation, 4.2);
            refused(PostalErrorCode.INVALID_VALUE, operation, 42, PostalConstants.ID, "x");
            refused(PostalErrorCode.INVALID_VALUE, operation, "-1");
            refused(PostalErrorCode.INVALID_VALUE, operation, "9".repeat(30));
        }
    }

    @Test
    void expansionsAreThoseOfTheOption() {
        postal.respondWith(STORED);
        assertThat(sent("postal:read?expansions=status, details", 42).list("_expansions")).containsExactlyInAnyOrder("status",
                "details");
        assertThat(sent("postal:read?expansions=all", 42).list("_expansions")).hasSize(9).contains("raw_message");
    }

    @Test
    void attachmentsOfAReadMessageAreThoseOfTheCamelMessage() throws Exception {
        postal.respondWith(STORED);
        Exchange exchange = send("postal:read?expansions=all", 42);
        assertThat(exchange.getException()).isNull();
        AttachmentMessage message = exchange.getMessage(AttachmentMessage.class);
        assertThat(message.getAttachmentNames()).containsExactlyInAnyOrder("a.txt", "2-a.txt", "attachment-1");
        try (InputStream in = message.getAttachment("2-a.txt").getInputStream()) {
            assertThat(new String(in.readAllBytes())).isEqualTo("ho\n");
        }
        assertThat(message.getAttachment("attachment-1").getContentType()).isEqualTo("image/png");
        assertThat(exchange.getMessage().getBody(StoredMessage.class).plainBody()).contains("hi");
    }

    @Test
    void resultsConvertToMapAndJsonWithPostalsNames() throws Exception {
        postal.respondWith(STORED);
        StoredMessage stored = send("postal:read?expansions=all", 42).getMessage().getBody(StoredMessage.class);
        assertThat(camel.getTypeConverter().convertTo(Map.class, stored)).containsEntry("token", "t42")
                .containsKey("plain_body");
        assertThat(json(stored).get("status").get("last_delivery_attempt").doubleValue()).isEqualTo(1700000000.5);

        postal.respondWith("[{\"id\":1,\"status\":\"Sent\",\"details\":null,\"output\":\"250 ok\",\"sent_with_ssl\":true,"
                + "\"log_id\":\"L\",\"time\":0.5,\"timestamp\":1700000000.25}]");
        Exchange deliveries = send("postal:deliveries", null, PostalConstants.ID, 42);
        assertThat(postal.calls().get(1).path()).isEqualTo("/api/v1/messages/deliveries");
        Delivery delivery = (Delivery) deliveries.getMessage().getBody(List.class).get(0);
        assertThat(json(delivery).get("sent_with_ssl").booleanValue()).isTrue();
        assertThat(camel.getTypeConverter().convertTo(Map.class, delivery)).containsEntry("log_id", "L");

        SendResult result = new SendResult("m@x", Map.of("a@x.test", new SendResult.Recipient(5, "t")));
        assertThat(json(result).get("messages").get("a@x.test").get("id").intValue()).isEqualTo(5);
        assertThat(camel.getTypeConverter().convertTo(Map.class, result)).containsEntry("message_id", "m@x");
    }

    @Test
    void camelsJsonDataFormatWritesPostalsNamesToo() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:read").to("postal:read?expansions=status").marshal().json();
                from("direct:deliveries").to("postal:deliveries").marshal().json();
            }
        });
        postal.respondWith(STORED);
        assertThat(template.requestBody("direct:read", 42, String.class)).contains("\"last_delivery_attempt\":1700000000.5");
        postal.respondWith("[{\"id\":1,\"status\":\"Sent\",\"details\":null,\"output\":\"250 ok\",\"sent_with_ssl\":true,"
                + "\"log_id\":\"L\",\"time\":0.5,\"timestamp\":1700000000.25}]");
        assertThat(template.requestBody("direct:deliveries", 42, String.class)).startsWith("[{\"id\":1,")
                .contains("\"log_id\":\"L\"");
    }

    private JsonNode json(Object result) throws Exception {
        return new ObjectMapper().readTree(camel.getTypeConverter().mandatoryConvertTo(String.class, result));
    }
}
