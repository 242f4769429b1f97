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
package io.github.camelpostal.internal.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.github.camelpostal.CamelApp;
import io.github.camelpostal.PostalComponent;
import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.PostalServer;
import io.github.camelpostal.api.PostalAccessException;
import io.github.camelpostal.api.PostalRejectedException;
import io.github.camelpostal.api.SendResult;
import io.github.camelpostal.ledger.InMemorySendLedger;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What camel-opentelemetry2 records of real routes. */
class PostalSpansTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exporter)).build();
    private final PostalSandbox postal = PostalSandbox.builder().domain("acme.example").start();
    private CamelApp app;
    private ProducerTemplate template;

    @BeforeEach
    void start() throws Exception {
        app = CamelApp.create();
        app.context().getRegistry().bind("tracer", provider.get("test"));
        app.context().getRegistry().bind("propagators", ContextPropagators.create(W3CTraceContextPropagator.getInstance()));
        app.context().getRegistry().bind("ledger", new InMemorySendLedger());
        PostalComponent component = app.context().getComponent("postal", PostalComponent.class);
        app.sendTo(postal);
        PostalServer billing = new PostalServer();
        billing.setApiKey("canary-billing-key");
        component.getServers().put("billing", billing);
        OpenTelemetryTracer tracer = new OpenTelemetryTracer();
        tracer.setCamelContext(app.context());
        tracer.init(app.context());
        app.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook").routeId("webhook").choice()
                        .when(header("CamelPostalMailSubject").isEqualTo("canary-breaks"))
                        .throwException(new IllegalStateException("canary-text about canary@rcpt.test"));
                from("direct:send").to("postal:send?from=canary-from@acme.example&subject=canary-subject&sendLedger=#ledger");
                from("direct:read").to("postal:read");
                from("direct:billing").to("postal:send?server=billing&from=canary-from@acme.example&subject=canary-subject");
            }
        });
        app.context().start();
        template = app.context().createProducerTemplate();
    }

    @AfterEach
    void stop() {
        app.close();
        postal.close();
        provider.close();
    }

    @Test
    void aSendSaysWhatWasSentWhereAndThatPostalTookIt() {
        Exchange sent = send("direct:send", "canary-to@rcpt.test", "key");

        SpanData span = span("messaging.operation.name", "send");
        assertThat(span.getName()).isEqualTo("send 127.0.0.1");
        assertThat(value(span, "messaging.system")).isEqualTo("postal");
        assertThat(value(span, "messaging.operation.type")).isEqualTo("send");
        assertThat(value(span, "messaging.destination.name")).isEqualTo("127.0.0.1");
        assertThat(value(span, "messaging.message.id"))
                .isEqualTo(String.valueOf(sent.getMessage().getHeader(PostalConstants.ID)));
        assertThat(value(span, "server.address")).isEqualTo("127.0.0.1");
        assertThat(value(span, "server.port")).isEqualTo(String.valueOf(postal.port()));
        assertThat(value(span, "postal.outcome")).isEqualTo("success");
        assertThat(value(span, "postal.duplicate")).isEqualTo("false");
        assertThat(span.getStatus().getStatusCode()).isNotEqualTo(StatusCode.ERROR);
    }

    @Test
    void aSendToSeveralHasTheIdsOfAllCopies() {
        Exchange sent = send("direct:send", "canary-a@rcpt.test, canary-b@rcpt.test", null);

        SpanData span = span("messaging.operation.name", "send");
        assertThat(value(span, "messaging.batch.message_count")).isEqualTo("2");
        assertThat(value(span, "messaging.message.id")).isNull();
        assertThat(value(span, "postal.duplicate")).isNull();
        assertThat(value(span, "postal.message.ids").split(",")).containsExactly(sent.getMessage().getBody(SendResult.class)
                .recipients().values().stream().map(copy -> String.valueOf(copy.id())).toArray(String[]::new));
    }

    @Test
    void aRepeatedSendSaysSo() {
        send("direct:send", "canary-to@rcpt.test", "key");
        exporter.reset();
        send("direct:send", "canary-to@rcpt.test", "key");

        assertThat(value(span("messaging.operation.name", "send"), "postal.duplicate")).isEqualTo("true");
    }

    @Test
    void aRefusedSendIsAnErrorWithItsCode() {
        Exchange refused = send("direct:send", "", null);

        SpanData span = span("messaging.operation.name", "send");
        assertThat(refused.getException()).isInstanceOf(PostalRejectedException.class);
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(value(span, "postal.outcome")).isEqualTo("rejected");
        assertThat(value(span, "postal.code")).isEqualTo("NoRecipients");
        assertThat(value(span, "error.type")).isEqualTo(PostalRejectedException.class.getName());
    }

    @Test
    void aNamedServerIsTheDestinationWhetherTheUriOrAHeaderNamesIt() {
        Exchange byUri = send("direct:billing", "canary-to@rcpt.test", null);
        template.send("direct:read", exchange -> {
            exchange.getMessage().setHeader(PostalConstants.SERVER, "billing");
            exchange.getMessage().setHeader(PostalConstants.ID, 7);
        });

        SpanData send = span("messaging.operation.name", "send");
        assertThat(byUri.getException()).isInstanceOf(PostalAccessException.class);
        assertThat(send.getName()).isEqualTo("send billing");
        assertThat(value(send, "postal.outcome")).isEqualTo("no_access");
        SpanData read = span("messaging.operation.name", "read");
        assertThat(read.getName()).isEqualTo("read billing");
        assertThat(value(read, "messaging.message.id")).isEqualTo("7");
        assertThat(value(read, "messaging.operation.type")).isNull();
    }

    @Test
    void aReceivedEventSaysWhatHappenedToWhichMessage() {
        postal.postEventsTo(URI.create("http://127.0.0.1:" + app.port() + "/postal"), "MessageSent");
        Exchange sent = send("direct:send", "canary-to@rcpt.test", null);

        SpanData span = span("messaging.operation.name", "webhook");
        assertThat(span.getName()).isEqualTo("webhook /postal");
        assertThat(value(span, "messaging.operation.type")).isEqualTo("process");
        assertThat(value(span, "messaging.destination.name")).isEqualTo("/postal");
        assertThat(value(span, "messaging.message.id"))
                .isEqualTo(String.valueOf(sent.getMessage().getHeader(PostalConstants.ID)));
        assertThat(value(span, "postal.kind")).isEqualTo("event");
        assertThat(value(span, "postal.event")).isEqualTo("MessageSent");
        assertThat(value(span, "postal.outcome")).isEqualTo("delivered");
        assertThat(value(span, "postal.direction")).isEqualTo("outgoing");
        assertThat(value(span, "server.address")).isNull();
        assertThat(span.getParentSpanContext().isValid()).as("a trace of its own").isFalse();
    }

    @Test
    void aMailThatTheRouteCannotProcessIsAnErrorWithoutItsText() {
        receive("canary-breaks");

        SpanData span = span("postal.kind", "mail");
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(value(span, "error.type")).isEqualTo(IllegalStateException.class.getName());
    }

    @Test
    void noSpanHasAnAddressASubjectABodyOrAKey() {
        postal.postEventsTo(URI.create("http://127.0.0.1:" + app.port() + "/postal"));
        send("direct:send", "canary-to@rcpt.test", "canary-key");
        send("direct:send", "", null);
        send("direct:billing", "canary-to@rcpt.test", null);
        receive("canary-breaks");
        span("postal.kind", "mail");
        span("postal.kind", "event");

        List<SpanData> ours = exporter.getFinishedSpanItems().stream()
                .filter(span -> "postal".equals(value(span, "messaging.system"))).toList();
        assertThat(ours).hasSizeGreaterThanOrEqualTo(5).allSatisfy(
                span -> assertThat(span.getName() + span.getAttributes() + span.getEvents() + span.getStatus())
                        .doesNotContain("canary", "@", postal.apiKey(), "?"));
    }

    @Test
    void noMailCarriesTheTrace() {
        send("direct:send", "canary-to@rcpt.test", null);

        assertThat(new String(postal.awaitSentTo("canary-to@rcpt.test", LONG).raw(), StandardCharsets.UTF_8))
                .doesNotContainIgnoringCase("traceparent").doesNotContain("CAMEL_TRACE_ID");
    }

    @Test
    void thePageNamesEveryAttribute() throws Exception {
        String page = Files.readString(Path.of(System.getProperty("basedir", "."), "../../src/docs/observability.md"));
        List<String> attributes = new ArrayList<>();
        for (Field constant : PostalSpanDecorator.class.getDeclaredFields()) {
            if (constant.getType() == String.class && !Modifier.isPrivate(constant.getModifiers())) {
                attributes.add((String) constant.get(null));
            }
        }
        assertThat(attributes).hasSizeGreaterThan(10).allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }

    private Exchange send(String uri, String to, String key) {
        return template.send(uri, exchange -> {
            exchange.getMessage().setBody("canary-body");
            exchange.getMessage().setHeader(PostalConstants.TO, to);
            exchange.getMessage().setHeader(PostalConstants.IDEMPOTENCY_KEY, key);
        });
    }

    private void receive(String subject) {
        postal.routeTo("canary-in@acme.example", URI.create("http://127.0.0.1:" + app.port() + "/postal"));
        postal.receive("canary-sender@rcpt.test", "canary-in@acme.example", ("From: canary-sender@rcpt.test\r\nSubject: "
                + subject + "\r\nMessage-ID: <canary@rcpt.test>\r\n\r\ncanary-body\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private SpanData span(String attribute, String value) {
        return await().atMost(LONG).until(() -> first(span -> value.equals(value(span, attribute))), span -> span != null);
    }

    private SpanData first(Predicate<SpanData> wanted) {
        return exporter.getFinishedSpanItems().stream().filter(wanted).findFirst().orElse(null);
    }

    private static String value(SpanData span, String attribute) {
        return span.getAttributes().get(AttributeKey.stringKey(attribute));
    }
}
