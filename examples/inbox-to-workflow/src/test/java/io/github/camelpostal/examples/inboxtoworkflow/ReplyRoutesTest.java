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
package io.github.camelpostal.examples.inboxtoworkflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.Statement;

import jakarta.mail.internet.MimeMessage;

import com.sun.net.httpserver.HttpServer;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A person gets one reply a day; machines, lists and bounces get none. */
class ReplyRoutesTest extends InboxTestSupport {

    @Test
    void aReplyStaysInTheThreadAndIsMarkedAsAutomatic() throws Exception {
        StoredMail mail = arrive(SUPPORT, mail("""
                In-Reply-To: <older@customer.example>
                References: <oldest@customer.example> <older@customer.example>
                """));

        StoredMail reply = postal.awaitSentTo(ANN, TIMEOUT);
        MimeMessage mime = reply.mime();
        assertThat(mime.getHeader("In-Reply-To", null)).isEqualTo("<" + mail.messageId() + ">");
        assertThat(mime.getHeader("References", null).split("\\s+")).containsExactly("<oldest@customer.example>",
                "<older@customer.example>", "<" + mail.messageId() + ">");
        assertThat(mime.getHeader("Auto-Submitted", null)).isEqualTo("auto-replied");
        assertThat(mime.getFrom()[0]).hasToString(SUPPORT);
        assertThat(mime.getSubject()).isEqualTo("Re: Help, bitte größer");
        assertThat(reply.bounce()).as("sent with the null sender").isTrue();
        assertThat(reply.tag()).isEqualTo("reply");
        eventually().untilAsserted(() -> assertThat(inbox.row("select * from reply")).containsEntry("state", "sent"));
    }

