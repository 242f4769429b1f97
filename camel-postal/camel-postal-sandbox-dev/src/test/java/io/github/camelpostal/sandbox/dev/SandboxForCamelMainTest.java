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
package io.github.camelpostal.sandbox.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

import io.github.camelpostal.PostalComponent;
import io.github.camelpostal.dsl.PostalEndpointBuilderFactory.PostalBuilders;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.testing.FreePort;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In the profiles dev and test an application on Camel Main has a Postal without any set-up, and otherwise it has none. */
class SandboxForCamelMainTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String MAIL = "From: ann@customer.example\r\nTo: support@shop.example\r\nSubject: Hello\r\n\r\nHello\r\n";

    private Main main;

    @AfterEach
    void stop() {
        if (main != null) {
            main.stop();
        }
    }

    @Test
    void sendsAMailAndGetsItsEventsAndInboundMail() throws Exception {
        CamelContext context = start(Map.of("camel.main.profile", "dev",
                "camel.component.postal.from", "Shop <support@shop.example>"), new ShopRoutes());

        context.createProducerTemplate().sendBodyAndHeader("direct:welcome", "Welcome", "CamelPostalTo",
                "ann@customer.example");
        assertThat(received(context, "seda:event")).isEqualTo("delivered");

        sandbox(context).receive("ann@customer.example", "support@shop.example", MAIL.getBytes(StandardCharsets.US_ASCII));
        assertThat(received(context, "seda:mail")).isEqualTo("Hello");
    }

    @Test
    void stopsTheSandboxWithTheApplication() throws Exception {
        CamelContext context = start(Map.of("camel.main.profile", "test"), new ShopRoutes());
        int port = sandbox(context).port();

        main.stop();

        await().atMost(LONG).untilAsserted(() -> new ServerSocket(port).close());
    }

    @ParameterizedTest
    @CsvSource({
            "camel.main.profile, prod",
            "camel.postal.dev.enabled, false",
            "camel.component.postal.server-url, http://127.0.0.1:9",
            "camel.component.postal.api-key, SomeKey",
            "camel.component.postal.servers[billing].api-key, SomeKey"})
    void startsNoneWhereAPostalIsConfiguredOrNobodyDevelops(String property, String value) throws Exception {
        Map<String, String> properties = new java.util.HashMap<>(Map.of("camel.main.profile", "dev"));
        properties.put(property, value);

        CamelContext context = start(properties, new NoRoutes());

        assertThat(context.getRegistry().findByType(PostalSandbox.class)).isEmpty();
    }

    @Test
    void startsNoneWhereTheUriOfARouteNamesAPostal() throws Exception {
        CamelContext context = start(Map.of("camel.main.profile", "dev"), new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:a").to("postal:send?serverUrl=http://127.0.0.1:9&apiKey=SomeKey");
            }
        });

        assertThat(context.getRegistry().findByType(PostalSandbox.class)).isEmpty();
    }

    @Test
    void startsNoneWhereTheBuilderOfAnEndpointNamesAPostal() throws Exception {
        CamelContext context = start(Map.of("camel.main.profile", "dev"), new RouteWithItsPostal());

        assertThat(context.getRegistry().findByType(PostalSandbox.class)).isEmpty();
    }

    /** Its log says that no mail leaves this machine, which must be true. */
    @ParameterizedTest
    @ValueSource(strings = {"placeholder", "dynamic", "wireTap", "enrich", "recipientList", "onException", "template",
            "kamelet"})
    void isNotNeededHoweverARouteNamesItsPostal(String how) throws Exception {
        CamelContext context = new DefaultCamelContext();
        Properties properties = new Properties();
        properties.setProperty("mails", "postal:send?serverUrl=http://127.0.0.1:9&apiKey=SomeKey");
        context.getPropertiesComponent().setInitialProperties(properties);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                if (how.equals("onException")) {
                    onException(IllegalStateException.class).to("{{mails}}");
                }
                if (how.equals("template")) {
                    routeTemplate("mails").from("direct:a").to("{{mails}}");
                    return;
                }
                RouteDefinition route = from("direct:a");
                switch (how) {
                    case "placeholder" -> route.choice().when(body().isNull()).to("{{mails}}").end();
                    case "dynamic" -> route.toD("{{mails}}&tag=${header.tag}");
                    case "wireTap" -> route.wireTap("{{mails}}");
                    case "enrich" -> route.enrich("postal:read?server=billing");
                    case "recipientList" -> route.recipientList(simple("seda:a,{{mails}}"));
                    case "kamelet" -> route.to("kamelet:postal-sink");
                    default -> route.log("nothing");
                }
            }
        });

        assertThat(new ConfiguredPostal(context, new PostalComponent()).isPresent()).isTrue();
    }

    private CamelContext start(Map<String, String> properties, RouteBuilder routes) throws Exception {
        main = new Main();
        main.addInitialProperty("camel.server.enabled", "true");
        main.addInitialProperty("camel.server.port", Integer.toString(FreePort.find()));
        properties.forEach(main::addInitialProperty);
        main.configure().addRoutesBuilder(routes);
        main.start();
        return main.getCamelContext();
    }

    private static PostalSandbox sandbox(CamelContext context) {
        Set<PostalSandbox> found = context.getRegistry().findByType(PostalSandbox.class);
        assertThat(found).hasSize(1);
        return found.iterator().next();
    }

    private static String received(CamelContext context, String uri) {
        return context.createConsumerTemplate().receiveBody(uri, LONG.toMillis(), String.class);
    }

    /** Sends, and takes events and mail on one path. */
    private static final class ShopRoutes extends RouteBuilder {

        @Override
        public void configure() {
            from("direct:welcome").to("postal:send");
            from("postal:webhook?direction=outgoing&webhookUsername=postal&webhookPassword=p%40ss")
                    .choice()
                    .when(header("CamelPostalKind").isEqualTo("mail")).convertBodyTo(String.class)
                    .setBody(body().regexReplaceAll("\\s", "")).to("seda:mail")
                    .otherwise().setBody(header("CamelPostalOutcome")).to("seda:event");
        }
    }

    private static final class RouteWithItsPostal extends EndpointRouteBuilder implements PostalBuilders {

        @Override
        public void configure() {
            from(direct("a")).to(postal("send").serverUrl("http://127.0.0.1:9").apiKey("SomeKey"));
        }
    }

    private static final class NoRoutes extends RouteBuilder {

        @Override
        public void configure() {
            from("direct:nothing").log("nothing");
        }
    }
}
