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
package io.github.camelpostal.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.camelpostal.sandbox.PostalSandbox;

/** How long the sandbox's page takes to response when 10,000 messages are stored. */
final class SandboxPage {
    private static final int MESSAGES = 10_000;
    private static final int RECIPIENTS = 50;
    private static final int WARM_UP = 200;
    private static final int REQUESTS = 1_000;

    private final PostalSandbox postal;
    private final HttpClient http = HttpClient.newHttpClient();

    private SandboxPage(PostalSandbox postal) {
        this.postal = postal;
    }

    static void run(PrintStream out) throws Exception {
        try (PostalSandbox postal = PostalSandbox.start()) {
            SandboxPage page = new SandboxPage(postal);
            page.fill();
            out.printf(
                    "%n### The sandbox's page with %,d messages%n%n| | median | p95 | slowest |%n| --- | --- | --- | --- |%n",
                    MESSAGES);
            page.measure(out, "first page", "/ui/sandbox");
            page.measure(out, "page 150", "/ui/sandbox?page=150");
            page.measure(out, "search that finds one", "/ui/sandbox?q=person7.of.call199%40customer.example");
            page.measure(out, "search that finds nothing", "/ui/sandbox?q=subject%3Anothing+tag%3Anothing");
            page.measure(out, "one message, list beside it", "/ui/sandbox/messages/5000");
        }
    }

    private void fill() throws IOException, InterruptedException {
        String last = "";
        for (int call = 0; call < MESSAGES / RECIPIENTS; call++) {
            int number = call;
            last = "person" + (RECIPIENTS - 1) + ".of.call" + call + "@customer.example";
            String to = IntStream.range(0, RECIPIENTS)
                    .mapToObj(n -> "\"person" + n + ".of.call" + number + "@customer.example\"")
                    .collect(Collectors.joining(","));
            HttpResponse<String> response = http.send(HttpRequest.newBuilder(postal.url().resolve("/api/v1/send/message"))
                    .header("X-Server-API-Key", postal.apiKey()).header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"to\":[" + to + "],\"from\":\"shop@example.com\",\"subject\":\"Letter "
                            + call
                            + "\",\"tag\":\"tag" + call % 7 + "\",\"html_body\":\"<p>Hello</p>\",\"plain_body\":\"Hello\"}"))
                    .build(), BodyHandlers.ofString());
            if (!response.body().contains("\"success\"")) {
                throw new IllegalStateException("The sandbox does not take mail: " + response.body());
            }
        }
        postal.awaitSentTo(last, Duration.ofMinutes(5));
    }

    private void measure(PrintStream out, String what, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(postal.url() + path)).build();
        double[] millis = new double[REQUESTS];
        for (int i = -WARM_UP; i < REQUESTS; i++) {
            long start = System.nanoTime();
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(path + " is responded " + response.statusCode());
            }
            if (i >= 0) {
                millis[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        Arrays.sort(millis);
        out.printf(Locale.ROOT, "| %s | %.1f ms | %.1f ms | %.1f ms |%n", what, millis[REQUESTS / 2],
                millis[REQUESTS * 95 / 100],
                millis[REQUESTS - 1]);
    }
}
