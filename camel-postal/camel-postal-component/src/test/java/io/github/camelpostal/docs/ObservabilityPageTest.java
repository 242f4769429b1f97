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
package io.github.camelpostal.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpostal.CamelApp;
import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.testing.FreePort;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

/** The routes and properties of observability.md do what it says. */
class ObservabilityPageTest {

    private static final Path BASE = Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();

    private final String page = Files.readString(BASE.resolve("../../src/docs/observability.md"));
    private final BlockingQueue<Object> bus = new LinkedBlockingQueue<>();

    ObservabilityPageTest() throws Exception {
        // the page may be missing
    }

    @Test
    void theRoutesOfThePageAreThoseThatAreTested() throws Exception {
        String source = Files.readString(BASE.resolve("src/test/java/io/github/camelpostal/docs/ObservabilityRoutes.java"));
        String body = source.substring(source.indexOf("configure() {") + 13, source.lastIndexOf("    }"));
        assertThat(squeezed(page)).contains(squeezed(body));
    }

    @Test
    void whatIsReceivedAndSentBecomesEventsOnABus() throws Exception {
        withRoutes(new ObservabilityRoutes());
    }

    @Test
    void theYamlDoesTheSame() throws Exception {
        try (PostalSandbox postal = PostalSandbox.start(); CamelApp app = app(postal)) {
            PluginHelper.getRoutesLoader(app.context()).loadRoutes(ResourceHelper.fromString("page.yaml", block("yaml")));
            app.context().start();
            postal.postEventsTo(URI.create("http://127.0.0.1:" + app.port() + "/postal"), "MessageSent");
            app.context().createProducerTemplate().sendBodyAndHeader("postal:send?from=shop@example.com", "Thanks",
                    PostalConstants.TO, "to@rcpt.test");
            assertThat(bus.poll(60, TimeUnit.SECONDS)).isEqualTo("io.github.camelpostal.event.MessageSent");
        }
    }

    @Test
    void thePropertiesOpenTheConsoleAndSwitchTracingOn() throws Exception {
        Properties properties = new Properties();
        properties.load(new StringReader(block("properties")));
        properties.setProperty("camel.management.port", String.valueOf(FreePort.find()));
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation("false");
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:send").to("postal:send?serverUrl=https://postal.example.com&apiKey=canary");
            }
        });
        properties.forEach((name, value) -> main.addProperty(name.toString(), value.toString()));
        main.start();
        try {
            String console = "http://127.0.0.1:" + properties.getProperty("camel.management.port") + "/q/dev/postal";
            assertThat(get(console, "text/plain")).contains("url:", "https://postal.example.com").doesNotContain("canary");
            assertThat(new ObjectMapper().readTree(get(console, "application/json"))
                    .at("/postal/components/0/mailServers/0/url").asText()).isEqualTo("https://postal.example.com");
            assertThat(main.getCamelContext().hasService(OpenTelemetryTracer.class)).isNotNull();
        } finally {
            main.stop();
        }
    }

    private static String get(String url, String type) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(url)).header("Accept", type).build(),
                HttpResponse.BodyHandlers.ofString()).body();
    }

    private void withRoutes(RoutesBuilder routes) throws Exception {
        try (PostalSandbox postal = PostalSandbox.start(); CamelApp app = app(postal)) {
            app.context().addRoutes(routes);
            app.context().start();
            postal.postEventsTo(URI.create("http://127.0.0.1:" + app.port() + "/postal"), "MessageSent");
            app.context().createProducerTemplate().sendBodyAndHeader("direct:receipts", "Thanks", PostalConstants.TO,
                    "to@rcpt.test");
            assertThat(new Object[]{bus.poll(60, TimeUnit.SECONDS), bus.poll(60, TimeUnit.SECONDS)})
                    .containsExactlyInAnyOrder("io.github.camelpostal.event.MailQueued",
                            "io.github.camelpostal.event.MessageSent");
        }
    }

    private CamelApp app(PostalSandbox postal) throws Exception {
        CamelApp app = CamelApp.create();
        CamelContext context = app.context();
        app.sendTo(postal);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:event-bus").process(
                        exchange -> bus.add(exchange.getMessage().getHeader("CamelCloudEventType")));
            }
        });
        return app;
    }

    private String block(String language) {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(page).results().findFirst()
                .orElseThrow().group(1);
    }

    private static String squeezed(String text) {
        return Pattern.compile("\\s+").matcher(text).replaceAll(" ").strip();
    }
}
