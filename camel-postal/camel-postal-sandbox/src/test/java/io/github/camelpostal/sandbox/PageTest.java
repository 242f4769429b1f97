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
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What there is to see on the page, asked for as a browser does. */
class PageTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Pattern ENTRY = Pattern.compile("<a id=\"m(\\d+)\"");

    private final PostalSandbox postal = PostalSandbox.start();
    private final Client client = new Client(postal);
    private final Visitor visitor = new Visitor(postal);
    private final Receiver receiver = new Receiver();

    @AfterEach
    void stop() {
        postal.close();
        receiver.close();
    }

    @Test
    void isWhereThePathsOfPostalsOwnInterfaceLeadTo() {
        assertThat(visitor.get("/").headers().firstValue("Location")).hasValue(postal.url() + "/login?return_to=%2F");

        HttpResponse<String> login = visitor.get("/login?return_to=%2F");

        assertThat(login.statusCode()).isEqualTo(303);
        assertThat(login.headers().firstValue("Location")).hasValue("/ui");
        assertThat(visitor.get("/ui").headers().firstValue("Location")).hasValue("/ui/sandbox");
        assertThat(visitor.page("/ui/sandbox")).contains("No messages yet");
    }

    @Test
    void saysHowToConnectWithTheKeyWhichIsNoSecretHere() {
        String page = visitor.page("/ui/sandbox");

        assertThat(page).contains(postal.url().toString(), "@example.com")
                .contains("X-Server-API-Key: " + postal.apiKey(), "/control/openapi.json");
    }

    @Test
    void listsMailOfBothDirectionsNewestFirst() {
        postal.routeTo("support@example.com", receiver.url("/mail"));
        send("zoe@customer.example", "First", "t1");
        postal.receive("alice@customer.example", "support@example.com", mail("Subject: Second\n\nx\n"));

        assertThat(ids("/ui/sandbox")).containsExactly(2, 1);
        assertThat(ids("/ui/sandbox?box=in")).containsExactly(2);
        assertThat(ids("/ui/sandbox?box=out")).containsExactly(1);
    }

    @ParameterizedTest
    @CsvSource({"zoe@customer.example,1", "ZOE,1", "invoice,2", "tag:welcome,1", "status:softfail,2", "softfail,2", "id:1,1",
            "subject:hello,1", "'to:zoe hello',1", "'\"hello zoe\"',1", "to:hello,",
            "from:shop,2 1", "nobody,", "12:30,"})
    void findsByAddressSubjectTagMessageIdAndStatus(String words, String expected) {
        send("zoe@customer.example", "Hello Zoe", "welcome");
        send("softfail@customer.example", "Your invoice", "billing");
        postal.awaitSentTo("softfail@customer.example", SOON);

        List<Integer> found = ids("/ui/sandbox?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8));

        assertThat(found).isEqualTo(expected == null
                ? List.of()
                : Pattern.compile(" ").splitAsStream(expected).map(Integer::valueOf).toList());
    }

    @Test
    void findsAMessageIdWithItsBracketsAndWithout() {
        postal.routeTo("support@example.com", receiver.url("/mail"));
        postal.receive("alice@customer.example", "support@example.com", mail("Message-ID: <Q1.a@customer.example>\n\nx\n"));
        postal.receive("alice@customer.example", "support@example.com", mail("Message-ID: <q2.a@customer.example>\n\nx\n"));

        assertThat(ids("/ui/sandbox?q=%3Cq1.a@customer.example%3E")).containsExactly(1);
        assertThat(ids("/ui/sandbox?q=message-id:q2.a@")).containsExactly(2);
    }

    @Test
    void countsEachStatusAndShowsOneOfThemOnly() {
        send("zoe@customer.example", "a", "t");
        send("held@customer.example", "b", "t");
        postal.awaitSentTo("zoe@customer.example", SOON);
        postal.awaitSentTo("held@customer.example", SOON);

        assertThat(visitor.page("/ui/sandbox")).contains("Held <b>1</b>", "Sent <b>1</b>");
        assertThat(ids("/ui/sandbox?status=Held")).containsExactly(2);
    }

    @Test
    void turnsPages() {
        for (int i = 0; i < 3; i++) {
            String fifty = String.join("','", IntStream.range(0, 50)
                    .mapToObj(n -> "person" + n + "@customer.example").toList());
            client.call("/api/v1/send/message", "{'to':['" + fifty + "'],'from':'shop@example.com','plain_body':'x'}");
        }

        assertThat(ids("/ui/sandbox")).hasSize(50).startsWith(150).endsWith(101);
        assertThat(ids("/ui/sandbox?page=3")).hasSize(50).endsWith(1);
        assertThat(visitor.page("/ui/sandbox?page=2")).contains("51–100 of 150", "rel=\"next\"", "rel=\"prev\"");
        assertThat(ids("/ui/sandbox?page=4")).isEmpty();
        assertThat(ids("/ui/sandbox?q=person7@&page=1")).containsExactly(108, 58, 8);
    }

    @Test
    void showsAMessageFromEverySide() {
        postal.routeTo("support@example.com", receiver.url("/mail"));
        StoredMail mail = postal.receive("alice@customer.example", "support@example.com", mail("""
                From: =?utf-8?q?Alic=C3=A9?= <alice@customer.example>
                To: support@example.com
                Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
                Message-ID: <q1@customer.example>
                X-Note: seen
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: multipart/alternative; boundary=c

                --c
                Content-Type: text/plain; charset=iso-8859-1
                Content-Transfer-Encoding: quoted-printable

                caf=E9
                --c
                Content-Type: text/html

                <p>rich text</p>
                --c--
                --b
                Content-Type: application/pdf; name=bill.pdf
                Content-Disposition: attachment; filename=bill.pdf
                Content-Transfer-Encoding: base64

                aGVsbG8=
                --b--
                """));
        String base = "/ui/sandbox/messages/" + mail.id();

        assertThat(visitor.page(base)).contains("<h1>Grüße</h1>", "Alicé &lt;alice@customer.example&gt;",
                "src=\"" + base + "/frame\" sandbox=\"\"", mail.token(), "q1@customer.example");
        assertThat(visitor.page(base + "/frame")).contains("<p>rich text</p>");
        assertThat(visitor.page(base + "/text")).contains("café");
        assertThat(visitor.page(base + "/headers")).contains("X-Note", "seen", "Received");
        assertThat(visitor.page(base + "/raw")).contains("Content-Transfer-Encoding: base64");
        assertThat(visitor.page(base + "/attachments")).contains("bill.pdf", "application/pdf", "5 bytes");
        assertThat(visitor.page(base + "/files/0")).isEqualTo("hello");
        assertThat(visitor.page(base + "/download")).contains("X-Note: seen");
    }

    @Test
    void showsPicturesThatAreInTheMailItself() {
        postal.routeTo("support@example.com", receiver.url("/mail"));
        StoredMail mail = postal.receive("alice@customer.example", "support@example.com", mail("""
                Subject: logo
                MIME-Version: 1.0
                Content-Type: multipart/related; boundary=b

                --b
                Content-Type: text/html

                <img src="cid:logo%40shop"><img src='cid:program'><img src="cid:missing">
                --b
                Content-Type: image/png
                Content-ID: <logo@shop>
                Content-Transfer-Encoding: base64

                iVBORw0KGgo=
                --b
                Content-Type: image/svg+xml
                Content-ID: <program>

                <svg/>
                --b--
                """));

        assertThat(visitor.page("/ui/sandbox/messages/" + mail.id() + "/frame"))
                .contains("<img src=\"data:image/png;base64,iVBORw0KGgo=\">", "cid:program", "cid:missing");
    }

    @Test
    void showsDeliveriesWithRequestsAndResponses() {
        receiver.respond(503, "try later".getBytes(StandardCharsets.UTF_8));
        postal.routeTo("support@example.com", receiver.url("/mail"));
        StoredMail mail = postal.receive("alice@customer.example", "support@example.com", mail("Subject: s\n\nx\n"));
        postal.awaitWebhookRequest(WebhookRequest::isMail, SOON);

        // the delivery is stored after the response
        await().atMost(SOON).untilAsserted(() -> assertThat(
                visitor.page("/ui/sandbox/messages/" + mail.id() + "/deliveries")).contains("SoftFail", "HTTP 503",
                        "try later", receiver.url("/mail").toString(), "X-Postal-Signature-256",
                        "&quot;rcpt_to&quot;: &quot;support@example.com&quot;", "attempt 1", "Next attempt"));
        assertThat(visitor.page("/ui/sandbox/posts")).contains("HTTP 503", "Message " + mail.id());
    }

    @Test
    void leadsFromADeliveryToTheMessageThatItNames() {
        receiver.respond(422, new byte[0]);
        postal.routeTo("support@example.com", receiver.url("/mail"));
        StoredMail mail = postal.receive("alice@customer.example", "support@example.com", mail("Subject: s\n\nx\n"));
        postal.awaitWebhookRequest(WebhookRequest::isMail, SOON);

        await().atMost(SOON).untilAsserted(() -> assertThat(
                visitor.page("/ui/sandbox/messages/" + mail.id() + "/deliveries"))
                .contains("<a href=\"/ui/sandbox/messages/2\">message 2</a>"));
    }

    @Test
    void keepsMailServersApart() {
        try (PostalSandbox two = PostalSandbox.builder().server("billing", server -> server.name("Billing & Co")).start()) {
            Visitor there = new Visitor(two);

            assertThat(there.page("/ui/sandbox")).contains("href=\"/ui/billing\">Billing &amp; Co<");
            assertThat(there.page("/ui/billing")).contains("No messages yet");
            assertThat(there.get("/ui/nobody").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void saysThatThereIsNothingWhereThereIsNothing() {
        send("zoe@customer.example", "a", "t");

        assertThat(List.of("/ui/sandbox/messages/2", "/ui/sandbox/messages/x", "/ui/sandbox/messages/1/nothing",
                "/ui/sandbox/messages/1/frame", "/ui/sandbox/messages/1/files/0", "/ui/sandbox/messages/1/files/-1",
                "/ui/assets/../Page.class", "/ui/assets/top.html", "/ui/sandbox/messages/1/files/0/more"))
                .allSatisfy(path -> assertThat(visitor.get(path).statusCode()).as(path).isEqualTo(404));
    }

    private void send(String to, String subject, String tag) {
        client.call("/api/v1/send/message", "{'to':['" + to + "'],'from':'shop@example.com','subject':'" + subject
                + "','plain_body':'x','tag':'" + tag + "'}");
    }

    private List<Integer> ids(String path) {
        return ENTRY.matcher(visitor.page(path)).results().map(found -> Integer.valueOf(found.group(1))).toList();
    }

    private static byte[] mail(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
