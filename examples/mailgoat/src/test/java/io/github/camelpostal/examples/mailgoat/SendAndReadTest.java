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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.PostalSandboxExtension;
import io.github.camelpostal.sandbox.StoredMail;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SendAndReadTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @RegisterExtension
    final PostalSandboxExtension postal = new PostalSandboxExtension();

    @TempDir
    Path home;
    private PostalSandbox sandbox;
    private Session session;

    @BeforeEach
    void configure() {
        sandbox = postal.sandbox();
        session = Session.with(sandbox, home);
    }

    @Test
    void sendsToAllRecipientsAndTellsTheirIds() {
        Session.Result sent = session.types("send", "--to", "\"Doe, Jo\" <jo@customer.example>, ann@customer.example", "--cc",
                "bob@customer.example", "--bcc", "eve@customer.example", "--subject", "Grüße", "--body", "Hallo", "--tag",
                "greeting");

        assertThat(sent.exitCode()).isZero();
        assertThat(sent.out()).contains("Queued by Postal", "jo@customer.example", "id 1", "eve@customer.example", "id 4");
        assertThat(sandbox.sent()).extracting(StoredMail::rcptTo).containsExactly("jo@customer.example", "ann@customer.example",
                "bob@customer.example", "eve@customer.example");
        assertThat(sandbox.sent().get(0)).returns("Grüße", StoredMail::subject).returns("greeting", StoredMail::tag)
                .returns("shop@example.com", StoredMail::mailFrom);
    }

    @Test
    void takesTheBodyFromStandardInput() {
        assertThat(session.piping("Füllstand: 80 %\n").types("send", "--to", "ops@customer.example").exitCode()).isZero();

        assertThat(session.types("read", "1").out()).contains("Füllstand: 80 %");
    }

    @Test
    void refusesStandardInputThatIsNoText() {
        Session.Result ended = session.piping(new byte[]{(byte) 0xff, (byte) 0xfe, 0}).types("send", "--to",
                "ops@customer.example");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("not UTF-8", "--attach");
        assertThat(sandbox.sent()).isEmpty();
    }

    @Test
    void sendsTheBodyAsHtmlOrHtmlBesideText() throws Exception {
        session.types("send", "--to", "a@customer.example", "--html", "--body", "<b>only</b>");
        session.types("send", "--to", "b@customer.example", "--body", "text", "--html=<b>both</b>");
        session.types("send", "--to", "c@customer.example", "--html=<b>alone</b>");

        assertThat(sandbox.sent()).extracting(mail -> new String(mail.raw(), StandardCharsets.UTF_8))
                .satisfiesExactly(raw -> assertThat(raw).contains("<b>only</b>").doesNotContain("text/plain"),
                        raw -> assertThat(raw).contains("<b>both</b>", "text/plain", "text/html"),
                        raw -> assertThat(raw).contains("<b>alone</b>").doesNotContain("text/plain"));
    }

    @Test
    void attachesFilesByteForByte() throws Exception {
        byte[] picture = new byte[300_000];
        new Random(1).nextBytes(picture);
        Path file = Files.write(home.resolve("camel.png"), picture);

        assertThat(session.types("send", "--to", "a@customer.example", "--body", "see", "--attach", file.toString()).exitCode())
                .isZero();

        Part attachment = ((Multipart) mime().getContent()).getBodyPart(1);
        assertThat(attachment.getFileName()).isEqualTo("camel.png");
        assertThat(attachment.getContentType()).startsWith("image/png");
        assertThat(attachment.getInputStream().readAllBytes()).isEqualTo(picture);
    }

    @Test
    void showsAPersonHowALargeAttachmentGetsOn() throws Exception {
        Path file = Files.write(home.resolve("film.bin"), new byte[3 * 1024 * 1024]);

        Session.Result ended = session.atATerminal().types("send", "--to", "a@customer.example", "--body", "see", "--attach",
                file.toString());

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.err()).contains("] 100 %  3 of 3 MiB").doesNotContain("101 %");
        assertThat(ended.out()).contains("Queued by Postal").doesNotContain("%");
    }

    @Test
    void showsAScriptNoProgress() throws Exception {
        Path file = Files.write(home.resolve("film.bin"), new byte[3 * 1024 * 1024]);

        assertThat(session.types("send", "--to", "a@customer.example", "--body", "see", "--attach", file.toString()).err())
                .isEmpty();
    }

    @Test
    void sendsNothingInADryRun() {
        assertThat(session.types("send", "--to", "a@customer.example", "--body", "x", "--dry-run").exitCode()).isZero();

        assertThat(sandbox.sent()).isEmpty();
    }

    @Test
    void tellsAScriptTheSameAsJson() {
        JsonNode sent = session.types("send", "--to", "a@customer.example", "--body", "x", "--json").json();

        assertThat(sent.path("message_id").asText()).isNotEmpty();
        assertThat(sent.at("/messages/a@customer.example/id").asLong()).isEqualTo(1);
    }

    @Test
    void readsAMessageAndWhatBecameOfIt() {
        session.types("send", "--to", "hardfail@customer.example", "--subject", "Reminder", "--body", "Pay, please.");
        sandbox.awaitSentTo("hardfail@customer.example", TIMEOUT);

        assertThat(session.types("read", "1").out()).contains("Subject:     Reminder", "Status:      HardFail", "Pay, please.");
        assertThat(session.types("read", "1", "--full", "--json").json().path("headers").path("subject").get(0).asText())
                .isEqualTo("Reminder");
        assertThat(session.types("deliveries", "1").out()).contains("HardFail", "550 5.1.1");
        assertThat(session.types("deliveries", "1", "--json").json().get(0).path("status").asText()).isEqualTo("HardFail");
    }

    @Test
    void doesNotLetAMailControlTheTerminal() {
        session.types("send", "--to", "a@customer.example", "--body",
                "bell \u0007 colour \u001b[31m title \u001b]0;owned\u0007 csi \u009b1m");

        assertThat(session.types("read", "1").out()).contains("bell", "owned").doesNotContain("\u001b", "\u0007", "\u009b");
    }

    @Test
    void endsWithACodeThatSaysWhatToDo() throws IOException {
        assertThat(session.types("send", "--body", "x").exitCode()).as("nobody to send to").isEqualTo(2);
        assertThat(session.types("read", "one").exitCode()).as("no number").isEqualTo(2);
        assertThat(session.types("read", "999").exitCode()).as("no such message").isEqualTo(4);
        assertThat(
                session.types("send", "--to", "a@customer.example", "--from", "me@elsewhere.example", "--body", "x").exitCode())
                .as("not our domain").isEqualTo(4);
        sandbox.server().suspend();
        assertThat(session.types("read", "1").exitCode()).as("suspended").isEqualTo(5);
        session.with("MAILGOAT_API_KEY", "NotTheKeyOfThatServer000");
        assertThat(session.types("read", "1").exitCode()).as("wrong key").isEqualTo(5);
        session.with("MAILGOAT_SERVER", "http://127.0.0.1:1");
        assertThat(session.types("send", "--to", "a@customer.example", "--body", "x").exitCode()).as("nobody there")
                .isEqualTo(6);
    }

    @Test
    void doesNotSendAgainWhatMayHaveBeenSent() throws Exception {
        try (HangUp server = new HangUp()) {
            session.with("MAILGOAT_SERVER", "http://127.0.0.1:" + server.port());

            Session.Result ended = session.types("send", "--to", "a@customer.example", "--body", "x", "--json");

            assertThat(ended.exitCode()).isEqualTo(7);
            assertThat(ended.json().at("/error/kind").asText()).isEqualTo("uncertain");
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void sendsOnceHoweverOftenItIsRepeatedWithTheSameKey() {
        String[] command = {"send", "--to", "a@customer.example", "--body", "x", "--key", "invoice-4711", "--json"};

        JsonNode first = session.types(command).json();
        Session.Result second = session.types(command);

        assertThat(second.exitCode()).isZero();
        assertThat(second.json()).isEqualTo(first);
        assertThat(sandbox.sent()).hasSize(1);
        assertThat(home.resolve(".mailgoat").resolve("sent-keys.mv.db")).exists();
    }

    @Test
    void refusesAnotherMessageUnderTheSameKey() {
        session.types("send", "--to", "a@customer.example", "--body", "x", "--key", "invoice-4711");

        Session.Result other = session.types("send", "--to", "a@customer.example", "--body", "y", "--key", "invoice-4711");

        assertThat(other.exitCode()).isEqualTo(4);
        assertThat(sandbox.sent()).hasSize(1);
    }

    @Test
    void writesKeysIntoTheFileThatIsNamed() {
        Path ledger = home.resolve("keys").resolve("ledger");

        session.types("send", "--to", "a@customer.example", "--body", "x", "--key", "k", "--ledger", ledger.toString());
        session.types("send", "--to", "a@customer.example", "--body", "x", "--key", "k", "--ledger", ledger.toString());

        assertThat(sandbox.sent()).hasSize(1);
        assertThat(ledger.resolveSibling("ledger.mv.db")).exists();
        assertThat(home.resolve(".mailgoat")).doesNotExist();
    }

    @Test
    void neverShowsTheKey() {
        session.with("MAILGOAT_API_KEY", "NotTheKeyOfThatServer000");
        List<Session.Result> all = List.of(session.types("read", "1"), session.types("read", "1", "--json"),
                session.types("config", "show"), session.types("config", "get", "api_key"),
                session.types("config", "show", "--json"));

        assertThat(all).allSatisfy(ended -> assertThat(ended.out() + ended.err()).doesNotContain("NotTheKeyOfThatServer000"));
    }

    private MimeMessage mime() {
        return sandbox.sent().get(0).mime();
    }
}
