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
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.camelpostal.testing.LogCapture;
import io.github.camelpostal.testing.ScriptedServer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.support.ExceptionHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several mail servers in one application: each call reaches the right one with its key, and no text shows a key. */
class MailServersTest {

    private static final String SENT = "{\"status\":\"success\",\"data\":{\"message_id\":\"m@x\",\"messages\":{\"b@x\":{\"id\":1,\"token\":\"t\"}}}}";
    private static final String MAIL = "from=a@x.test&to=b@x.test";

    private final ScriptedServer common = ScriptedServer.responding(SENT);
    private final ScriptedServer elsewhere = ScriptedServer.responding(SENT);
    private final CamelContext camel = new DefaultCamelContext();
    private final PostalComponent component = new PostalComponent();
    private final ProducerTemplate template = camel.createProducerTemplate();

    MailServersTest() {
        component.getConfiguration().setServerUrl(common.url().toString());
        component.getConfiguration().setHostHeader("postal.common.test");
        component.getConfiguration().setApiKey("canary-common");
        component.getServers().put("billing", server(null, "canary-billing", null));
        component.getServers().put("support", server(elsewhere.url().toString(), "canary-support", null));
        component.getServers().put("tenant-2", server(null, "canary-tenant", "postal.tenant.test"));
        camel.addComponent("postal", component);
        camel.start();
    }

    @AfterEach
    void close() {
        camel.stop();
        common.close();
        elsewhere.close();
    }

    @Test
    void anEndpointWithoutANameUsesTheComponentsOwn() {
        assertThat(sendTo(common, "postal:send?" + MAIL)).containsExactly("canary-common", "postal.common.test");
    }

    @Test
    void aNamedServerWithoutUrlIsAtTheComponentsUrlAndHost() {
        assertThat(sendTo(common, "postal:send?server=billing&" + MAIL)).containsExactly("canary-billing",
                "postal.common.test");
        assertThat(sendTo(common, "postal:send?server=tenant-2&" + MAIL)).containsExactly("canary-tenant",
                "postal.tenant.test");
    }

    @Test
    void aNamedServerElsewhereGetsNeitherTheKeyNorTheHostOfTheComponent() {
        assertThat(sendTo(elsewhere, "postal:send?server=support&" + MAIL)).containsExactly("canary-support",
                "127.0.0.1:" + elsewhere.port());
    }

    @Test
    void theHeaderChoosesForOneExchangeAndIsGoneAfterwards() {
        Exchange exchange = template.send("postal:send?server=support&" + MAIL, e -> {
            e.getMessage().setBody("x");
            e.getMessage().setHeader(PostalConstants.SERVER, "billing");
        });
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(PostalConstants.SERVER);
        assertThat(common.onlyRequest().header("x-server-api-key")).isEqualTo("canary-billing");
        assertThat(elsewhere.requests()).isEmpty();
        assertThat(sendTo(elsewhere, "postal:send?server=support&" + MAIL)).startsWith("canary-support");
    }

