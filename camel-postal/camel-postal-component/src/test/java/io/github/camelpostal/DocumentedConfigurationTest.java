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

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.camelpostal.sandbox.PostalSandbox;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pages say about configuring, in a process of its own: its environment and its system properties are what counts. */
class DocumentedConfigurationTest {

    private static final String SERVER_URL = "camel.component.postal.server-url";
    private static final String API_KEY = "camel.component.postal.api-key";

    @TempDir
    Path folder;

    @Test
    void theApiKeyComesFromTheEnvironmentByAPlaceholder() throws Exception {
        try (PostalSandbox postal = PostalSandbox.start()) {
            assertThat(sends(List.of(SERVER_URL + " = " + postal.url(), API_KEY + " = {{env:POSTAL_API_KEY}}"), List.of(),
                    Map.of("POSTAL_API_KEY", postal.apiKey()))).isTrue();
            assertThat(postal.sent()).hasSize(1);
        }
    }

    @Test
    void theApiKeyComesFromTheFileItself() throws Exception {
        try (PostalSandbox postal = PostalSandbox.start()) {
            assertThat(
                    sends(List.of(SERVER_URL + " = " + postal.url(), API_KEY + " = " + postal.apiKey()), List.of(), Map.of()))
                    .isTrue();
            assertThat(postal.sent()).hasSize(1);
        }
    }

    @Test
    void systemPropertiesWinOverTheFile() throws Exception {
        try (PostalSandbox postal = PostalSandbox.start()) {
            assertThat(sends(List.of(SERVER_URL + " = " + postal.url(), API_KEY + " = revoked"),
                    List.of("-D" + API_KEY + "=" + postal.apiKey()), Map.of())).isTrue();
            assertThat(postal.sent()).hasSize(1);
        }
    }

    @Test
    void withoutTheVariableThatThePlaceholderNamesNothingStarts() throws Exception {
        try (PostalSandbox postal = PostalSandbox.start()) {
            assertThat(sends(List.of(SERVER_URL + " = " + postal.url(), API_KEY + " = {{env:POSTAL_API_KEY}}"), List.of(),
                    Map.of())).isFalse();
        }
    }

    private boolean sends(List<String> properties, List<String> options, Map<String, String> environment)
            throws IOException, InterruptedException {
        Files.write(folder.resolve("application.properties"), properties, StandardCharsets.ISO_8859_1);
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of("-cp", folder + File.pathSeparator + System.getProperty("java.class.path"),
                Application.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile());
        builder.environment().remove("POSTAL_API_KEY");
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("ends by itself").isTrue();
            return process.exitValue() == 0;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Sends one mail. */
    static final class Application {

        private Application() {
        }

        public static void main(String[] args) {
            Main main = new Main();
            try {
                main.start();
                main.getCamelContext().createProducerTemplate().sendBodyAndHeaders("postal:send?from=shop@example.com", "Hello",
                        Map.of(PostalConstants.TO, "ann@customer.example", PostalConstants.SUBJECT, "Hello"));
                System.exit(0);
            } catch (RuntimeException e) {
                System.exit(1);
            }
        }
    }
}
