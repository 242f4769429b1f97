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
package io.github.camelpostal.internal.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;

import io.github.camelpostal.internal.mime.MailReport;
import io.github.camelpostal.internal.mime.MailReportReader;
import io.github.camelpostal.internal.reason.ReasonClassifier;
import io.github.camelpostal.payload.FailureReason;
import io.github.camelpostal.payload.FailureReason.Category;
import io.github.camelpostal.suppression.RecipientEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bounces and complaints that come by mail: which prove something, and what. */
class ReportedEventsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String BOUNCE = """
            From: MAILER-DAEMON@mx.example.net
            To: abc123@rp.example.com
            Subject: Undelivered
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary=b

            --b
            Content-Type: text/plain

            550 5.1.1 user unknown
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example.net

            Original-Recipient: rfc822;Jane@Example.net
            Final-Recipient: rfc822; jane.doe@internal.example.net
            Action: FAILED
            Status: 5.0.0
            Diagnostic-Code: smtp; 550 5.2.2 <jane.doe@internal.example.net>:
              Mailbox full

            Final-Recipient: rfc822; john@example.net
            Action: delayed
            Status: 4.4.1

            --b
            Content-Type: text/rfc822-headers

            From: support@example.com
            X-Postal-MsgID: AbCdEfGhIjKlMnOp

            --b--
            """.replace("\n", "\r\n");
    private final UnsubscribeTokens tokens = new UnsubscribeServiceTest.PlainTokens();

    @Test
    void aBounceSaysWhyTheMailToItsRecipientFailed() throws IOException {
        assertThat(reason(resource("dsn.eml"), "nobody@EXAMPLE.net"))
                .get().isEqualTo(new FailureReason(Category.UNKNOWN_USER, true, "code-unknown-user"));
        assertThat(reason(BOUNCE, "jane@example.net")).get().extracting(FailureReason::category)
                .isEqualTo(Category.MAILBOX_FULL);
        RecipientEvent event = ReportedEvents.bounce(MailReportReader.read(bytes(BOUNCE)).orElseThrow(), "token",
                "jane@example.net", NOW, ReasonClassifier.standard()).orElseThrow();
        assertThat(event).isEqualTo(
                new RecipientEvent.Failure("jane@example.net", "token", NOW, Category.MAILBOX_FULL, false, true));
    }

    @Test
    void aBounceOfAnotherRecipientProvesNothing() {
        assertThat(reason(BOUNCE, "victim@example.net")).isEmpty();
    }

    @Test
    void aReportThatTheMailIsOnlyLateProvesNothing() {
        assertThat(reason(BOUNCE, "john@example.net")).isEmpty();
    }

    @Test
    void anAutomaticReplyThatQuotesEverythingIsNoBounce() {
        String reply = BOUNCE.replace("multipart/report; report-type=delivery-status", "multipart/mixed")
                .replace("MAILER-DAEMON@mx", "jane@mx");
        assertThat(MailReportReader.read(bytes(reply))).isEmpty();
        assertThat(MailReportReader.read(bytes("Subject: Out of office\r\n\r\nX-Postal-MsgID: AbCdEfGhIjKlMnOp\r\n"
                + "Final-Recipient: rfc822; jane@example.net\r\nAction: failed\r\nStatus: 5.1.1\r\n"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAILER-DAEMON@mx.example.net", "Mailer Daemon <MAILER-DAEMON@mx.example.net>",
            "Postmaster@example.net", "<>"})
    void aServersReportInsideMultipartMixedIsReadAsWell(String from) {
        String bounce = BOUNCE.replace("multipart/report; report-type=delivery-status", "multipart/mixed")
                .replace("MAILER-DAEMON@mx.example.net", from);
        assertThat(reason(bounce, "jane@example.net")).get().extracting(FailureReason::category)
                .isEqualTo(Category.MAILBOX_FULL);
    }

    @Test
    void aFirstStatusPartWithWordsInsteadOfFieldsHidesNothing() {
        String bounce = BOUNCE.replace("Content-Type: text/plain\r\n", "Content-Type: message/delivery-status\r\n");
        assertThat(reason(bounce, "jane@example.net")).get().extracting(FailureReason::category)
                .isEqualTo(Category.MAILBOX_FULL);
    }

    @Test
    void aComplaintNamesItsRecipientByTheTokenInTheQuotedMail() {
        String link = UnsubscribeLink.of("https://example.com/u",
                tokens.seal(new UnsubscribeTokens.Target("jane@example.net", "news")));
        assertThat(complaint(arf("abuse", "List-Unsubscribe: <mailto:u@example.com>,\r\n <" + link + ">\r\n")))
                .contains(new RecipientEvent.Complaint("jane@example.net", "news", NOW));
        assertThat(complaint(arf("abuse", "Message-ID: <ours@example.com>\r\nTo: John <john@example.net>\r\n")))
                .contains(new RecipientEvent.Complaint("john@example.net", null, NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "List-Unsubscribe: <https://example.com/u?t=bm90IG91cnM>\r\n",
            "Message-ID: <theirs@example.com>\r\nTo: john@example.net\r\n",
            "Message-ID: <ours@example.com>\r\n", "Message-ID: <ours@example.com>\r\nTo: victim@example.net\r\n",
            "Message-ID: <ours@example.com>\r\nTo: victim@example.net, john@example.net\r\n",
            "To: victim@example.net\r\nX-Postal-MsgID: AbCdEfGhIjKlMnOp\r\n"})
    void aForgedComplaintSuppressesNobody(String quoted) {
        assertThat(complaint(arf("abuse", quoted))).isEmpty();
    }

    @Test
    void praiseIsNoComplaint() {
        assertThat(complaint(arf("not-spam", "Message-ID: <ours@example.com>\r\n"))).isEmpty();
        assertThat(complaint(arf("auth-failure", "Message-ID: <ours@example.com>\r\n"))).isEmpty();
    }

    @Test
    void aComplaintOfTheUsualFormIsRead() throws IOException {
        MailReport report = MailReportReader.read(bytes(resource("arf.eml"))).orElseThrow();
        assertThat(report).isInstanceOf(MailReport.Feedback.class);
        assertThat(report.originalHeaders()).containsKey("x-postal-msgid");
    }

    @Test
    void noMailWhateverItsBytesMakesTheReaderFail() {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            byte[] mail = bytes(BOUNCE);
            for (int j = 0; j < 1 + random.nextInt(20); j++) {
                mail[random.nextInt(mail.length)] = (byte) random.nextInt(256);
            }
            MailReportReader.read(mail).ifPresent(report -> ReportedEvents.reason(report, "jane@example.net",
                    ReasonClassifier.standard()));
        }
        String nested = "Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n".repeat(5000);
        assertThat(MailReportReader.read(bytes(nested))).isEmpty();
    }

    private Optional<RecipientEvent> complaint(String mail) {
        return ReportedEvents.complaint(MailReportReader.read(bytes(mail)).orElseThrow(), NOW, tokens,
                (id, address) -> id.contains("ours@") && address.equals("john@example.net"));
    }

    private static String arf(String type, String quoted) {
        return "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=feedback-report; boundary=a\r\n\r\n"
                + "--a\r\nContent-Type: text/plain\r\n\r\nA complaint.\r\n--a\r\nContent-Type: message/feedback-report\r\n\r\n"
                + "Feedback-Type: " + type + "\r\nVersion: 1\r\n\r\n--a\r\nContent-Type: message/rfc822\r\n\r\n" + quoted
                + "Subject: Buy\r\n\r\nBuy!\r\n--a--\r\n";
    }

    private static Optional<FailureReason> reason(String mail, String recipient) {
        return ReportedEvents.reason(MailReportReader.read(bytes(mail)).orElseThrow(), recipient,
                ReasonClassifier.standard());
    }

    private static byte[] bytes(String mail) {
        return mail.getBytes(StandardCharsets.UTF_8);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ReportedEventsTest.class.getResourceAsStream("/recipients/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