    @Test
    void theKeyOfANamedServerGoesToNoUrlThatAUriBrings() {
        try (ScriptedServer foreign = ScriptedServer.responding(SENT)) {
            Exchange exchange = template.send("postal:send?serverUrl=" + foreign.url() + "&" + MAIL, e -> {
                e.getMessage().setBody("x");
                e.getMessage().setHeader(PostalConstants.SERVER, "billing");
            });
            assertThat(exchange.getException()).isNull();
            assertThat(foreign.requests()).isEmpty();
            assertThat(common.onlyRequest().header("x-server-api-key")).isEqualTo("canary-billing");
        }
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnesAndWithoutAnyKey() {
        Exchange exchange = template.send("postal:send?" + MAIL, e -> {
            e.getMessage().setBody("x");
            e.getMessage().setHeader(PostalConstants.SERVER, "biling");
        });
        assertThat(exchange.getException()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'biling'").hasMessageContaining("billing, support, tenant-2");
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(PostalConstants.SERVER);
        assertThat(common.requests()).isEmpty();
        assertThatThrownBy(() -> camel.getEndpoint("postal:read?server=biling"))
                .hasStackTraceContaining("billing, support, tenant-2")
                .satisfies(e -> assertThat(ExceptionHelper.stackTraceToString(e)).doesNotContain("canary"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"serverUrl=https://postal.example.com", "apiKey=canary-own"})
    void aServerBesideItsPartsOnOneUriIsRefused(String part) {
        assertThatThrownBy(() -> camel.getEndpoint("postal:send?server=billing&" + part))
                .hasStackTraceContaining("both server and " + part.replaceAll("=.*", ""))
                .satisfies(e -> assertThat(ExceptionHelper.stackTraceToString(e)).doesNotContain("canary"));
    }

    @Test
    void aServerWithoutKeyStopsStartUpAndIsNamed() {
        component.getServers().put("empty", new PostalServer());
        assertThatThrownBy(() -> camel.getEndpoint("postal:send?server=empty").createProducer())
                .hasMessageContaining("camel.component.postal.servers[empty].api-key=");
    }

    @Test
    void withoutAKeyOfItsOwnTheComponentLeavesTheChoiceToTheHeader() {
        component.getConfiguration().setApiKey(null);
        Exchange chosen = template.send("postal:send?" + MAIL, e -> {
            e.getMessage().setBody("x");
            e.getMessage().setHeader(PostalConstants.SERVER, "billing");
        });
        assertThat(chosen.getException()).isNull();
        Exchange open = template.send("postal:send?" + MAIL, e -> e.getMessage().setBody("x"));
        assertThat(open.getException()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CamelPostalServer").hasMessageContaining("camel.component.postal.api-key");
    }

    @Test
    void aRenewedKeyIsUsedByTheNextCall() {
        String named = "postal:send?server=billing&" + MAIL;
        String own = "postal:send?" + MAIL;
        camel.getEndpoint("postal:read"); // made before the renewal, used after it
        sendTo(common, named);
        sendTo(common, own);
        component.getServers().get("billing").setApiKey("renewed-billing");
        component.getConfiguration().setApiKey("renewed-common");
        assertThat(sendTo(common, named)).startsWith("renewed-billing");
        assertThat(sendTo(common, own)).startsWith("renewed-common");
        template.send("postal:read", e -> e.getMessage().setBody(1));
        assertThat(common.requests()).last()
                .satisfies(r -> assertThat(r.header("x-server-api-key")).isEqualTo("renewed-common"));
        component.getServers().put("billing", server(null, "replaced-billing", null));
        assertThat(sendTo(common, named)).startsWith("replaced-billing");
    }

    @Test
    void camelMainBindsServersFromPropertiesAndPrintsNoKey(@TempDir Path folder) throws Exception {
        Path properties = Files.writeString(folder.resolve("application.properties"), """
                camel.main.auto-configuration-log-summary=true
                camel.component.postal.server-url=%s
                camel.component.postal.servers[billing].api-key=canary-billing-main
                camel.component.postal.servers[tenant-2].apiKey=canary-tenant-main
                camel.component.postal.servers[tenant-2].server-url=%s
                camel.component.postal.servers[tenant-2].host-header=postal.tenant.test
                """.formatted(common.url(), elsewhere.url()));
        Main main = new Main();
        main.setPropertyPlaceholderLocations("file:" + properties);
        try (LogCapture log = new LogCapture()) {
            main.start();
            ProducerTemplate mail = main.getCamelContext().createProducerTemplate();
            mail.requestBody("postal:send?server=billing&" + MAIL, "x");
            mail.requestBody("postal:send?server=tenant-2&" + MAIL, "x");
            assertThat(log.lines()).as("the summary of camel-main is there").anyMatch(line -> line.contains("billing"));
            assertThat(log.lines()).noneMatch(line -> line.contains("canary"));
            assertThat(main.getCamelContext().getComponent("postal", PostalComponent.class).getServers()).hasSize(2)
                    .satisfies(servers -> assertThat(servers.toString()).doesNotContain("canary"));
        } finally {
            main.stop();
        }
        assertThat(common.onlyRequest().header("x-server-api-key")).isEqualTo("canary-billing-main");
        assertThat(elsewhere.onlyRequest().header("x-server-api-key")).isEqualTo("canary-tenant-main");
        assertThat(elsewhere.onlyRequest().header("host")).isEqualTo("postal.tenant.test");
    }

    @Test
    void aWebhookFetchesItsKeysFromTheNamedServer() throws Exception {
        try (CamelApp app = CamelApp.create()) {
            PostalComponent postal = new PostalComponent();
            postal.setServers(Map.of("support", server(elsewhere.url().toString(), "canary-support", null)));
            app.context().addComponent("postal", postal);
            app.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("postal:webhook?server=support").to("mock:end");
                }
            });
            app.context().start();
            await().until(() -> !elsewhere.requests().isEmpty());
            assertThat(elsewhere.requests().get(0).line()).startsWith("GET /.well-known/jwks.json");
            assertThat(elsewhere.requests().get(0).header("x-server-api-key")).isNull();
        }
    }

    /** The key and the Host that the last request had. */
    private List<String> sendTo(ScriptedServer server, String uri) {
        int before = server.requests().size();
        template.requestBody(uri, "x");
        assertThat(server.requests()).hasSize(before + 1);
        ScriptedServer.Request request = server.requests().get(before);
        return List.of(request.header("x-server-api-key"), request.header("host"));
    }

    private static PostalServer server(String url, String apiKey, String host) {
        PostalServer server = new PostalServer();
        server.setServerUrl(url);
        server.setApiKey(apiKey);
        server.setHostHeader(host);
        return server;
    }
}
