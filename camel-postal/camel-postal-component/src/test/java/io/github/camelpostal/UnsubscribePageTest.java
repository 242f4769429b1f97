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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelpostal.internal.conversation.ConversationKeys;
import io.github.camelpostal.internal.conversation.UnsubscribeTokenCipher;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import io.github.camelpostal.suppression.InMemorySuppressionList;
import io.github.camelpostal.suppression.PostalSuppressionList;
import io.github.camelpostal.suppression.RecipientEvent;
import io.github.camelpostal.testing.LogCapture;
import io.github.camelpostal.testing.Wire;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Recipients leave by the link in a mail, and by nothing else. */
class UnsubscribePageTest {

    private static final String SECRET = "a:" + "k7".repeat(32);
    private static final String ONE_CLICK = "List-Unsubscribe=One-Click";

    private final InMemorySuppressionList list = new InMemorySuppressionList();
    private final BlockingQueue<Exchange> routed = new LinkedBlockingQueue<>();
    private CamelApp app;

    @BeforeEach
    void start() throws Exception {
        app = app(list);
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void whoeverGotTheMailLeavesWithOneClick() throws Exception {
        try (PostalSandbox sandbox = PostalSandbox.builder().domain("acme.example").start()) {
            app.sendTo(sandbox);
            String uri = "postal:send?from=news@acme.example&to=delivered@rcpt.test&stream=news&suppressionList=#list"
                    + "&unsubscribeUrl=https://camel.example/unsubscribe";
            app.context().createProducerTemplate().sendBody(uri, "hello");
            StoredMail mail = sandbox.awaitSentTo("delivered@rcpt.test", Duration.ofSeconds(30));
            Matcher link = Pattern.compile("List-Unsubscribe: <https://camel.example(/unsubscribe\\?t=[^>]+)>")
                    .matcher(new String(mail.raw(), StandardCharsets.UTF_8).replaceAll("\\r?\\n[ \\t]+", " "));
            assertThat(link.find()).isTrue();

            assertThat(request("POST", link.group(1)).status()).isEqualTo(200);

            Exchange left = routed.poll(60, TimeUnit.SECONDS);
            assertThat(left.getMessage().getHeader(PostalConstants.UNSUBSCRIBED_STREAM)).isEqualTo("news");
            assertThat(left.getMessage().getHeader(PostalConstants.RCPT_TO)).isEqualTo("delivered@rcpt.test");
            assertThatThrownBy(() -> app.context().createProducerTemplate().sendBody(uri, "again"))
                    .hasStackTraceContaining("suppression list");
        }
    }

    @Test
    void aScannerThatFollowsTheLinkChangesNothing() throws Exception {
        Wire.Response page = request("GET", link("bob@rcpt.test", "news"));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("<form method=\"post\">").doesNotContain("bob");
        assertThat(page.headers().get("content-type")).startsWith("text/html");
        assertThat(page.headers()).containsEntry("referrer-policy", "no-referrer").containsKey("content-security-policy");
        assertThat(request("HEAD", link("bob@rcpt.test", "news")).status()).isEqualTo(200);
        assertThat(list.size()).isZero();
        assertThat(routed).isEmpty();
    }

    @Test
    void aSecondPostIsAsGoodAsTheFirst() throws Exception {
        String link = link("bob@rcpt.test", "news");
        assertThat(request("POST", link).status()).isEqualTo(200);
        assertThat(request("POST", link).status()).isEqualTo(200);
        assertThat(list.size()).isEqualTo(1);
    }

    /** RFC 8058 leaves the choice of the form's encoding to the mail program. */
    @Test
    void theOtherKindOfFormWorksToo() throws Exception {
        byte[] form = ("--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(Wire.post(app.port(), link("bob@rcpt.test", "news"), form, "Content-Type: multipart/form-data; boundary=x")
                .status()).isEqualTo(200);
        assertThat(list.size()).isEqualTo(1);
    }

    @Test
    void aForgedTokenIsNotFound() throws Exception {
        String link = link("bob@rcpt.test", "news");
        String changed = link.substring(0, link.length() - 5) + (link.endsWith("AAAAA") ? "BBBBB" : "AAAAA");
        for (String forged : List.of(changed, "/unsubscribe", "/unsubscribe?t=", "/unsubscribe?t=bob@rcpt.test",
                foreignLink("bob@rcpt.test"))) {
            assertThat(request("POST", forged).status()).as(forged).isEqualTo(404);
            assertThat(request("GET", forged).status()).as(forged).isEqualTo(404);
        }
        assertThat(Wire.post(app.port(), "/unsubscribe", ONE_CLICK.getBytes(), "t: " + link.substring(link.indexOf('=') + 1))
                .status()).isEqualTo(404);
        assertThat(list.size()).isZero();
    }

    /** RFC 3986, 2.3: a hyphen is the same in either spelling. */
    @Test
    void aLinkThatAGatewayWroteAnewStillWorks() throws Exception {
        String link = link("bob@rcpt.test", "news");
        String token = link.substring(link.indexOf('=') + 1);
        for (String anew : List.of("t=" + token.replace("-", "%2D").replace("_", "%5f"),
                "t=%" + Integer.toHexString(token.charAt(0)) + token.substring(1), "utm=1&amp;t=" + token, "t=" + token + "%20",
                "t=" + token + "&fbclid=x")) {
            assertThat(request("GET", "/unsubscribe?" + anew).status()).as(anew).isEqualTo(200);
            assertThat(request("POST", "/unsubscribe?" + anew).status()).as(anew).isEqualTo(200);
        }
        for (String none : List.of("t=%zz" + token, "t=" + token + "%00", "t=" + token + "%", "T=" + token, "xt=" + token)) {
            assertThat(request("POST", "/unsubscribe?" + none).status()).as(none).isEqualTo(404);
        }
    }

    @Test
    void aListOfTheUsersThatFailsAsksForAnotherAttemptAndTheLogHasNoAddress() throws Exception {
        PostalSuppressionList failing = new BrokenList() {
            @Override
            public void record(RecipientEvent event) {
                throw new IllegalStateException("cannot store " + event);
            }
        };
        try (CamelApp broken = app(failing); LogCapture log = new LogCapture()) {
            Wire.Response response = Wire.request(broken.port(), "POST", link("bob@rcpt.test", "news"), ONE_CLICK.getBytes());
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.headers()).containsKey("retry-after").containsEntry("content-language", "en");
            assertThat(response.text()).doesNotContain("bob");
            assertThat(log.lines()).filteredOn(line -> line.startsWith("ERROR"))
                    .anyMatch(line -> line.contains("IllegalStateException"));
            assertThat(log.lines()).filteredOn(line -> !line.startsWith("DEBUG") && !line.startsWith("TRACE"))
                    .noneMatch(line -> line.contains("bob@rcpt.test"));
        }
    }

