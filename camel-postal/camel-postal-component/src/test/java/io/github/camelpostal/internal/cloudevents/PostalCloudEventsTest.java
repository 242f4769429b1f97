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
package io.github.camelpostal.internal.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpostal.CamelApp;
import io.github.camelpostal.PostalComponent;
import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.PostalServer;
import io.github.camelpostal.api.SendResult;
import io.github.camelpostal.sandbox.PostalSandbox;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.TransformerKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events, mails and results of sends as CloudEvents, by the data type in real routes. */
class PostalCloudEventsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PostalSandbox postal = PostalSandbox.builder().domain("acme.example").start();
    private final BlockingQueue<Exchange> arrived = new LinkedBlockingQueue<>();
    private final BlockingQueue<Exchange> events = new LinkedBlockingQueue<>();
    private CamelApp app;
    private String here;

    @BeforeEach
    void start() throws Exception {
        app = CamelApp.create();
        app.sendTo(postal);
        app.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook")
                        .process(exchange -> arrived.add(exchange.copy()))
                        .transformDataType(new DataType("postal:application-cloudevents"))
                        .process(exchange -> events.add(exchange.copy()));
                from("postal:webhook?path=/raw&bodyFormat=raw")
                        .transformDataType(new DataType("postal:application-cloudevents"))
                        .process(exchange -> events.add(exchange.copy()));
                from("direct:send").to("postal:send?from=shop@acme.example&subject=Order")
                        .transformDataType(new DataType("postal:application-cloudevents"));
                from("direct:nothing").transformDataType(new DataType("postal:application-cloudevents"));
            }
        });
        app.context().start();
        here = "http://127.0.0.1:" + app.port();
    }

    @AfterEach
    void stop() {
        app.close();
        postal.close();
    }

    @Test
    void anEventIsIdentifiedByItsUuidAndIsAboutItsMessage() throws Exception {
        postal.postEventsTo(URI.create(here + "/postal"), "MessageSent");
        Exchange sent = send("direct:send");

        Message received = take(arrived);
        Message event = take(events);
        assertThat(header(event, "ID")).isEqualTo(received.getHeader(PostalConstants.EVENT_ID));
        assertThat(header(event, "Type")).isEqualTo("io.github.camelpostal.event.MessageSent");
        assertThat(header(event, "Version")).isEqualTo("1.0");
        assertThat(header(event, "Source")).isEqualTo(url());
        assertThat(header(event, "Subject")).isEqualTo(header(sent.getMessage(), "Subject"))
                .isEqualTo(received.getHeader(PostalConstants.ID, String.class));
        assertThat(Instant.parse((String) header(event, "Time")))
                .isEqualTo(received.getHeader(PostalConstants.EVENT_TIME, Instant.class));
        assertThat(event.getHeader(Exchange.CONTENT_TYPE)).isEqualTo("application/json");
        JsonNode data = JSON.readTree(event.getBody(String.class));
        assertThat(data.path("uuid").asText()).isEqualTo(header(event, "ID"));
        assertThat(data.at("/payload/message/subject").asText()).isEqualTo("Order");
    }

    @Test
    void aMailIsIdentifiedByItsDeduplicationKeyAndIsJson() throws Exception {
        receive("/postal");

        Message received = take(arrived);
        Message event = take(events);
        assertThat(header(event, "ID")).isEqualTo(received.getHeader(PostalConstants.DEDUP_KEY));
        assertThat(header(event, "Type")).isEqualTo("io.github.camelpostal.event.MailReceived");
        assertThat(header(event, "Subject")).isEqualTo(received.getHeader(PostalConstants.ID, String.class));
        String data = event.getBody(String.class);
        assertThat(JSON.readTree(data).path("plain_body").asText()).contains("Grüße");
        assertThat(data).as("no charset on the way can harm it").matches("\\p{ASCII}*");
    }

    @Test
    void aRawBodyStaysWhatItIs() throws Exception {
        receive("/raw");

        Message event = take(events);
        assertThat(header(event, "Type")).isEqualTo("io.github.camelpostal.event.MailReceived");
        assertThat(event.getHeader(Exchange.CONTENT_TYPE, String.class)).startsWith("application/json");
        assertThat(JSON.readTree(event.getBody(byte[].class)).path("rcpt_to").asText()).isEqualTo("in@acme.example");
    }

    @Test
    void theResultOfASendIsIdentifiedByItsMessageId() throws Exception {
        Message event = send("direct:send").getMessage();

        SendResult result = SendResult.fromMap(JSON.readValue(event.getBody(String.class), Map.class));
        assertThat(header(event, "ID")).isEqualTo(result.messageId());
        assertThat(header(event, "Type")).isEqualTo("io.github.camelpostal.event.MailQueued");
        assertThat(header(event, "Source")).isEqualTo(url());
        assertThat(header(event, "Subject")).isEqualTo(String.valueOf(result.onlyRecipient().id()));
        assertThat(OffsetDateTime.parse((String) header(event, "Time"))).isBefore(OffsetDateTime.now().plusMinutes(5));
    }

    @Test
    void theSourceIsTheNamedServerWithoutCredentialsOrElseThePath() throws Exception {
        String uri = "publicKey=RAW(" + postal.publicKeyBase64() + ")";
        PostalServer named = new PostalServer();
        named.setServerUrl("https://user:secret@postal.test/prefix/");
        app.context().getComponent("postal", PostalComponent.class).getServers().put("billing", named);
        assertThat(source("postal:webhook?path=/named&server=billing&" + uri)).isEqualTo("https://postal.test/prefix#billing");

        app.context().getComponent("postal", PostalComponent.class).getConfiguration().setServerUrl(null);
        assertThat(source("postal:webhook?path=/nameless&" + uri)).isEqualTo("postal:webhook/nameless");
    }

    private Object source(String endpoint) throws Exception {
        Exchange exchange = app.context().getEndpoint(endpoint).createExchange();
        exchange.getMessage().setHeader(PostalConstants.KIND, "mail");
        exchange.getMessage().setHeader(PostalConstants.DEDUP_KEY, "key");
        app.context().getTransformerRegistry().resolveTransformer(new TransformerKey("postal:application-cloudevents"))
                .transform(exchange.getMessage(), DataType.ANY, DataType.ANY);
        return header(exchange.getMessage(), "Source");
    }

    @Test
    void whatIsNotOfPostalIsRefused() {
        assertThat(app.context().createProducerTemplate().send("direct:nothing", exchange -> exchange.getMessage().setBody("x"))
                .getException()).hasStackTraceContaining("postal:application-cloudevents needs");
    }

    private Exchange send(String uri) {
        Exchange sent = app.context().createProducerTemplate().send(uri, exchange -> {
            exchange.getMessage().setBody("Hello");
            exchange.getMessage().setHeader(PostalConstants.TO, "to@rcpt.test");
        });
        assertThat(sent.getException()).isNull();
        return sent;
    }

    private void receive(String path) {
        postal.routeTo("in@acme.example", URI.create(here + path));
        postal.receive("sender@rcpt.test", "in@acme.example", ("From: sender@rcpt.test\r\nSubject: Order\r\n"
                + "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nGrüße\r\n")
                .getBytes(StandardCharsets.UTF_8));
    }

    private static Message take(BlockingQueue<Exchange> queue) throws InterruptedException {
        Exchange exchange = queue.poll(60, TimeUnit.SECONDS);
        assertThat(exchange).isNotNull();
        return exchange.getMessage();
    }

    private static Object header(Message message, String attribute) {
        return message.getHeader("CamelCloudEvent" + attribute);
    }

    private String url() {
        return postal.url().toString().replaceFirst("/$", "");
    }
}
