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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.github.camelpostal.sandbox.internal.smtp.AddressRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Oddities of Postal's SMTP server that no recording shows, from its source (protocol 7). */
class SmtpProtocolTest {
    private final PostalSandbox postal = SmtpSandbox.builder().healthPorts(0, 0).start();
    private final SmtpDialogue client = new SmtpDialogue(postal.smtpPort());

    SmtpProtocolTest() {
        client.reply();
    }

    @AfterEach
    void close() {
        client.close();
        postal.close();
    }

    @Test
    void loggingInNeedsNoGreeting() {
        assertThat(client.ask("auth plain " + base64("\0\0" + SmtpSandbox.MAIN_KEY))).isEqualTo("235 Logged in to acme/main");
        assertThat(client.ask("AUTH LOGIN")).isEqualTo("334 VXNlcm5hbWU6");
        assertThat(client.ask(base64("anybody"))).isEqualTo("334 UGFzc3dvcmQ6");
        assertThat(client.ask(base64(SmtpSandbox.DEVELOPMENT_KEY))).isEqualTo("235 Logged in to acme/dev");
    }

    @Test
    void aKeyIsFoundInAnyLetterCase() {
        assertThat(client.ask("AUTH PLAIN " + base64("\0x\0" + SmtpSandbox.MAIN_KEY.toUpperCase()))).startsWith("235");
    }

    @Test
    void plainNeedsAUserName() {
        assertThat(client.ask("AUTH PLAIN " + base64(SmtpSandbox.MAIN_KEY))).startsWith("535");
        assertThat(client.ask("AUTH PLAIN")).isEqualTo("334");
        assertThat(client.ask("*")).startsWith("535");
        assertThat(client.ask("NOOP")).isEqualTo("250 OK");
    }

    @Test
    void aWrongKeyEndsAnEarlierLogin() {
        client.ask("AUTH PLAIN " + base64("\0x\0" + SmtpSandbox.MAIN_KEY));
        client.ask("AUTH PLAIN " + base64("\0x\0wrong"));
        client.ask("EHLO c");
        client.ask("MAIL FROM:<me@acme.example>");
        assertThat(client.ask("RCPT TO:<bob@rcpt.test>")).startsWith("530");
    }

    @Test
    void anEmptyResponseToAChallengeEndsTheConnection() {
        assertThat(client.ask("AUTH CRAM-MD5")).startsWith("334 ");
        assertThat(client.send("\r\n").line()).isNull();
        assertThat(metric("postal_smtp_server_exceptions_total{error=\"NoMethodError\",type=\"data\"}")).isEqualTo("1.0");
    }

    @Test
    void commandsMayEndInABareLfAndInAnything() {
        assertThat(client.send("EHLO c\n").reply()).hasSize(2);
        assertThat(client.ask("noopnoop")).isEqualTo("250 OK");
        assertThat(client.ask("QUITE")).startsWith("221");
        assertThat(client.line()).isNull();
    }

    @Test
    void aShortOrEmptyCommandIsAnUnknownOne() {
        assertThat(client.ask("X")).startsWith("502");
        assertThat(client.ask("")).startsWith("502");
        assertThat(client.ask("AUTH")).startsWith("502");
        assertThat(client.ask("AUTH XOAUTH2")).startsWith("502");
        assertThat(client.ask("MAIL  FROM:<a@b.test>")).startsWith("502");
        assertThat(client.ask("y".repeat(5000))).startsWith("502");
        assertThat(client.ask("gr\u00fc\u00df")).startsWith("502");
    }

    @Test
    void aSecondSenderReplacesTheFirstUntilThereIsARecipient() {
        client.ask("EHLO c");
        client.ask("MAIL FROM:<one@b.test>");
        assertThat(client.ask("MAIL FROM: two@b.test")).isEqualTo("250 OK");
        assertThat(client.ask("RCPT TO: <accept@acme.example>")).isEqualTo("250 OK");
        assertThat(client.ask("MAIL FROM:<three@b.test>")).startsWith("503");
        client.ask("DATA");
        client.ask("Subject: s\r\n\r\nb\r\n.");
        assertThat(postal.server("main").received()).extracting(StoredMail::mailFrom).containsExactly("two@b.test");
    }

