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
package io.github.camelpostal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clients that nobody here wrote send mail and read errors. */
class ForeignClientsTest {
    private static final Logger LOG = LoggerFactory.getLogger(ForeignClientsTest.class);
    /** Names a {@code node_modules} folder with {@code @atech/postal}; the environment variable is {@code POSTAL_NODE_MODULES}. */
    private static final String MODULES = System.getProperty("postal.node.modules",
            System.getenv().getOrDefault("POSTAL_NODE_MODULES", ""));
    private static final Duration SOON = Duration.ofSeconds(60);

    private final PostalSandbox postal = PostalSandbox.start();

    @AfterEach
    void stop() {
        postal.close();
    }

    @Test
    void servesTheOfficialNodeClient() throws Exception {
        assumeNode();

        JsonNode said = node();

        assertThat(said.path("sent").toString())
                .isEqualTo("[[\"bob@customer.example\",1,16],[\"carol@customer.example\",2,16]]");
        assertThat(said.path("raw").toString()).isEqualTo("[\"dan@customer.example\"]");
        assertThat(said.path("refused").asText()).isEqualTo("NoRecipients");
        assertThat(said.path("denied").asText()).isEqualTo("InvalidServerAPIKey");
        StoredMail mail = postal.awaitSentTo("bob@customer.example", SOON);
        assertThat(mail.mime().getSubject()).isEqualTo("Grüße");
        assertThat(mail.mime().getHeader("X-Own", null)).isEqualTo("1");
        assertThat(postal.awaitSentTo("dan@customer.example", SOON).messageId()).isEqualTo("own@example.com");
    }

    /** As the Ruby client does it: the parameters as JSON text in one form field. */
    @Test
    void servesAFormEncodedClient() {
        Client client = new Client(postal);
        String params = "{\"to\":[\"bob@customer.example\"],\"from\":\"shop@example.com\",\"subject\":\"Grüße & mehr\","
                + "\"plain_body\":\"100 %\"}";

        JsonNode response = Client.json(client.send(client.request("/api/v1/send/message")
                .header("X-Server-API-Key", postal.apiKey()).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("params=" + URLEncoder.encode(params, StandardCharsets.UTF_8)))));

        assertThat(response.at("/data/messages/bob@customer.example/id").asLong()).isEqualTo(1);
        assertThat(postal.awaitSentTo("bob@customer.example", SOON).subject()).isEqualTo("Grüße & mehr");
    }

    /** The build that must not leave it out says {@code -Dpostal.require.node=true}. */
    private static void assumeNode() {
        boolean there = !MODULES.isEmpty() && Files.isDirectory(Path.of(MODULES, "@atech", "postal"));
        if (!there && Boolean.getBoolean("postal.require.node")) {
            fail("There is no @atech/postal in postal.node.modules: " + MODULES);
        }
        if (!there) {
            LOG.warn("SKIPPED: the official Node client. Install @atech/postal and name its node_modules folder with"
                    + " -Dpostal.node.modules");
        }
        Assumptions.assumeTrue(there, "no node_modules folder with @atech/postal");
    }

    private JsonNode node() throws IOException, InterruptedException, URISyntaxException {
        Path script = Path.of(getClass().getResource("/clients/node-client.js").toURI());
        Process node = new ProcessBuilder("node", script.toString(), Path.of(MODULES).toAbsolutePath().toString(),
                Integer.toString(postal.port()), postal.apiKey()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(node.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(node.exitValue()).isZero();
        return Recording.parse(said);
    }
}