    @Test
    void noBounceOfAReplyComesBack() {
        receive("bounced@customer.example", SUPPORT, mail("Reply-To: bounced@customer.example\n"));

        postal.awaitSentTo("bounced@customer.example", TIMEOUT);
        eventually().untilAsserted(() -> assertThat(inbox.row("select * from reply")).containsEntry("state", "sent"));
        assertThat(postal.received()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Auto-Submitted: auto-replied", "Auto-Submitted: Auto-Generated (vacation)",
            "Reply-To: support+17@shop.example", "Reply-To: Orders@SHOP.example", "Reply-To: no-reply@customer.example",
            "Reply-To: MAILER-DAEMON@customer.example", "Reply-To: camels-request@lists.example",
            // these are known in the format RawMessage only
            "Precedence: bulk", "Precedence: List", "List-Id: <camels.lists.example>",
            "List-Unsubscribe: <mailto:leave@lists.example>", "X-Auto-Response-Suppress: OOF, AutoReply",
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b"})
    void neverRepliesAMachineAListOrItself(String header) throws Exception {
        arrive(SUPPORT, mail(header + "\n"));

        isSilent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Auto-Submitted: auto-replied", "Reply-To: support@shop.example", "Reply-To: noreply@x.example"})
    void neverRepliesAMachineOrItselfInTheFormatHashEither(String header) {
        postInFormatHash();
        arrive(SUPPORT, mail(header + "\n"));

        isSilent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner-camels@lists.example", "camels-bounces@lists.example", "mailer-daemon@mx.example"})
    void neverRepliesWhatCameFromAProgramsAddress(String mailFrom) {
        receive(mailFrom, SUPPORT, mail(""));

        isSilent();
    }

    @Test
    void neverRepliesTheNullSender() {
        receive(null, SUPPORT, mail(""));

        isSilent();
    }

    @Test
    void neverRepliesMailToNobodyInParticular() {
        arrive("jobs@shop.example", mail(""));

        isSilent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Auto-Submitted: no", "Precedence: first-class", "X-Auto-Response-Suppress: None"})
    void repliesAPersonWhoSaysSo(String header) throws Exception {
        arrive(SUPPORT, mail(header + "\n"));

        postal.awaitSentTo(ANN, TIMEOUT);
    }

    @Test
    void nobodyGetsTwoRepliesOnOneDayAndTheNextDayIsAnother() throws Exception {
        arrive(SUPPORT, mail(""));
        arrive(ORDERS, mail("Reply-To: Ann+tag@Customer.Example\n")); // Ann, too

        eventually().untilAsserted(() -> assertThat(states()).isEqualTo("none 1, sent 1"));
        assertThat(inbox.row("select reason from reply where state = 'none'"))
                .containsEntry("reason", ReplyRules.REPLIED_TODAY);

        inbox.database()
                .sql("update camel_messageprocessed set messageid = regexp_replace(messageid, '/2[-0-9]+/', '/2001-01-01/')"
                        + " where processorname = 'replies'")
                .update(); // as if that had been another day
        arrive(SUPPORT, mail(""));

        eventually().untilAsserted(() -> assertThat(states()).isEqualTo("none 1, sent 2"));
        assertThat(postal.sent()).hasSize(2);
    }

    @Test
    void whenTwoNodesWantToSendTheDaysReplyOneDoes() throws Exception {
        arrive(SUPPORT, mail(""));
        eventually().untilAsserted(() -> assertThat(states()).isEqualTo("sent 1"));
        String count = "camel_messageprocessed where processorname = 'replies'";
        String taken = (String) inbox.row("select messageid from " + count).get("messageid");
        inbox.database().sql("delete from " + count).update();
        try (Connection other = inbox.connection(); Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("insert into camel_messageprocessed values ('replies', '" + taken + "', current_timestamp)");

            arrive(SUPPORT, mail(""));
            eventually().until(() -> inbox
                    .count("""
                    information_schema.sessions where executing_statement like 'INSERT INTO CAMEL_MESSAGEPROCESSED (%'""") == 1);
            other.commit();
        }

        eventually().untilAsserted(() -> assertThat(states()).isEqualTo("none 1, sent 1"));
        assertThat(postal.sent()).hasSize(1);
    }

    @Test
    void aReplyThatPostalDidNotTakeHasNotUsedUpTheDay() throws Exception {
        restart(inbox().with("camel.component.postal.api-key", "revoked"));
        arrive(SUPPORT, mail(""));
        eventually().untilAsserted(() -> assertThat(inbox.row("select * from reply")).containsEntry("attempts", 1));

        assertThat(inbox.count("camel_messageprocessed where processorname = 'replies'")).isZero();
    }

    @Test
    void whilePostalIsAwayRepliesWaitAndMailIsTakenAllTheSame() throws Exception {
        restart(inbox().with("camel.component.postal.server-url", unreachable())
                .with("camel.component.postal.public-key", postal.publicKeyBase64()));
        arrive(SUPPORT, mail(""));
        eventually().untilAsserted(() -> assertThat(inbox.row("select * from reply")).containsEntry("state", "queued")
                .containsEntry("attempts", 1));

        restart(inbox());
        inbox.database().sql("update reply set not_before = current_timestamp").update();

        postal.awaitSentTo(ANN, TIMEOUT);
        eventually().untilAsserted(() -> assertThat(states()).isEqualTo("sent 1"));
        assertThat(postal.sent()).hasSize(1);
    }

    @Test
    void aWrongKeyKeepsRepliesInTheOutbox() throws Exception {
        restart(inbox().with("camel.component.postal.api-key", "revoked"));

        arrive(SUPPORT, mail(""));

        eventually().untilAsserted(() -> assertThat(inbox.row("select * from reply")).containsEntry("attempts", 1));
        assertThat(states()).isEqualTo("queued 1");
    }

    @Test
    void aReplyThatPostalRefusesForGoodIsNoted() throws Exception {
        try (PostalSandbox other = PostalSandbox.builder().domain("another.example").start()) {
            restart(inbox().with("camel.component.postal.server-url", other.url())
                    .with("camel.component.postal.public-key", postal.publicKeyBase64()));

            arrive(SUPPORT, mail(""));

            eventually().untilAsserted(() -> assertThat(states()).isEqualTo("refused 1"));
            assertThat(inbox.row("select reason from reply").get("reason").toString()).contains("UnauthenticatedFromAddress");
        }
    }

    @Test
    void aReplyOfWhichNobodyKnowsWhetherItWentOutIsNotSentAgain() throws Exception {
        HttpServer broken = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        broken.createContext("/", exchange -> {
            exchange.sendResponseHeaders(502, -1);
            exchange.close();
        });
        broken.start();
        try {
            restart(inbox().with("camel.component.postal.server-url", "http://127.0.0.1:" + broken.getAddress().getPort())
                    .with("camel.component.postal.public-key", postal.publicKeyBase64()));

            arrive(SUPPORT, mail(""));

            eventually().untilAsserted(() -> assertThat(states()).isEqualTo("uncertain 1"));
        } finally {
            broken.stop(0);
        }
    }

    @Test
    void aReplyOutsideOfConversationsThatIsSentAgainHasTheSameMessageId() throws Exception {
        arrive(ORDERS, mail(""));
        eventually().untilAsserted(() -> assertThat(states()).isEqualTo("sent 1"));

        // as after a crash before the commit, which takes both with it
        inbox.database().sql("delete from camel_messageprocessed where processorname = 'replies'").update();
        inbox.database().sql("update reply set state = 'queued'").update();

        eventually().untilAsserted(() -> assertThat(postal.sent()).hasSize(2));
        assertThat(postal.sent().get(0).messageId()).isEqualTo(postal.sent().get(1).messageId()).startsWith("reply-");
    }

    private void isSilent() {
        eventually().untilAsserted(() -> assertThat(states()).isEqualTo("none 1"));
        assertThat(inbox.row("select reason from reply").get("reason").toString()).isNotBlank();
        assertThat(inbox.count("mail")).isEqualTo(1);
        assertThat(inbox.count("camel_messageprocessed where processorname = 'replies'")).isZero();
        assertThat(postal.sent()).isEmpty();
    }

    private String states() {
        return inbox.rows("select state || ' ' || count(*) as text from reply group by state order by state").stream()
                .map(row -> row.get("text").toString()).reduce((one, two) -> one + ", " + two).orElse("");
    }
}