    @Test
    void aListThatIsAwayAsksForAnotherAttempt() throws Exception {
        try (CamelApp broken = app(new BrokenList())) {
            Wire.Response response = Wire.request(broken.port(), "POST", link("bob@rcpt.test", "news"), ONE_CLICK.getBytes());
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.headers()).containsKey("retry-after");
            assertThat(routed).isEmpty();
        }
    }

    @Test
    void whoeverComesWhileTheRouteIsStoppedIsAskedToComeAgain() throws Exception {
        String link = link("bob@rcpt.test", "news");
        app.context().getRouteController().stopRoute("leaving");
        for (String method : List.of("GET", "HEAD", "POST")) {
            assertThat(request(method, link).status()).as(method).isEqualTo(503);
        }
        assertThat(list.size()).isZero();

        app.context().getRouteController().startRoute("leaving");
        assertThat(request("GET", link).status()).isEqualTo(200);
        assertThat(request("POST", link).status()).isEqualTo(200);
        assertThat(list.size()).isEqualTo(1);
    }

    @Test
    void aPageThatHasNotBeenOpenedYetAsksForAnotherAttempt() throws Exception {
        app.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:unsubscribe?path=/later&suppressionList=#list").autoStartup(false).log("left");
            }
        });
        String link = link("bob@rcpt.test", "news").replace("/unsubscribe", "/later");
        assertThat(request("GET", link).status()).isEqualTo(503);
        assertThat(request("POST", link).status()).isEqualTo(503);
        assertThat(list.size()).isZero();
    }

    @Test
    void startUpSaysWhatIsMissing() {
        List<String> texts = new ArrayList<>();
        for (String options : List.of("conversationSecret=RAW(" + SECRET + ")", "suppressionList=#list")) {
            try (CamelApp missing = CamelApp.create()) {
                missing.context().getRegistry().bind("list", list);
                missing.context().addRoutes(route(options));
                missing.context().start();
            } catch (Exception e) {
                texts.add(org.apache.camel.util.ObjectHelper.getException(IllegalArgumentException.class, e).getMessage());
            }
        }
        assertThat(texts).hasSize(2);
        assertThat(texts.get(0)).contains("suppressionList");
        assertThat(texts.get(1)).contains("conversationSecret");
    }

    private Wire.Response request(String method, String path) throws Exception {
        return method.equals("POST")
                ? Wire.post(app.port(), path, ONE_CLICK.getBytes(), "Content-Type: application/x-www-form-urlencoded")
                : Wire.request(app.port(), method, path, new byte[0]);
    }

    private CamelApp app(PostalSuppressionList used) throws Exception {
        CamelApp started = CamelApp.create();
        started.context().getRegistry().bind("list", used);
        started.context().getComponent("postal", PostalComponent.class).getConfiguration().setConversationSecret(SECRET);
        started.context().addRoutes(route("suppressionList=#list"));
        started.context().start();
        return started;
    }

    private RouteBuilder route(String options) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:unsubscribe?path=/unsubscribe&" + options).routeId("leaving")
                        .process(exchange -> routed.add(exchange.copy()));
            }
        };
    }

    private static String link(String address, String stream) {
        return "/unsubscribe?t=" + new UnsubscribeTokenCipher(ConversationKeys.parse(SECRET), new SecureRandom())
                .issue(new UnsubscribeTokenCipher.Unsubscription(address, stream == null ? "" : stream));
    }

    private static String foreignLink(String address) {
        return "/unsubscribe?t="
                + new UnsubscribeTokenCipher(ConversationKeys.parse("a:" + "x9".repeat(32)), new SecureRandom())
                        .issue(new UnsubscribeTokenCipher.Unsubscription(address, ""));
    }
}
