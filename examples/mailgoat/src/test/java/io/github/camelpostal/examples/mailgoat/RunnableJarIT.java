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
package io.github.camelpostal.examples.mailgoat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.camelpostal.sandbox.PostalSandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one file that is handed out, run as a user runs it. */
class RunnableJarIT {
    private static final long TIMEOUT_SECONDS = 60;

    @TempDir
    Path home;

    @Test
    void sendsWithNothingButAJre() throws Exception {
        try (PostalSandbox sandbox = PostalSandbox.start()) {
            Process process = start(sandbox, "send", "--to", "zoe@customer.example", "--subject", "Hi", "--body", "From a jar");

            assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)).isEmpty();
            assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("Queued by Postal");
            assertThat(process.exitValue()).isZero();
            assertThat(sandbox.sent()).singleElement()
                    .satisfies(mail -> assertThat(mail.rcptTo()).isEqualTo("zoe@customer.example"));
        }
    }

    private Process start(PostalSandbox sandbox, String... command) throws IOException {
        List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=" + home, "-jar", Path.of("target", "mailgoat.jar").toString()));
        line.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().put("MAILGOAT_SERVER", sandbox.url().toString());
        builder.environment().put("MAILGOAT_API_KEY", sandbox.apiKey());
        builder.environment().put("MAILGOAT_EMAIL", "shop@example.com");
        return builder.start();
    }
}
