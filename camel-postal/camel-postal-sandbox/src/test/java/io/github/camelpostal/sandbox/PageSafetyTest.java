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

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers put into mail, responses and requests does not get at whoever looks at the page, nor at the sandbox. */
class PageSafetyTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SCRIPT = "<script>alert(1)</script>";

    private final PostalSandbox postal = PostalSandbox.start();
    private final Visitor visitor = new Visitor(postal);
    private final Receiver receiver = new Receiver();
    private String base;

    @AfterEach
    void stop() {
        postal.close();
        receiver.close();
    }

    @BeforeEach
    void receiveSomethingNasty() {
        receiver.respond(200, SCRIPT.getBytes(StandardCharsets.UTF_8));
        postal.routeTo("*@example.com", receiver.url("/mail"));
        StoredMail mail = postal.receive("\"" + SCRIPT + "\"@customer.example", "a\"><b>@example.com", """
                From: "<script>alert(1)</script>" <x@customer.example>
                To: "<script>alert(1)</script>" <support@example.com>
                Subject: <script>alert(1)</script>
                X-Postal-Tag: <script>alert(1)</script>
                Message-ID: <<script>alert(1)</script>@x>
                X-<script>alert(1)</script>: <script>alert(1)</script>
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/html

                <script>alert(1)</script><a href="https://x.example/?<script>alert(1)</script>">x</a>
                <img src="https://tracker.example/x.png">
                --b
                Content-Type: text/plain

                <script>alert(1)</script>
                --b
                Content-Type: image/svg+xml
                Content-Disposition: attachment; filename="<script>alert(1)</script>.svg"

                <svg onload="alert(1)"/>
                --b
                Content-Type: text/html
                Content-Disposition: attachment; filename*=utf-8''%22%0d%0aX-Evil%3A%20%E2%80%AEfdp%C3%A9.html

                <script>alert(1)</script>
                --b--
                """.getBytes(StandardCharsets.UTF_8));
        postal.awaitWebhookRequest(WebhookRequest::isMail, SOON);
        base = "/ui/sandbox/messages/" + mail.id();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/html", "/text", "/headers", "/raw", "/attachments", "/deliveries", "/activity",
            "?q=%3Cscript%3Ealert(1)%3C/script%3E%22%3E&box=%22%3E&status=%22%3Cscript%3E&page=%22%3E"})
    void escapesWhatStrangersWrote(String path) {
        String page = visitor.page(base + path);

        assertThat(page).contains("&lt;script&gt;").doesNotContain("<script>", "<svg onload", "a\"><b>");
        assertThat(page.split("<script").length - 1).as("scripts on the page").isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ui/sandbox", "/ui/sandbox/posts", "/ui/sandbox/receive", "/ui/nothing",
            "/ui/sandbox/messages/99"})
    void letsEveryPageLoadNothingButItsOwn(String path) {
        HttpResponse<String> response = visitor.get(path);

        assertThat(response.headers().firstValue("Content-Security-Policy")).hasValue("default-src 'none'; style-src 'self'; "
                + "script-src 'self'; connect-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; "
                + "base-uri 'none'; frame-ancestors 'none'");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.headers().firstValue("Cross-Origin-Resource-Policy")).hasValue("same-origin");
        assertThat(response.body()).doesNotContainPattern("<script>|\\son[a-z]+=|javascript:|style=");
    }

    @Test
    void givesTheMailsHtmlNoRightsAtAll() {
        HttpResponse<String> frame = visitor.get(base + "/frame");

        assertThat(policy(frame))
                .isEqualTo("default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; "
                        + "frame-ancestors 'self'; sandbox; img-src data:");
        assertThat(frame.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(visitor.page(base)).contains("sandbox=\"\"", "Load pictures").doesNotContain("tracker.example/x.png\"");
    }

    @Test
    void loadsPicturesFromElsewhereOnlyForWhoIsOnThePage() {
        assertThat(policy(visitor.get(base + "/frame?images=1", "Sec-Fetch-Site", "same-origin")))
                .endsWith("sandbox; img-src data: http: https:");
        assertThat(policy(visitor.get(base + "/frame?images=1", "Sec-Fetch-Site", "cross-site"))).endsWith("img-src data:");
        assertThat(visitor.get(base + "?images=1", "Sec-Fetch-Site", "cross-site").body()).contains("Load pictures");
    }

    @Test
    void handsAttachmentsOutAsDownloadsOnlyUnderHarmlessNames() {
        HttpResponse<String> svg = visitor.get(base + "/files/0");
        HttpResponse<String> html = visitor.get(base + "/files/1");

        assertThat(List.of(svg, html, visitor.get(base + "/download"))).allSatisfy(file -> {
            assertThat(file.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
            assertThat(file.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(policy(file)).contains("default-src 'none'", "sandbox");
            assertThat(file.headers().map()).doesNotContainKey("x-evil");
        });
        assertThat(svg.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"script_.svg\"; filename*=UTF-8''script%3E.svg");
        assertThat(html.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"_X-Evil_ fdp_.html\"; filename*=UTF-8''%22X-Evil%3A%20fdp%C3%A9.html");
    }

    @Test
    void showsNoCredentials() {
        URI secret = URI.create("http://bob:s3cret@127.0.0.1:" + receiver.port() + "/hook?source=postal");
        postal.postEventsTo(secret);
        postal.routeTo("secret@example.com", secret);
        StoredMail mail = postal.receive("alice@customer.example", "secret@example.com", "Subject: s\n\nx\n".getBytes());
        postal.awaitWebhookRequest(post -> post.isEvent("MessageSent") && post.mailId() == mail.id(), SOON);
        String own = "/ui/sandbox/messages/" + mail.id();

        assertThat(List.of("/ui/sandbox", "/ui/sandbox/posts", own, own + "/deliveries", "/ui/sandbox/receive"))
                .allSatisfy(path -> assertThat(visitor.page(path)).as(path)
                        .doesNotContain("s3cret", "Ym9iOnMzY3JldA"));
        assertThat(List.of("/ui/sandbox/posts", own, own + "/deliveries", "/ui/sandbox/receive"))
                .allSatisfy(path -> assertThat(visitor.page(path)).as(path).doesNotContain(postal.apiKey()));
        assertThat(visitor.page(own + "/deliveries")).contains("127.0.0.1:" + receiver.port() + "/hook", "Basic (not shown)");
    }

    @Test
    void respondsToNoForeignHostSoThatAReboundNameDoesNotHelp() {
        assertThat(Stream.of("/ui", "/ui/sandbox", "/ui/changes", "/ui/assets/page.js", "/login")
                .map(path -> RawHttp.send(postal.port(), "GET", path,
                        Map.of("Host", "evil.example", "Connection", "close"), new byte[0])))
                .allSatisfy(response -> {
                    assertThat(response.status()).isEqualTo(403);
                    assertThat(response.body()).isEmpty();
                });
    }

    static Stream<List<String>> foreignOrigins() {
        return Stream.of(
                List.of("Sec-Fetch-Site", "cross-site"),
                List.of("Sec-Fetch-Site", "same-site"),
                List.of("Sec-Fetch-Site", "none"),
                List.of("Origin", "https://evil.example"),
                List.of("Origin", "null"),
                List.of("Origin", "http://127.0.0.1"),
                List.of("Origin", "http://127.0.0.1:1"),
                List.of("Origin", "http://localhost:PORT"),
                List.of("Origin", "http://127.0.0.1:PORT.evil.example"),
                List.of("Origin", "http://127.0.0.1:PORT@evil.example"),
                List.of("Origin", "not a url"),
                List.of("Referer", "https://evil.example/127.0.0.1:PORT/"),
                List.of("Sec-Fetch-Site", "same-origin", "Origin", "https://evil.example"),
                List.of("Origin", "http://127.0.0.1:PORT", "Referer", "https://evil.example/"),
                List.of("Origin", "https://evil.example", "X-Postal-Sandbox", "1"),
                List.of("Sec-Fetch-Site", "cross-site", "X-Postal-Sandbox", "1"),
                List.of("Accept", "*/*"));
    }

    @ParameterizedTest
    @MethodSource("foreignOrigins")
    void doesNothingForAnyOtherWebPage(List<String> headers) {
        String[] sent = headers.stream().map(text -> text.replace("PORT", Integer.toString(postal.port())))
                .toArray(String[]::new);

        assertThat(Stream.of("/open", "/press", "/retry", "/release", "/again", "/cancel-hold")
                .map(act -> visitor.postFrom(sent, base + act, "url", "https://x.example/").statusCode())).containsOnly(403);
        assertThat(visitor.postFrom(sent, "/ui/sandbox/receive", "from", "a@customer.example", "to", "b@example.com")
                .statusCode()).isEqualTo(403);
        assertThat(postal.received()).hasSize(1);
        assertThat(visitor.page(base + "/activity")).contains("Nothing has happened yet");
    }

    static Stream<List<String>> ownOrigins() {
        return Stream.of(
                List.of("Sec-Fetch-Site", "same-origin"),
                List.of("Origin", "http://127.0.0.1:PORT"),
                List.of("Referer", "http://127.0.0.1:PORT/ui/sandbox"),
                List.of("Sec-Fetch-Site", "same-origin", "Origin", "http://127.0.0.1:PORT", "Referer",
                        "http://127.0.0.1:PORT/ui"),
                List.of("X-Postal-Sandbox", "1"));
    }

    @ParameterizedTest
    @MethodSource("ownOrigins")
    void doesWhatItsOwnPageAsksFor(List<String> headers) {
        String[] sent = headers.stream().map(text -> text.replace("PORT", Integer.toString(postal.port())))
                .toArray(String[]::new);

        assertThat(visitor.postFrom(sent, base + "/open").statusCode()).isEqualTo(303);
    }

    @Test
    void changesNothingByGet() {
        long posts = postal.webhookRequests().size();

        for (String path : List.of("/open", "/press?url=https://x.example/", "/retry", "/release", "/cancel-hold", "/again")) {
            assertThat(visitor.get(base + path, "Sec-Fetch-Site", "same-origin").statusCode()).isEqualTo(404);
        }
        visitor.page("/ui/sandbox/receive?from=a@customer.example&to=b@example.com");

        assertThat(postal.received()).hasSize(1);
        assertThat(postal.webhookRequests()).hasSize((int) posts);
        assertThat(postal.message(1).orElseThrow().deliveries()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "OPTIONS"})
    void takesNoOtherMethods(String method) {
        HttpResponse<String> response = visitor.send(visitor.request("/ui/sandbox/receive", "Origin", "https://evil.example")
                .method(method, BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().map()).doesNotContainKey("access-control-allow-origin");
    }

    private static String policy(HttpResponse<String> response) {
        return response.headers().firstValue("Content-Security-Policy").orElseThrow();
    }
}
