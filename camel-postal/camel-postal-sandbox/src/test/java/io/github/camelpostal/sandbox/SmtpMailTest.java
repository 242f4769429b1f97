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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of mail that comes by SMTP: where it ends up, and what was made of its bytes (protocol 4.1, 7). */
class SmtpMailTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String LOGIN = "AUTH PLAIN "
            + Base64.getEncoder().encodeToString(("\0any\0" + SmtpSandbox.MAIN_KEY).getBytes(StandardCharsets.UTF_8));

    private final Receiver receiver = new Receiver();
    private final PostalSandbox postal = SmtpSandbox.builder()
            .server("main", main -> main.routeTo("sales@acme.example", receiver.url("/mail"))
                    .routeTo("*@any.example", receiver.url("/any")).smtpFrom("192.0.2.0/24")
                    .holdingSmtpKey("HoldingSmtpKey0000000001").postEventsTo(receiver.url("/events"), "MessageBounced"))
            .maxMessageSize(1).smtpTls().start();
    private final SandboxServer main = postal.server("main");
    private SmtpDialogue client;

    SmtpMailTest() {
        connect();
    }

    private void connect() {
        client = new SmtpDialogue(postal.smtpPort());
        client.reply();
        client.ask("EHLO client.test");
    }

    @AfterEach
    void close() {
        client.close();
        postal.close();
        receiver.close();
    }

    @Test
    void mailForARouteIsPostedToItsEndpointWithTheAddressItCameTo() {
        mail("alice@sender.test", List.of("Sales+Summer@acme.example"), "Subject: hello\r\n\r\nbody");

        JsonNode post = Recording.parse(new String(receiver.next().body(), StandardCharsets.UTF_8));
        assertThat(post.path("rcpt_to").asText()).isEqualTo("Sales+Summer@acme.example");
        assertThat(post.path("mail_from").asText()).isEqualTo("alice@sender.test");
        assertThat(post.path("subject").asText()).isEqualTo("hello");
        assertThat(post.path("received_with_ssl").isNull()).isTrue();
    }

    @Test
    void mailThatCameEncryptedSaysSo() {
        assertThat(client.ask("STARTTLS")).startsWith("220");
        client.startTls(postal.smtpCertificate());
        assertThat(client.send("EHLO client.test\r\n").reply()).doesNotContain("250-STARTTLS");

        mail("alice@sender.test", List.of("x@any.example"), "Subject: hello\r\n\r\nbody");

        JsonNode post = Recording.parse(new String(receiver.next().body(), StandardCharsets.UTF_8));
        assertThat(post.path("received_with_ssl").asBoolean()).isTrue();
    }

    @Test
    void putsAReceivedLineBeforeTheMailAndKeepsTheRest() {
        mail("", List.of("accept@acme.example"), "Subject: dots\r\n\r\n..one\r\n.two\nthree\r\n..\r\n\r\n");

        StoredMail mail = main.received().get(0);
        assertThat(mail.mailFrom()).isNull();
        String raw = new String(mail.raw(), StandardCharsets.ISO_8859_1);
        assertThat(raw.substring(raw.indexOf("Received:"))).matches("(?s)Received: from client\\.test "
                + "\\(127\\.0\\.0\\.1 \\[127\\.0\\.0\\.1]\\) by postal\\.example\\.com with SMTP; "
                + "\\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d -0000\r\n"
                + "Subject: dots\r\n\r\n\\.one\r\n\\.two\r\nthree\r\n\\.\r\n\r\n\r\n");
    }

    @Test
    void mailOfSomebodyWhoHasLoggedInIsOutgoingWithItsTag() {
        assertThat(client.ask(LOGIN)).startsWith("235");
        mail("me@acme.example", List.of("bob@rcpt.test", "carol@rcpt.test"),
                "From: me@acme.example\r\nX-Postal-Tag: summer\r\nSubject: hello\r\nMessage-ID: <1@acme.example>\r\n\r\nbody");

        StoredMail bob = main.awaitSentTo("bob@rcpt.test", TIMEOUT);
        StoredMail carol = main.awaitSentTo("carol@rcpt.test", TIMEOUT);
        assertThat(List.of(bob, carol)).extracting(StoredMail::status, StoredMail::tag, StoredMail::messageId)
                .containsOnly(org.assertj.core.groups.Tuple.tuple("Sent", "summer", "1@acme.example"));
        assertThat(carol.id()).isEqualTo(bob.id() + 1);
    }

    @Test
    void mailToAnOwnRouteIsOutgoingTooAndComesBackIn() {
        client.ask(LOGIN);
        mail("me@acme.example", List.of("sales@acme.example"), "From: me@acme.example\r\nSubject: hello\r\n\r\nbody");

        assertThat(main.awaitSentTo("sales@acme.example", TIMEOUT).status()).isEqualTo("Sent");
        assertThat(Recording.parse(new String(receiver.next().body(), StandardCharsets.UTF_8)).path("subject").asText())
                .isEqualTo("hello");
    }

    @Test
    void aBounceToTheReturnPathIsMatchedWithItsMessage() {
        client.ask(LOGIN);
        mail("me@acme.example", List.of("bob@rcpt.test"), "From: me@acme.example\r\nSubject: hello\r\n\r\nbody");
        StoredMail sent = main.awaitSentTo("bob@rcpt.test", TIMEOUT);

        client.close();
        connect();
        mail("", List.of(main.returnPath()),
                "From: mailer@rcpt.test\r\nSubject: bounce\r\n\r\nX-Postal-MsgID: " + sent.token());

        String event = new String(receiver.next().body(), StandardCharsets.UTF_8);
        assertThat(event).contains("MessageBounced", sent.token());
        assertThat(main.message(sent.id()).orElseThrow().status()).isEqualTo("Bounced");
    }

    @Test
    void mailSentWithAHoldingKeyIsHeld() {
        client.ask("AUTH PLAIN " + Base64.getEncoder().encodeToString("\0x\0HoldingSmtpKey0000000001".getBytes()));
        mail("me@acme.example", List.of("bob@rcpt.test"), "From: me@acme.example\r\n\r\nbody");

        assertThat(main.awaitSentTo("bob@rcpt.test", TIMEOUT).status()).isEqualTo("Held");
    }

    @Test
    void mailToARouteTokenIsForItsRouteAndKeepsTheTag() {
        Route sales = main.route(Route.of("accept@acme.example", Route.Mode.ACCEPT));

        mail("a@b.test", List.of(sales.token() + "+x@routes.postal.example.com"), "Subject: hello\r\n\r\nbody");

        assertThat(main.received().get(0).rcptTo()).isEqualTo("accept+x@acme.example");
    }

    @Test
    void aMailThatIsTooLargeIsRefusedWithItsReceivedLineCounted() {
        mail("a@b.test", List.of("accept@acme.example"), "Subject: s\r\n\r\nsmall");
        String stored = new String(main.received().get(0).raw(), StandardCharsets.ISO_8859_1);
        int added = stored.indexOf("Subject:") - stored.indexOf("Received:");
        String mail = "Subject: s\r\n\r\n" + ("x".repeat(1022) + "\r\n").repeat(1023);
        String last = "x".repeat(1024 * 1024 - added - mail.length() - "\r\n".length());

        assertThat(attempt(List.of("accept@acme.example"), mail + last + "x")).startsWith("552");
        assertThat(main.received()).hasSize(1);
        assertThat(attempt(List.of("accept@acme.example"), mail + last)).startsWith("250");
        assertThat(main.received()).hasSize(2);
    }

    @Test
    void fourReceivedLinesOfThisHostAreALoopAndThreeAreNone() {
        String received = "Received: from a\r\n by postal.example.com with SMTP; x\r\n";
        assertThat(attempt(List.of("accept@acme.example"), received.repeat(3) + "\r\nb")).startsWith("250");
        assertThat(attempt(List.of("accept@acme.example"), received.repeat(4) + "\r\nb")).startsWith("550");
    }

    @Test
    void aSubjectThatIsNoUtf8EndsTheConnectionWithoutAReply() {
        client.ask("MAIL FROM:<a@b.test>");
        client.ask("RCPT TO:<accept@acme.example>");
        client.ask("DATA");
        client.send("Subject: Gr\u00fc\u00dfe\r\n\r\nbody\r\n.\r\n"); // sent as Latin-1

        assertThat(client.line()).isNull();
        assertThat(main.received()).isEmpty();
    }

    @Test
    void aRecipientIsRefusedWhileItsMailServerIsSuspended() {
        main.suspend();
        client.ask("MAIL FROM:<a@b.test>");
        assertThat(client.ask("RCPT TO:<accept@acme.example>")).startsWith("535");
        assertThat(client.ask("RCPT TO:<" + main.returnPath() + ">")).startsWith("535");
        client.ask(LOGIN);
        assertThat(client.ask("RCPT TO:<bob@rcpt.test>")).startsWith("535");
        main.unsuspend();
        assertThat(client.ask("RCPT TO:<bob@rcpt.test>")).startsWith("250");
    }

    @Test
    void anAddressWithACredentialNeedsNoKeyAndTheNarrowestRangeCounts() {
        try (PostalSandbox known = PostalSandbox.builder().keyPair(Signatures.PAIR).smtpPort(0).domain("one.example")
                .server(one -> one.smtpFrom("127.0.0.0/8"))
                .server("two", two -> two.domain("two.example").smtpFrom("127.0.0.1")).start();
                SmtpDialogue local = new SmtpDialogue(known.smtpPort())) {
            local.reply();
            local.ask("EHLO c");
            local.ask("MAIL FROM:<me@two.example>");
            assertThat(local.ask("RCPT TO:<bob@rcpt.test>")).startsWith("250");
            local.ask("DATA");
            assertThat(local.ask("From: me@two.example\r\n\r\nbody\r\n.")).startsWith("250");

            assertThat(known.server("two").awaitSentTo("bob@rcpt.test", TIMEOUT).status()).isEqualTo("Sent");
            assertThat(known.sent()).isEmpty();
        }
    }

    @Test
    void privacyModeHidesWhoHasSent() {
        main.settings(now -> now.withPrivacyMode(true));
        client.ask(LOGIN);
        mail("me@acme.example", List.of("bob@rcpt.test"), "From: me@acme.example\r\n\r\nbody");

        assertThat(new String(main.awaitSentTo("bob@rcpt.test", TIMEOUT).raw(), StandardCharsets.UTF_8))
                .contains("Received: by postal.example.com with SMTP; ").doesNotContain("127.0.0.1");
    }

    private void mail(String from, List<String> to, String data) {
        client.ask("MAIL FROM:<" + from + ">");
        to.forEach(rcptTo -> assertThat(client.ask("RCPT TO:<" + rcptTo + ">")).isEqualTo("250 OK"));
        assertThat(client.ask("DATA")).startsWith("354");
        assertThat(client.ask(data + "\r\n.")).isEqualTo("250 OK");
    }

    private String attempt(List<String> to, String data) {
        client.ask("MAIL FROM:<a@b.test>");
        to.forEach(rcptTo -> client.ask("RCPT TO:<" + rcptTo + ">"));
        client.ask("DATA");
        return client.ask(data + "\r\n.");
    }
}
