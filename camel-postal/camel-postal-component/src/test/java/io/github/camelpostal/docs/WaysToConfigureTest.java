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

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.testing.FreePort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each way of configuring that the pages show reaches a Postal: their blocks, as they stand there, set up a process that knows
 * nothing else.
 */
@Tag("slow")
class WaysToConfigureTest {

    private static final String ZOE = "zoe@customer.example";
    private static final Duration TIMEOUT = Duration.ofSeconds(120);

    private final PostalSandbox postal = PostalSandbox.start();
    private Map<String, String> environment;

    @TempDir
    Path folder;

    @BeforeEach
    void setEnvironment() {
        environment = Map.of("POSTAL_API_KEY", postal.apiKey(), "BILLING_KEY", postal.apiKey(), "SUPPORT_KEY", postal.apiKey(),
                "CONVERSATION_SECRET", "a:" + "0123456789abcdef".repeat(4));
    }

    @AfterEach
    void stop() {
        postal.close();
    }

    @ParameterizedTest
    @CsvSource({"README.md, postal:send", "src/docs/several-servers.md, postal:send?server=billing",
            "src/docs/several-servers.md, postal:send?server=support"})
    void applicationProperties(String page, String uri) throws Exception {
        write("application.properties", MarkdownPage.of(page).block("properties", 0));

        assertSends(List.of(), environment, uri);

        assertThat(postal.awaitSentTo(ZOE, TIMEOUT).mailFrom()).isEqualTo("shop@example.com");
    }

    @ParameterizedTest
    @CsvSource({"src/docs/conversations.md", "src/docs/recipients.md"})
    void applicationPropertiesOfAFeature(String page) throws Exception {
        write("application.properties", MarkdownPage.of("README.md").block("properties", 0)
                + MarkdownPage.of(page).blockRunBy(WaysToConfigureTest.class, "properties"));

        assertSends(List.of(), environment);

        assertThat(postal.awaitSentTo(ZOE, TIMEOUT).subject()).isEqualTo("Welcome");
    }

    @Test
    void aYamlRouteWithTheKeyFromTheEnvironment() throws Exception {
        write("mail.camel.yaml", MarkdownPage.of("src/docs/runtimes.md").blockRunBy(WaysToConfigureTest.class, "yaml"));

        assertSends(List.of("-Dcamel.main.routes-include-pattern=file:" + folder + "/*.camel.yaml"), environment,
                "direct:mail");

        assertThat(postal.awaitSentTo(ZOE, TIMEOUT).subject()).isEqualTo("Welcome");
    }

    @Test
    void systemProperties() throws Exception {
        List<String> options = MarkdownPage.of("src/docs/runtimes.md").blockRunBy(WaysToConfigureTest.class, "sh").lines()
                .flatMap(line -> List.of(line.strip().split(" ")).stream()).filter(word -> word.startsWith("-D"))
                .map(word -> here(word).replace("\"$POSTAL_API_KEY\"", postal.apiKey())).toList();
        assertThat(options).hasSize(2);

        assertSends(options, Map.of(), "postal:send");

        assertThat(postal.awaitSentTo(ZOE, TIMEOUT).subject()).isEqualTo("Welcome");
    }

    /** Camel gathers environment variables for its own components only; the page says so. */
    @ParameterizedTest
    @CsvSource({"CAMEL_COMPONENT_POSTAL_SERVER_URL, CAMEL_COMPONENT_POSTAL_API_KEY",
            "CAMEL_COMPONENT_POSTAL_SERVERURL, CAMEL_COMPONENT_POSTAL_APIKEY"})
    void theEnvironmentAloneDoesNotConfigureAComponentOnCamelMain(String serverUrl, String apiKey) throws Exception {
        assertThat(run(List.of(), Map.of(serverUrl, postal.url().toString(), apiKey, postal.apiKey()), "postal:send"))
                .isNotZero();

        assertThat(postal.sent().to(ZOE).stream()).isEmpty();
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), here(content));
    }

    /** The page's Postal is the sandbox, and its port a free one. */
    private String here(String text) {
        return text.replaceAll("https://postal\\.(other\\.)?example(\\.com)?", postal.url().toString())
                .replace("camel.server.port = 8080", "camel.server.port = " + FreePort.find());
    }

    private void assertSends(List<String> options, Map<String, String> variables, String... uri) throws Exception {
        int exitCode = run(options, variables, uri);
        assertThat(exitCode).as(this::output).isZero();
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("output"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private int run(List<String> options, Map<String, String> variables, String... uri) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of("-cp", folder + File.pathSeparator + System.getProperty("java.class.path"),
                ConfiguredApp.class.getName(), ZOE));
        command.addAll(List.of(uri));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("CAMEL_"));
        builder.environment().putAll(variables);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).as("The process ends").isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
