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

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person does on the page, sent as the page's forms send it. */
class PageActsTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String RECEIVE = "/ui/sandbox/receive";

    private final PostalSandbox postal = PostalSandbox.start();
    private final Client client = new Client(postal);
    private final Visitor visitor = new Visitor(postal);
    private final Receiver receiver = new Receiver();

    @AfterEach
    void stop() {
        postal.close();
        receiver.close();
    }

    @BeforeEach
    void route() {
        postal.postEventsTo(receiver.url("/events"));
        postal.routeTo("support@example.com", receiver.url("/mail"));
    }

    @Test
    void sendsInWhatWasTyped() {
        HttpResponse<String> sent = visitor.post(RECEIVE, "from", "Alicé <alice@customer.example>", "to",
                "support+7@example.com",
                "subject", "Grüße", "text", "Hello\nthere", "html", "<p>Hellö</p>");

        assertThat(sent.statusCode()).isEqualTo(303);
        assertThat(sent.headers().firstValue("Location")).hasValue("/ui/sandbox/messages/1");
        Receiver.Request exchange = receiver.next();
        assertThat(exchange.json().path("mail_from").asText()).isEqualTo("alice@customer.example");
        assertThat(exchange.json().path("rcpt_to").asText()).isEqualTo("support+7@example.com");
        assertThat(exchange.json().path("subject").asText()).isEqualTo("Grüße");
        assertThat(exchange.json().path("plain_body").asText()).contains("Hello").contains("there");
        assertThat(exchange.json().path("html_body").asText()).contains("<p>Hellö</p>");
        assertThat(visitor.page(RECEIVE)).contains("<option value=\"support@example.com\">");
    }

    @Test
    void sendsInAFileWithTheEnvelopeThatStandsInIt() {
        String file = "From: A <alice@customer.example>\r\nTo: support@example.com\r\nSubject: file\r\n\r\n--b is no boundary\r\n";

        HttpResponse<String> sent = visitor.upload(RECEIVE, "b0undary", "--b0undary\r\nContent-Disposition: form-data; "
                + "name=\"from\"\r\n\r\n\r\n--b0undary\r\nContent-Disposition: form-data; name=\"file\"; filename=\"m.eml\"\r\n"
                + "Content-Type: message/rfc822\r\n\r\n" + file + "\r\n--b0undary--\r\n");

        assertThat(sent.statusCode()).isEqualTo(303);
        Receiver.Request exchange = receiver.next();
        assertThat(exchange.json().path("mail_from").asText()).isEqualTo("alice@customer.example");
        assertThat(exchange.json().path("plain_body").asText()).isEqualTo("--b is no boundary\n");
    }

    @Test
    void takesAFileFromAProgramToo() {
        HttpResponse<String> sent = visitor.send(visitor
                .request(RECEIVE + "?from=%3C%3E&to=support@example.com", "X-Postal-Sandbox", "1", "Content-Type",
                        "message/rfc822")
                .POST(BodyPublishers.ofString("Subject: by curl\n\nx\n")));

        assertThat(sent.statusCode()).isEqualTo(303);
        assertThat(postal.received().get(0).mailFrom()).isNull();
        assertThat(receiver.next().json().path("subject").asText()).isEqualTo("by curl");
    }

    @ParameterizedTest
    @CsvSource({"nobody@example.com,a@customer.example,no route of any mail server",
            "support@example.com,not an address,From is not",
            ",a@customer.example,To is not"})
    void saysWhyAMailIsNotTakenAndKeepsWhatWasTyped(String to, String from, String reason) {
        HttpResponse<String> refused = visitor.post(RECEIVE, "from", from, "to", to == null ? "" : to, "subject", "<kept>",
                "text", "typed \"in\"");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains(reason, "value=\"&lt;kept&gt;\"", "typed &quot;in&quot;");
        assertThat(postal.received()).isEmpty();
    }

    @Test
    void takesNothingThatIsNoForm() {
        assertThat(visitor.upload(RECEIVE, "b", "no parts").statusCode()).isIn(400, 422);
        assertThat(visitor.upload(RECEIVE, "b", "--b\r\n\r\nno name\r\n--b--").statusCode()).isEqualTo(400);
        assertThat(visitor.post(RECEIVE).statusCode()).isEqualTo(422);
        assertThat(visitor.post("/ui/sandbox/nothing").statusCode()).isEqualTo(404);
        assertThat(postal.received()).isEmpty();
    }

    @Test
    void pressesALinkAndOpensTheMail() {
        send("zoe@customer.example");
        postal.awaitSentTo("zoe@customer.example", SOON);

        HttpResponse<String> pressed = visitor.post("/ui/sandbox/messages/1/press", "url",
                "https://shop.example.com/a?b=1&c=2");
        visitor.post("/ui/sandbox/messages/1/open");

        assertThat(pressed.headers().firstValue("Location")).hasValue("/ui/sandbox/messages/1/activity");
        assertThat(
                postal.awaitWebhookRequest(post -> post.isEvent("MessageLinkClicked"), SOON).json().at("/payload/url").asText())
                .isEqualTo("https://shop.example.com/a?b=1&c=2");
        assertThat(postal.awaitWebhookRequest(post -> post.isEvent("MessageLoaded"), SOON).mailId()).isEqualTo(1);
        assertThat(visitor.page("/ui/sandbox/messages/1/activity")).contains("Link pressed", "Opened");
    }

    @Test
    void pressesATrackedLinkAndTellsWhereItLed() {
        postal.server().trackDomain(TrackDomain.of("example.com"));
        send("zoe@customer.example");
        postal.awaitSentTo("zoe@customer.example", SOON);
        Matcher link = Pattern.compile("name=\"url\" value=\"(https://click\\.example\\.com/[^\"]+)\"")
                .matcher(visitor.page("/ui/sandbox/messages/1"));
        assertThat(link.find()).isTrue();

        visitor.post("/ui/sandbox/messages/1/press", "url", link.group(1));

        WebhookRequest event = postal.awaitWebhookRequest(post -> post.isEvent("MessageLinkClicked"), SOON);
        assertThat(event.json().at("/payload/url").asText()).isEqualTo("https://shop.example.com/a?b=1&c=2");
        assertThat(event.json().at("/payload/token").asText()).isEqualTo(link.group(1).replaceAll(".*/", ""));
    }

    @Test
    void pressesNoLinkThatIsNotInTheMail() {
        send("zoe@customer.example");

        HttpResponse<String> refused = visitor.post("/ui/sandbox/messages/1/press", "url", "http://127.0.0.1:1/");

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("This mail has no such link");
        assertThat(postal.webhookRequests()).noneMatch(post -> post.isEvent("MessageLinkClicked"));
    }

    @Test
    void endsAHoldOnceOnly() {
        send("held@customer.example");
        postal.awaitSentTo("held@customer.example", SOON);
        assertThat(visitor.page("/ui/sandbox/messages/1"))
                .contains("/messages/1/release", "/messages/1/cancel-hold", "Held until")
                .doesNotContain("/messages/1/retry");

        HttpResponse<String> ended = visitor.post("/ui/sandbox/messages/1/cancel-hold");
        HttpResponse<String> again = visitor.post("/ui/sandbox/messages/1/cancel-hold");

        assertThat(ended.statusCode()).isEqualTo(303);
        assertThat(postal.message(1).orElseThrow().status()).isEqualTo("HoldCancelled");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("not held");
    }

    @Test
    void releasesWhatIsHeld() {
        try (PostalSandbox holding = PostalSandbox.builder().holdingApiKey("HoldingKey0000000000").start()) {
            Visitor there = new Visitor(holding);
            there.send(there.request("/api/v1/send/message", "X-Server-API-Key", "HoldingKey0000000000", "Content-Type",
                    "application/json").POST(
                            BodyPublishers.ofString(
                                    "{\"to\":[\"zoe@customer.example\"],\"from\":\"shop@example.com\",\"plain_body\":\"x\"}")));
            holding.awaitSentTo("zoe@customer.example", SOON);

            there.post("/ui/sandbox/messages/1/release");

            Waiting.until(() -> holding.message(1).filter(mail -> mail.status().equals("Sent")));
        }
    }

    @Test
    void triesAgainNow() {
        send("softfail@customer.example");
        postal.awaitSentTo("softfail@customer.example", SOON);

        assertThat(visitor.post("/ui/sandbox/messages/1/retry").headers().firstValue("Location"))
                .hasValue("/ui/sandbox/messages/1/deliveries");

        Waiting.until(() -> postal.message(1).filter(mail -> mail.deliveries().size() == 2));
    }

    private void send(String to) {
        client.call("/api/v1/send/message", "{'to':['" + to + "'],'from':'shop@example.com','subject':'Hi',"
                + "'html_body':'<a href=\\u0022https://shop.example.com/a?b=1&amp;c=2\\u0022>x</a>'}");
    }
}
