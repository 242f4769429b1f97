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
package io.github.camelpostal.sandbox.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandaloneTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String KEY = "StandaloneKeyNotASecret0";

    @TempDir
    Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void startsWithTheExample() throws Exception {
        run("--example");
        String ports = out().replaceAll("port: \\d+", "port: 0").replaceAll("(worker|smtp): \\d+", "$1: 0");

        try (PostalSandbox sandbox = start(ports)) {
            assertThat(send(sandbox, "SandboxKeyNotASecret0000", "zoe@customer.example")).contains("\"status\":\"success\"");
            assertThat(sandbox.smtpPort()).isPositive();
            assertThat(get(URI.create("http://127.0.0.1:" + sandbox.workerHealthPort() + "/health"))).isEqualTo("OK");
            assertThat(out()).contains("page, HTTP API   " + sandbox.url(), "SMTP             127.0.0.1:" + sandbox.smtpPort());
        }
    }

    @Test
    void hasAllMailServersThatAreConfigured() throws Exception {
        String two = """
                port: 0
                servers:
                  - {permalink: shop, domains: [shop.example], credentials: [{type: api, key: %s}]}
                  - permalink: billing
                    mode: development
                    domains: [billing.example]
                    credentials: [{type: api, key: BillingKeyNotASecret0000}]
                """.formatted(KEY);
        try (PostalSandbox sandbox = start(two)) {
            assertThat(send(sandbox, KEY, "zoe@customer.example", "shop.example")).contains("success");
            assertThat(send(sandbox, "BillingKeyNotASecret0000", "ann@customer.example", "billing.example"))
                    .contains("success");

            assertThat(sandbox.server().name()).isEqualTo("shop");
            assertThat(get(URI.create(sandbox.url() + "/control/servers"))).contains("\"name\":\"shop\"")
                    .contains("\"name\":\"billing\"");
            assertThat(sandbox.awaitSentTo("zoe@customer.example", TIMEOUT).status()).isEqualTo("Sent");
            assertThat(sandbox.server("billing").awaitSentTo("ann@customer.example", TIMEOUT).status()).isEqualTo("Held");
        }
    }

    @Test
    void respondsAsTheVersionThatIsConfigured() throws Exception {
        String old = "port: 0\nversion: 3.1.0\nservers: [{permalink: shop, domains: [example.com]}]";
        try (PostalSandbox sandbox = start(old)) {
            assertThat(get(sandbox.url().resolve("/.well-known/jwks.json"))).doesNotContain("\"kid\"");
        }
    }

    @Test
    void keepsMessagesAndSigningKeyOverARestart() throws Exception {
        String config = """
                port: 0
                storage: %s
                servers: [{permalink: shop, domains: [example.com], credentials: [{type: api, key: %s}]}]
                """.formatted(folder.resolve("kept"), KEY);
        String keyId;
        StoredMail before;
        try (PostalSandbox sandbox = start(config)) {
            keyId = sandbox.keyId();
            send(sandbox, KEY, "zoe@customer.example");
            send(sandbox, KEY, "hardfail@customer.example");
            sandbox.awaitSentTo("hardfail@customer.example", TIMEOUT);
            before = sandbox.awaitSentTo("zoe@customer.example", TIMEOUT);
        }

        try (PostalSandbox sandbox = start(config)) {
            StoredMail after = sandbox.message(before.id()).orElseThrow();
            assertThat(sandbox.keyId()).isEqualTo(keyId);
            assertThat(after).usingRecursiveComparison().isEqualTo(before);
            assertThat(sandbox.sent()).extracting(StoredMail::status).containsExactly("Sent", "HardFail");
            send(sandbox, KEY, "later@customer.example");
            assertThat(sandbox.awaitSentTo("later@customer.example", TIMEOUT).id()).isEqualTo(3);
        }
        assertThat(folder.resolve("kept/signing.key")).exists();
    }

    @Test
    void namesThePlaceThatIsWrongAndWhatMayStandThere() {
        assertThat(problem("port: 0\nserver: []\n")).contains("'server'", "servers");
        assertThat(problem("servers: [{permalink: shop, limit: 1}]")).contains("'servers[0].limit'", "send-limit");
        assertThat(problem("servers:\n  - permalink: shop\n    mode: production\n")).contains("servers[0].mode",
                "live, development");
        assertThat(problem("servers: [{permalink: shop, routes: [{address: a@b.example, mode: accpt}]}]")).contains("routes",
                "reject");
        assertThat(problem("port: many\nservers: [{permalink: shop}]")).contains("port");
        assertThat(problem("port: 0\n\tservers")).contains("no YAML", "line ");
        assertThat(problem("port: 0")).contains("'servers'");
    }

    @Test
    void neverQuotesAKeyThatStandsInTheWrongPlace() {
        assertThat(problem("port: " + KEY + "\nservers: [{permalink: shop}]")).doesNotContain(KEY);
        assertThat(problem("servers: [{permalink: shop, credentials: " + KEY + "}]")).doesNotContain(KEY);
    }

    @Test
    void refusesARouteThatGoesNowhere() {
        assertThatThrownBy(() -> start("port: 0\nservers: [{permalink: shop, routes: [{address: a@b.example}]}]"))
                .isInstanceOf(ConfigException.class).hasMessageContaining("no endpoint");
    }

    @Test
    void refusesPermalinksThatCannotBeTold() {
        assertThatThrownBy(() -> start("port: 0\nservers: [{permalink: shop}, {permalink: shop}]"))
                .isInstanceOf(ConfigException.class).hasMessageContaining("Two mail servers").hasMessageContaining("shop");
        assertThatThrownBy(() -> start("port: 0\nservers: [{permalink: My Shop}]"))
                .isInstanceOf(ConfigException.class).hasMessageContaining("lower-case");
    }

    @Test
    void saysWhatIsWrongWithTheCommandLine() throws Exception {
        assertThat(run(folder.resolve("no.yml").toString())).isEqualTo(Standalone.WRONG_CONFIGURATION);
        assertThat(err()).contains("There is no file", "--example");
        assertThat(run("--port")).isEqualTo(Standalone.WRONG_CONFIGURATION);
        assertThat(run("a", "b")).isEqualTo(Standalone.WRONG_CONFIGURATION);
        assertThat(run("--help")).isZero();
    }

    @Test
    void saysThatAPortCannotBeHad() throws Exception {
        try (PostalSandbox sandbox = PostalSandbox.start()) {
            Path file = Files.writeString(folder.resolve("taken.yml"),
                    "port: " + sandbox.port() + "\nservers: [{permalink: shop}]\n");

            assertThat(run(file.toString())).isEqualTo(Standalone.CANNOT_START);
            assertThat(err()).contains(String.valueOf(sandbox.port())).doesNotContain("Exception");
        }
    }

    private static String problem(String yaml) {
        try {
            Config.read(yaml, "config.yml");
        } catch (ConfigException e) {
            return e.getMessage();
        }
        throw new AssertionError("Nothing is wrong with it");
    }

    private PostalSandbox start(String yaml) {
        return Standalone.start(new PrintStream(out, true, StandardCharsets.UTF_8), Config.read(yaml, "config.yml"));
    }

    private int run(String... args) throws InterruptedException {
        return Standalone.run(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), args);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static String send(PostalSandbox sandbox, String key, String to) throws IOException, InterruptedException {
        return send(sandbox, key, to, "example.com");
    }

    private static String send(PostalSandbox sandbox, String key, String to, String domain)
            throws IOException, InterruptedException {
        String body = "{\"to\":[\"" + to + "\"],\"from\":\"me@" + domain + "\",\"subject\":\"Hi\",\"plain_body\":\"Hello\"}";
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(sandbox.url().resolve("/api/v1/send/message"))
                .header("Content-Type", "application/json").header("X-Server-API-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    private static String get(URI url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
