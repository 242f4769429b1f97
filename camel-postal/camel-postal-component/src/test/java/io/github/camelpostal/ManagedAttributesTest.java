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
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import io.github.camelpostal.ledger.InMemorySendLedger;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.suppression.InMemorySuppressionList;
import io.github.camelpostal.testing.Wire;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What JMX shows of component, consumers and ledgers; that of webhooks in detail is in WebhookObservabilityTest. */
class ManagedAttributesTest {

    private final PostalSandbox postal = PostalSandbox.builder().domain("acme.example").start();
    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    private CamelApp app;
    private ProducerTemplate template;

    @BeforeEach
    void start() throws Exception {
        app = CamelApp.create();
        app.context().getRegistry().bind("ledger", new InMemorySendLedger());
        app.context().getRegistry().bind("list", new InMemorySuppressionList());
        PostalComponent component = app.context().getComponent("postal", PostalComponent.class);
        app.sendTo(postal);
        component.getConfiguration().setConversationSecret("a:" + "k7".repeat(32));
        app.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?suppressionList=#list").routeId("webhook").log("${header.CamelPostalEvent}");
                from("postal:unsubscribe?suppressionList=#list").routeId("page").log("left");
                from("direct:send").to("postal:send?from=shop@acme.example&subject=Order&sendLedger=#ledger");
            }
        });
        app.context().start();
        template = app.context().createProducerTemplate();
    }

    @AfterEach
    void stop() {
        app.close();
        postal.close();
    }

    @Test
    void theComponentSaysWhatBecameOfTheCallsToEachMailServer() throws Exception {
        assertThat(attribute("components", "\"postal\"", "LastOutcomes")).isEqualTo(Map.of());
        send("to@rcpt.test");
        send("");

        String server = "127.0.0.1:" + postal.port();
        assertThat(attribute("components", "\"postal\"", "Calls")).isEqualTo(Map.of(server + " send", Map.of("success", 1L,
                "rejected", 1L, "no_access", 0L, "unavailable", 0L, "uncertain", 0L, "error", 0L)));
        assertThat(attribute("components", "\"postal\"", "LastOutcomes")).isEqualTo(Map.of(server, "rejected"));
    }

    @Test
    void aWebhookSaysWhereItIsAndWhichKeysItTrusts() throws Exception {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                attribute("consumers", "PostalConsumer*", "KeyIds")).isEqualTo(List.of(postal.keyId())));
        assertThat(attribute("consumers", "PostalConsumer*", "Path")).isEqualTo("/postal");
        assertThat(attribute("consumers", "PostalConsumer*", "Rejected")).isEqualTo(0L);
        assertThat(attribute("consumers", "PostalConsumer*", "ConversationsRecognized")).isEqualTo(0L);
    }

    @Test
    void aPageToLeaveCountsLinksThatAreNotOurs() throws Exception {
        Wire.request(app.port(), "POST", "/unsubscribe?token=forged", new byte[0]);

        await().untilAsserted(
                () -> assertThat(attribute("consumers", "PostalUnsubscribeConsumer*", "InvalidLinks")).isEqualTo(1L));
        assertThat(attribute("consumers", "PostalUnsubscribeConsumer*", "Left")).isEqualTo(0L);
        assertThat(attribute("consumers", "PostalUnsubscribeConsumer*", "Path")).isEqualTo("/unsubscribe");
    }

    @Test
    void anOperatorCountsExportsAndImportsTheSuppressionList() throws Exception {
        Object imported = operation("importSuppressions", "address,stream,reason,since,expires\n"
                + "jane@rcpt.test,,unknown-user,2026-03-01T10:00:00Z,2999-05-30T10:00:00Z\n"
                + "john@rcpt.test,news,unsubscribe,2026-03-02T08:15:00Z,\n");

        assertThat(imported).isEqualTo(2L);
        assertThat(attribute("consumers", "PostalConsumer*", "Suppressed")).isEqualTo(2L);
        assertThat(operation("suppressedByReason")).isEqualTo(Map.of("unknown-user", 1L, "unsubscribe", 1L));
        assertThat((String) operation("exportSuppressions")).startsWith("address,stream,reason,since,expires")
                .contains("john@rcpt.test,news,unsubscribe,2026-03-02T08:15:00Z,");
    }

    @Test
    void aLedgerSaysWhatIsOpen() throws Exception {
        assertThat(attribute("services", "MailServerLedger*", "OpenKeys")).isEqualTo(0L);
        assertThat(attribute("services", "MailServerLedger*", "Ledger")).isEqualTo("InMemorySendLedger");
    }

    private void send(String to) {
        template.send("direct:send", exchange -> {
            exchange.getMessage().setBody("Hello");
            exchange.getMessage().setHeader(PostalConstants.TO, to);
        });
    }

    private Object attribute(String type, String name, String attribute) throws Exception {
        return beans.getAttribute(bean(type, name), attribute);
    }

    private Object operation(String name, String... arguments) throws Exception {
        String[] types = new String[arguments.length];
        Arrays.fill(types, String.class.getName());
        return beans.invoke(bean("consumers", "PostalConsumer*"), name, arguments, types);
    }

    private ObjectName bean(String type, String name) throws Exception {
        return beans.queryNames(new ObjectName("org.apache.camel:context=" + app.context().getManagementName() + ",type=" + type
                + ",name=" + name), null).iterator().next();
    }
}