    @Test
    void resettingForgetsRecipientsAndGreets() {
        assertThat(client.ask("RSET")).isEqualTo("250 OK");
        assertThat(client.ask("MAIL FROM:<a@b.test>")).isEqualTo("250 OK");
        client.ask("RCPT TO:<accept@acme.example>");
        client.ask("RSET");
        assertThat(client.ask("DATA")).startsWith("503");
    }

    @Test
    void aRefusedTokenStillLetsDataComeWhichIsStoredNowhere() {
        client.ask("EHLO c");
        client.ask("MAIL FROM:<a@b.test>");
        assertThat(client.ask("RCPT TO:<nosuch@rp.postal.example.com>")).startsWith("550");
        assertThat(client.ask("DATA")).startsWith("354");
        assertThat(client.ask("Subject: s\r\n\r\nb\r\n.")).isEqualTo("250 OK");
        assertThat(postal.server("main").received()).isEmpty();
    }

    @Test
    void countsWhatItDoes() {
        client.ask("EHLO c");
        client.ask("AUTH PLAIN " + base64("\0x\0wrong"));
        client.ask("MAIL FROM:<a@b.test>");
        client.ask("RCPT TO:<accept@acme.example>");
        client.ask("RCPT TO:<reject@acme.example>");
        client.ask("DATA");
        client.ask("Subject: s\r\n\r\nb\r\n.");

        assertThat(metric("postal_smtp_server_connections_total")).isEqualTo("1.0");
        assertThat(metric("postal_smtp_server_tls_connections_total")).isEqualTo("0.0");
        assertThat(metric("postal_smtp_server_commands_total{command=\"EHLO\"}")).isEqualTo("1.0");
        assertThat(metric("postal_smtp_server_commands_total{command=\"AUTH PLAIN\"}")).isEqualTo("1.0");
        assertThat(metric("postal_smtp_server_client_errors{error=\"invalid-credentials\"}")).isEqualTo("1.0");
        assertThat(metric("postal_smtp_server_client_errors{error=\"route-rejection\"}")).isEqualTo("1.0");
        assertThat(metric("postal_smtp_server_messages_total{type=\"incoming\",tls=\"no\"}")).isEqualTo("1.0");
    }

    @Test
    void closingTheSandboxEndsOpenConnections() {
        postal.close();
        assertThat(client.line()).isNull();
    }

    @Test
    void aTakenPortIsToldAndNothingElseStaysOpen() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int web = free.getLocalPort();
            free.close();
            assertThatThrownBy(() -> PostalSandbox.builder().port(web).smtpPort(taken.getLocalPort()).start())
                    .isInstanceOf(UncheckedIOException.class).hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("smtpPort(");
            new ServerSocket(web, 1, InetAddress.getByName("127.0.0.1")).close();
        }
    }

    @Test
    void withoutBeingAskedNothingListens() {
        try (PostalSandbox plain = PostalSandbox.builder().keyPair(Signatures.PAIR).start()) {
            assertThatThrownBy(plain::smtpPort).hasMessageContaining("smtpPort(0)");
            assertThatThrownBy(plain::smtpCertificate).hasMessageContaining("smtpTls()");
            assertThatThrownBy(plain::smtpHealthPort).hasMessageContaining("healthPorts(0, 0)");
        }
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.1, 192.0.2.1, true", "192.0.2.1, 192.0.2.2, false", "192.0.2.0/24, 192.0.2.255, true",
            "192.0.2.0/24, 192.0.3.0, false", "0.0.0.0/0, 203.0.113.9, true", "2001:db8::/32, 2001:db8::1, true",
            "2001:db8::/32, 2001:db9::1, false", "::/0, 192.0.2.1, false"})
    void aRangeHoldsTheAddressesThatShareItsFirstBits(String range, String address, boolean inside) throws IOException {
        assertThat(AddressRange.parse(range).orElseThrow().contains(InetAddress.getByName(address))).isEqualTo(inside);
    }

    @ParameterizedTest
    @CsvSource({"localhost", "192.0.2.0/33", "192.0.2.0/", "''"})
    void whatIsNoAddressFitsNobody(String text) {
        assertThat(AddressRange.parse(text)).isEmpty();
    }

    private String metric(String series) {
        return MetricsText.of(postal.smtpHealthPort()).get(series);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
