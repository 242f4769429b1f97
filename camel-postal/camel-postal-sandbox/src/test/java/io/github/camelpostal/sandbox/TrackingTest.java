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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMultipart;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What tracking does to a mail, and what it leaves alone (protocol 3.2). */
class TrackingTest {
    private static final String OURS = "https://click.tracked.example/sandbx/[A-Za-z0-9]{16}";

    private final PostalSandbox postal = PostalSandbox.builder().keyPair(Signatures.PAIR).virtualTime()
            .domain("tracked.example").domain("plain.example")
            .server(server -> server.trackDomain(TrackDomain.of("tracked.example").excluding("kept.example"))).start();
    private final Client client = new Client(postal);

    @AfterEach
    void stop() {
        postal.close();
    }

    @Test
    void rewritesQuotedLinksOfHtmlAndAddsAPixel() throws Exception {
        String html = html(
                "<body><a href=\\\"https://shop.example/a?x=1&amp;y=2\\\">a</a><img src=\\\"https://x.example/i.png\\\"></body>");

        assertThat(html).matches("<body><a href='" + OURS + "'>a</a><img src=\"https://x.example/i.png\">"
                + "<p class='ampimg'[^>]*><img src='https://click.tracked.example/img/sandbx/"
                + postal.sent().get(0).token() + "' alt=''></p></body>");
        String token = html.replaceAll("(?s).*/sandbx/([A-Za-z0-9]{16})'>a.*", "$1");
        assertThat(visit("/sandbx/" + token).headers()).containsEntry("Location", "https://shop.example/a?x=1&y=2");
    }

    @Test
    void putsThePixelAtTheEndWithoutABody() throws Exception {
        assertThat(html("<p>short</p>")).startsWith("<p>short</p><p class='ampimg'");
    }

    @Test
    void rewritesLinksOfTextThatEndInWhiteSpaceAndSwallowsPunctuation() throws Exception {
        assertThat(
                plain("see https://shop.example/a. Or https://shop.example/b, or https://shop.example/\\nhttp://shop.example"))
                .matches("see " + OURS + " Or https://shop\\.example/b, or " + OURS + "\\s+" + OURS + "\\s*");
    }

    @Test
    void leavesExcludedHostsAlone() throws Exception {
        assertThat(plain("https://kept.example/a https://sub.kept.example/a "))
                .matches("https://kept.example/a " + OURS + "\\s*");
    }

    @Test
    void removesTheMarkOfALinkThatIsNotToBeTracked() throws Exception {
        assertThat(plain("https+notrack://shop.example/a x")).isEqualToIgnoringWhitespace("https://shop.example/ax");
    }

    @Test
    void sendsTheMarkWhereThereIsNoTrackingDomain() throws Exception {
        send("me@plain.example", "'plain_body':'https+notrack://shop.example/a https://shop.example/b '");

        assertThat(part(0)).contains("https+notrack://shop.example/a https://shop.example/b");
    }

    @Test
    void keepsUmlautsAndTheLayoutOfTheMail() throws Exception {
        assertThat(html("<p>Grüße ✓</p>")).startsWith("<p>Grüße ✓</p>");
        assertThat(postal.sent().get(0).mime().getContentType()).startsWith("multipart/mixed");
    }

    @Test
    void keepsWhatDescribesTheStructure() throws Exception {
        html("<a href=\\\"https://shop.example/a\\\">a</a>");

        String mail = new String(postal.sent().get(0).raw(), StandardCharsets.UTF_8);
        assertThat(mail).contains("click.tracked.example");
        String head = mail.split("\r\n\r\n", 2)[0];
        assertThat(head).contains("charset=UTF-8", "\r\nContent-Transfer-Encoding: 7bit");
        assertThat(((MimeMultipart) postal.sent().get(0).mime().getContent()).getBodyPart(0)
                .getHeader("Content-Transfer-Encoding")).containsExactly("7bit");
    }

