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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application that sends with Jakarta Mail, which nobody here has written, cannot tell the sandbox from Postal. */
class JakartaMailTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Receiver receiver = new Receiver();
    private final PostalSandbox postal = SmtpSandbox.builder()
            .server("main", main -> main.routeTo("sales@acme.example", receiver.url("/mail"))).smtpTls().start();
    private final Properties properties = new Properties();

    JakartaMailTest() {
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", Integer.toString(postal.smtpPort()));
        properties.put("mail.smtp.localhost", "client.test");
    }

    @AfterEach
    void close() {
        postal.close();
        receiver.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "LOGIN"})
    void logsInAndSends(String mechanism) throws MessagingException {
        properties.put("mail.smtp.auth.mechanisms", mechanism);

        send("anybody", SmtpSandbox.MAIN_KEY, mail("me@acme.example", "bob@rcpt.test"));

        assertSent();
    }

    @Test
    void logsInWithCramMd5() throws MessagingException {
        properties.put("mail.smtp.sasl.enable", "true");
        properties.put("mail.smtp.sasl.mechanisms", "CRAM-MD5");

        send("acme/main", SmtpSandbox.MAIN_KEY, mail("me@acme.example", "bob@rcpt.test"));

        assertSent();
    }

    @Test
    void sendsEncryptedToACertificateThatItTrusts() throws MessagingException {
        properties.put("mail.smtp.starttls.required", "true");
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.ssl.socketFactory",
                SmtpDialogue.trusting(postal.smtpCertificate()).getSocketFactory());

        send("anybody", SmtpSandbox.MAIN_KEY, mail("me@acme.example", "bob@rcpt.test"));

        assertSent();
    }

    @Test
    void isToldThatTheKeyIsWrong() {
        for (String key : new String[]{"wrong", SmtpSandbox.MAIN_API_KEY}) {
            assertThatThrownBy(() -> send("acme/main", key, mail("me@acme.example", "bob@rcpt.test")))
                    .isInstanceOf(AuthenticationFailedException.class).hasMessageContaining("535");
        }
    }

    @Test
    void isToldAfterTheDataThatItMayNotSendFromThere() {
        assertThatThrownBy(() -> send("x", SmtpSandbox.MAIN_KEY, mail("me@elsewhere.example", "bob@rcpt.test")))
                .isInstanceOfSatisfying(SMTPSendFailedException.class, refused -> {
                    assertThat(refused.getReturnCode()).isEqualTo(530);
                    assertThat(refused.getCommand()).isEqualTo(".");
                });
    }

    @Test
    void writesToARouteWithoutLoggingIn() throws MessagingException {
        Transport.send(mail("zoe@customer.example", "sales@acme.example"));

        assertThat(new String(receiver.next().body(), StandardCharsets.UTF_8)).contains("\"subject\":\"Gr\u00fc\u00dfe\"");
    }

    private void assertSent() {
        StoredMail sent = postal.server("main").awaitSentTo("bob@rcpt.test", TIMEOUT);
        assertThat(sent.status()).isEqualTo("Sent");
        assertThat(sent.subject()).isEqualTo("Gr\u00fc\u00dfe");
        assertThat(attachment(sent)).isEqualTo(".starts with a dot\r\n");
    }

    private static String attachment(StoredMail mail) {
        try {
            MimeMultipart parts = (MimeMultipart) mail.mime().getContent();
            return new String(parts.getBodyPart(1).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException | MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void send(String user, String key, MimeMessage mail) throws MessagingException {
        Transport.send(mail, user, key);
    }

    private MimeMessage mail(String from, String to) throws MessagingException {
        MimeMessage mail = new MimeMessage(Session.getInstance(properties));
        mail.setFrom(new InternetAddress(from));
        mail.setRecipient(RecipientType.TO, new InternetAddress(to));
        mail.setSubject("Gr\u00fc\u00dfe", "UTF-8");
        MimeBodyPart text = new MimeBodyPart();
        text.setText("body", "UTF-8");
        MimeBodyPart attachment = new MimeBodyPart();
        attachment.setText(".starts with a dot\r\n", "UTF-8");
        attachment.setFileName("dot.txt");
        mail.setContent(new MimeMultipart(text, attachment));
        return mail;
    }
}
