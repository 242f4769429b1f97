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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one file that is handed out, run as a user runs it, stopped and started again. */
class RunnableJarIT {
    private static final long TIMEOUT_SECONDS = 60;
    private static final Pattern API = Pattern.compile("page, HTTP API +(\\S+)");

    @TempDir
    Path folder;

    @Test
    void keepsAMailFromOneProcessToTheNext() throws Exception {
        Path config = Files.writeString(folder.resolve("config.yml"), """
                port: 0
                storage: %s
                servers: [{permalink: shop, domains: [example.com], credentials: [{type: api, key: JarKeyNotASecret00000000}]}]
                """.formatted(folder.resolve("kept")));
        Process first = start(config);
        call(first, "/api/v1/send/message",
                "{\"to\":[\"zoe@customer.example\"],\"from\":\"me@example.com\",\"plain_body\":\"Hello\"}");
        first.destroy();
        assertThat(first.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();

        Process second = start(config);
        try {
            assertThat(call(second, "/api/v1/messages/message", "{\"id\":1,\"_expansions\":[\"details\"]}"))
                    .contains("zoe@customer.example");
        } finally {
            second.destroy();
        }
    }

    private static Process start(Path config) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
                Path.of("target", "postal-sandbox.jar").toString(), config.toString()).redirectErrorStream(true).start();
    }

    private static String call(Process process, String path, String body) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(api(process).resolve(path))
                .header("Content-Type", "application/json").header("X-Server-API-Key", "JarKeyNotASecret00000000")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    private static URI api(Process process) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            Matcher api = API.matcher(line);
            if (api.find()) {
                return URI.create(api.group(1));
            }
        }
        throw new AssertionError("It ended, and said: " + said);
    }
}