    @Test
    void saysHowLongTheResponseToAHeadWouldBe() throws Exception {
        String token = html("<a href=\\\"https://shop.example/a\\\">a</a>").replaceAll("(?s).*/sandbx/([A-Za-z0-9]{16})'>a.*",
                "$1");
        Map<String, String> marked = Map.of("Host", "click.tracked.example", "X-Postal-Track-Host", "1", "Connection", "close");

        RawHttp.Response get = RawHttp.send(postal.port(), "GET", "/sandbx/" + token, marked, new byte[0]);
        RawHttp.Response head = RawHttp.send(postal.port(), "HEAD", "/sandbx/" + token, marked, new byte[0]);

        assertThat(head.status()).isEqualTo(307);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers()).containsEntry("Content-length", get.headers().get("Content-length"));
        assertThat(get.body()).hasSize(Integer.parseInt(get.headers().get("Content-length")));
    }

    @Test
    void tracksARawMailThatIsOneText() throws Exception {
        String mail = "From: me@tracked.example\r\nContent-Type: text/plain\r\nX-Own: 1\r\n\r\nhttps://shop.example/a\r\n";
        client.call("/api/v1/send/raw", "{'rcpt_to':['a@rcpt.test'],'mail_from':'x@y.test','data':'"
                + Base64.getEncoder().encodeToString(mail.getBytes(StandardCharsets.US_ASCII)) + "'}");
        postal.advance(Duration.ZERO);

        String raw = new String(postal.sent().get(0).raw(), StandardCharsets.US_ASCII);
        assertThat(raw).containsPattern("\r\n\r\n" + OURS).contains("X-Own: 1").doesNotContain("Message-ID");
    }

    @Test
    void doesNotTrackTwiceWhenAnAttemptIsRepeated() throws Exception {
        send("softfail@rcpt.test", "me@tracked.example", "'plain_body':'https://shop.example/a x'");
        String once = part(0);
        postal.advance(Duration.ofMinutes(10));

        assertThat(postal.sent().get(0).deliveries()).hasSizeGreaterThan(1);
        assertThat(part(0)).isEqualTo(once);
    }

    @Test
    void knowsNoOtherServersAndNoOtherLinks() {
        assertThat(visit("/nosuch/abc").status()).isEqualTo(404);
        assertThat(visit("/sandbx/abc").status()).isEqualTo(404);
        assertThat(visit("/img/nosuch/abc").status()).isEqualTo(404);
        assertThat(visit("/anything").body()).isEqualTo("Hello.");
    }

    /** Protocol 14. */
    @Test
    void countsAPixelThatIsAskedForAnImage() throws Exception {
        plain("x");

        assertThat(visit("/img/sandbx/" + postal.sent().get(0).token() + "?src=x").status()).isEqualTo(400);
        assertThat(client.call("/api/v1/messages/message", "{'id':1,'_expansions':['activity_entries']}")
                .at("/data/activity_entries/loads").size()).isEqualTo(1);
    }

    @Test
    void usesTheTokenOfTheMailsOwnLinkWhenATestClicks() throws Exception {
        String token = plain("https://shop.example/a x").replaceAll("(?s).*/sandbx/([A-Za-z0-9]{16}).*", "$1");
        try (Receiver webhook = new Receiver()) {
            postal.postEventsTo(webhook.url("/"), "MessageLinkClicked");

            postal.server().click(1, "https://shop.example/a");
            postal.advance(Duration.ZERO);

            JsonNode event = webhook.next().json();
            assertThat(event.at("/payload/token").asText()).isEqualTo(token);
        }
    }

    private RawHttp.Response visit(String path) {
        return RawHttp.send(postal.port(), "GET", path,
                Map.of("Host", "click.tracked.example", "X-Postal-Track-Host", "1", "Connection", "close"), new byte[0]);
    }

    private String plain(String text) throws MessagingException, IOException {
        send("me@tracked.example", "'plain_body':'" + text + "'");
        return part(0);
    }

    private String html(String html) throws MessagingException, IOException {
        send("me@tracked.example", "'html_body':'" + html + "'");
        return part(0);
    }

    private void send(String from, String body) {
        send("a@rcpt.test", from, body);
    }

    private void send(String to, String from, String body) {
        client.call("/api/v1/send/message", "{'to':['" + to + "'],'from':'" + from + "'," + body + "}");
        postal.advance(Duration.ZERO);
    }

    private String part(int index) throws MessagingException, IOException {
        MimeMultipart mixed = (MimeMultipart) postal.sent().get(0).mime().getContent();
        BodyPart text = ((MimeMultipart) mixed.getBodyPart(0).getContent()).getBodyPart(index);
        return new String(text.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
