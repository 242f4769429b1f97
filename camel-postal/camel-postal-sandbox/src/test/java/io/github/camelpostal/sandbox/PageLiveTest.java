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

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Open pages hear of what happens, and cost the API nothing. */
class PageLiveTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int MORE_THAN_THERE_ARE_THREADS = 30;

    private final PostalSandbox postal = PostalSandbox.start();
    private final Client client = new Client(postal);
    private final Visitor visitor = new Visitor(postal);
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        postal.close();
    }

    @Test
    void tellsAtOnceWhatWasMissed() {
        String before = version();
        send();

        assertThat(visitor.get("/ui/changes?since=" + before).body()).doesNotContain(":" + before + "}");
        assertThat(visitor.get("/ui/changes?since=nonsense").statusCode()).isEqualTo(200);
    }

    @Test
    void respondsWhenSomethingHappens() {
        CompletableFuture<HttpResponse<String>> waiting = ask(version());
        assertThat(waiting).isNotDone();

        send();

        assertThat(waiting).succeedsWithin(SOON).satisfies(response -> assertThat(response.statusCode()).isEqualTo(200));
    }

    @Test
    void keepsNoThreadFromTheApiHoweverManyPagesAreOpen() {
        String version = version();
        List<CompletableFuture<HttpResponse<String>>> pages = IntStream.range(0, MORE_THAN_THERE_ARE_THREADS)
                .mapToObj(page -> ask(version)).toList();
        // those for which there is no room are told so
        Awaitility.await().atMost(SOON).until(() -> pages.stream().anyMatch(CompletableFuture::isDone));

        assertThat(visitor.page("/ui/sandbox")).contains("No messages yet");
        send();

        assertThat(pages).allSatisfy(page -> assertThat(page).succeedsWithin(SOON));
        assertThat(pages.stream().map(page -> page.join().statusCode())).contains(200, 503).containsOnly(200, 503);
    }

    @Test
    void doesNotKeepTheSandboxFromClosing() {
        CompletableFuture<HttpResponse<String>> waiting = ask(version());

        postal.close();

        assertThat(waiting).failsWithin(SOON);
    }

    private CompletableFuture<HttpResponse<String>> ask(String since) {
        return http.sendAsync(visitor.request("/ui/changes?since=" + since).build(), BodyHandlers.ofString());
    }

    private String version() {
        Matcher found = Pattern.compile("data-version=\"(\\d+)\"").matcher(visitor.page("/ui/sandbox"));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private void send() {
        client.call("/api/v1/send/message", "{'to':['zoe@customer.example'],'from':'shop@example.com','plain_body':'x'}");
    }
}
