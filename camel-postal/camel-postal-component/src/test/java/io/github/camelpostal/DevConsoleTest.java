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

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.camelpostal.ledger.InMemorySendLedger;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.suppression.InMemorySuppressionList;
import io.github.camelpostal.suppression.PostalSuppressionList;
import io.github.camelpostal.suppression.RecipientEvent;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsole.MediaType;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.util.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Camel's developer console shows of an application that sends and receives, and what it never shows. */
class DevConsoleTest {

    private static final String SECRET = "a:the secret of this test which is long enough";
    private static final Duration LONG = Duration.ofSeconds(60);

    private final PostalSandbox postal = PostalSandbox.builder().domain("acme.example").start();
    private final InMemorySuppressionList suppressions = new InMemorySuppressionList();
    private final CamelApp app = CamelApp.create();
    private final ProducerTemplate template = app.context().createProducerTemplate();

    DevConsoleTest() throws Exception {
        // what the constructor opens is closed by close()
    }

    @BeforeEach
    void start() throws Exception {
        app.context().getRegistry().bind("ledger", new InMemorySendLedger());
        app.context().getRegistry().bind("suppressions", suppressions);
        PostalComponent component = app.context().getComponent("postal", PostalComponent.class);
        app.sendTo(postal);
        component.getConfiguration().setConversationSecret(SECRET);
        component.getConfiguration().setSuppressionList(suppressions);
        component.getServers().put("billing", server("canary-billing-key"));
        app.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?webhookUsername=canary-user&webhookPassword=canary-password").routeId("events")
                        .log("${header.CamelPostalEvent}");
                from("postal:unsubscribe").routeId("leave").log("left");
                from("direct:send").to("postal:send?from=canary-from@acme.example&subject=canary-subject&sendLedger=#ledger");
                from("direct:billing").to("postal:send?server=billing&from=canary-from@acme.example&subject=canary-subject");
            }
        });
        app.context().start();
        postal.postEventsTo(URI.create("http://canary-user:canary-password@127.0.0.1:" + app.port() + "/postal"));
    }

    @AfterEach
    void close() {
        app.close();
        postal.close();
    }

    @Test
    void showsWhichMailServersThereAreAndHowTheLastCallEnded() {
        send("direct:send", "canary-to@rcpt.test", "key-1");
        assertThat(template.send("direct:billing", exchange -> {
            exchange.getMessage().setBody("canary-body");
            exchange.getMessage().setHeader(PostalConstants.TO, "canary-to@rcpt.test");
        }).getException()).isNotNull();

        List<JsonObject> servers = list(component(), "mailServers");

        assertThat(servers).extracting(server -> server.get("name")).containsExactly("127.0.0.1:" + postal.port(), "billing");
        assertThat(servers).extracting(server -> server.get("url")).containsOnly(withoutSlash(postal.url().toString()));
        assertThat(object(servers.get(0), "lastCall")).containsEntry("outcome", "success").containsKey("at");
        assertThat(object(object(servers.get(0), "calls"), "send")).isEqualTo(Map.of("success", 1L));
        assertThat(object(servers.get(1), "lastCall")).containsEntry("outcome", "no_access").containsEntry("code",
                "InvalidServerAPIKey");
    }

    @Test
    void showsProducersByKind() {
        send("direct:send", "canary-to@rcpt.test", "key-1");
        for (int i = 0; i < 3; i++) {
            send("postal:send?from=canary-from@acme.example&subject=canary-subject-" + i, "canary-to@rcpt.test", null);
        }

        assertThat(list(component(), "producers")).anySatisfy(producer -> assertThat(producer)
                .containsEntry("operation", "send").containsEntry("sendLedger", false).containsEntry("suppressionList", true)
                .containsEntry("conversations", true).containsEntry("transport", "auto").containsEntry("connection", "http")
                .containsEntry("mailServer", "127.0.0.1:" + postal.port()).containsEntry("number", 3));
    }

    @Test
    void showsWhatConsumersHaveReceived() {
        send("direct:send", "canary-to@rcpt.test", "key-1");

        await().atMost(LONG).untilAsserted(() -> assertThat(consumer()).containsEntry("completed", 1L));
        assertThat(consumer()).containsEntry("path", "/postal").containsEntry("route", "events")
                .containsEntry("status", "Started").containsEntry("keys", "fetched")
                .containsEntry("keyIds", List.of(postal.keyId())).containsEntry("received", 1L)
                .containsEntry("verified", 1L).containsEntry("rejected", 0L)
                .containsEntry("duplicates", 0L).containsEntry("inFlight", 0);
        assertThat(object(consumer(), "responses")).isEqualTo(Map.of("completed", 1L));
        assertThat(list(component(), "unsubscribePages")).containsExactly(
                new JsonObject(
                        Map.of("path", "/unsubscribe", "route", "leave", "left", 0L, "invalidLinks", 0L, "listAway", 0L)));
    }

    @Test
    void showsWhatSendingOnceHasDoneAndWhatIsOpen() {
        send("direct:send", "canary-to@rcpt.test", "canary-key");
        send("direct:send", "canary-to@rcpt.test", "canary-key");

        JsonObject ledger = list(component(), "sendLedgers").get(0);

        assertThat(ledger).containsEntry("ledger", "InMemorySendLedger").containsEntry("openKeys", 0L);
        assertThat(object(ledger, "counts")).containsEntry("claims", 1L).containsEntry("duplicates", 1L)
                .containsEntry("settled_unknown", 0L).containsEntry("reads", 0L);
    }

    @Test
    void showsHowLongTheSuppressionListIsAndThatItIsAway() {
        suppressions.record(new RecipientEvent.Unsubscription("canary-gone@rcpt.test", null, postal.now()));

        assertThat(list(component(), "suppressionLists")).containsExactly(
                new JsonObject(Map.of("list", "InMemorySuppressionList", "entries", 1L)));

        app.context().getRegistry().bind("broken", PostalSuppressionList.class, new BrokenList());
        app.context().getEndpoint("postal:send?suppressionList=#broken");
        template.send("postal:send?suppressionList=#broken", exchange -> exchange.getMessage().setBody("x"));
        assertThat(list(component(), "suppressionLists")).extracting(list -> list.get("entries"))
                .containsExactlyInAnyOrder(1L, "unavailable");
    }

    @Test
    void theTextHasWhatTheJsonHas() {
        send("direct:send", "canary-to@rcpt.test", "key-1");

        // the key's id is known when the first event has come
        await().atMost(LONG).untilAsserted(() -> assertThat(text()).contains("url: ", withoutSlash(postal.url().toString()),
                "operation: ", "path: ", "/postal", postal.keyId(), "openKeys: ", "entries: "));
    }

    @Test
    void showsNoKeyNoAddressAndNothingOfAMail() {
        send("direct:send", "canary-to@rcpt.test", "canary-key");
        suppressions.record(new RecipientEvent.Unsubscription("canary-gone@rcpt.test", null, postal.now()));
        await().atMost(LONG).untilAsserted(() -> assertThat(consumer()).containsEntry("completed", 1L));

        for (String shown : List.of(text(), json().toJson())) {
            assertThat(shown).doesNotContain("canary", postal.apiKey(), SECRET.substring(2), "@");
        }
    }

    @Test
    void showsNoCredentialsOfAUrl() {
        PostalComponent component = app.context().getComponent("postal", PostalComponent.class);
        PostalServer server = server("k");
        server.setServerUrl("https://canary-user:canary-password@postal.test/prefix?canary=1");
        component.getServers().put("odd", server);
        PostalServer swapped = server("k");
        swapped.setServerUrl("canary key, not a url");
        component.getServers().put("swapped", swapped);

        assertThat(list(component(), "mailServers")).extracting(shown -> shown.get("url"))
                .contains("https://postal.test/prefix", "");
        assertThat(text()).doesNotContain("canary");
    }

    private void send(String uri, String to, String key) {
        assertThat(template.send(uri, exchange -> {
            exchange.getMessage().setBody("canary-body");
            exchange.getMessage().setHeader(PostalConstants.TO, to);
            if (key != null) {
                exchange.getMessage().setHeader(PostalConstants.IDEMPOTENCY_KEY, key);
            }
        }).getException()).isNull();
    }

    private DevConsole console() {
        return app.context().getCamelContextExtension().getContextPlugin(DevConsoleRegistry.class).resolveById("postal");
    }

    private String text() {
        return (String) console().call(MediaType.TEXT, Map.of());
    }

    private JsonObject json() {
        return (JsonObject) console().call(MediaType.JSON, Map.of());
    }

    private JsonObject component() {
        JsonObject only = list(json(), "components").get(0);
        assertThat(only).containsEntry("name", "postal");
        return only;
    }

    private JsonObject consumer() {
        return list(component(), "consumers").get(0);
    }

    @SuppressWarnings("unchecked")
    private static List<JsonObject> list(JsonObject object, String name) {
        return (List<JsonObject>) object.get(name);
    }

    private static JsonObject object(JsonObject object, String name) {
        return (JsonObject) object.get(name);
    }

    private static String withoutSlash(String url) {
        return url.replaceFirst("/$", "");
    }

    private static PostalServer server(String apiKey) {
        PostalServer server = new PostalServer();
        server.setApiKey(apiKey);
        return server;
    }
}
