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
package io.github.camelpostal.kamelets;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.testing.FreePort;
import org.apache.camel.CamelContext;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The Kamelets do in YAML what their titles say, in the routes of kamelets.md. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KameletsTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private PostalSandbox sandbox;
    private Main camel;

    @BeforeAll
    void start() throws Exception {
        sandbox = PostalSandbox.start();
        int port = FreePort.find();
        camel = new Main();
        camel.addInitialProperty("camel.server.enabled", "true");
        camel.addInitialProperty("camel.server.port", Integer.toString(port));
        camel.addInitialProperty("camel.main.routes-include-pattern", "classpath:routes/kamelets.yaml");
        camel.addInitialProperty("postal.url", sandbox.url().toString());
        camel.addInitialProperty("postal.key", sandbox.apiKey());
        camel.start();
        sandbox.postEventsTo(URI.create("http://localhost:" + port + "/postal/events"));
        sandbox.routeTo("support@example.com", URI.create("http://localhost:" + port + "/postal/mail"));
    }

    @AfterAll
    void stop() {
        if (camel != null) {
            camel.stop();
        }
        sandbox.close();
    }

    @Test
    void theSinkSendsAndTheEventsSourceReportsIt() {
        context().createProducerTemplate().sendBodyAndHeaders("direct:mails", "It is on its way.",
                Map.of("ce-to", "ann@example.org"));

        assertThat(received("seda:events")).isEqualTo("MessageSent ann@example.org");
    }

    @Test
    void theMailSourceReceivesInboundMail() {
        sandbox.receive("ann@example.org", "support@example.com", String.join("\r\n", List.of(
                "From: ann@example.org", "To: support@example.com", "Subject: Where is it?", "", "It has not come.", ""))
                .getBytes(StandardCharsets.US_ASCII));

        assertThat(received("seda:inbound")).isEqualToIgnoringNewLines("It has not come.");
    }

    private String received(String uri) {
        ConsumerTemplate consumer = context().createConsumerTemplate();
        return consumer.receiveBody(uri, LONG.toMillis(), String.class);
    }

    private CamelContext context() {
        return camel.getCamelContext();
    }
}
