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

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import io.github.camelpostal.sandbox.StoredMail;
import io.github.camelpostal.sandbox.WebhookRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mail is one row with what follows from it, whatever happens on the way. */
class InboxRoutesTest extends InboxTestSupport {

    @ParameterizedTest
    @CsvSource({"orders@shop.example,orders", "Orders+2026@shop.example,orders", "support@shop.example,support",
            "SUPPORT+x@Shop.Example,support", "jobs@shop.example,other", "orders.support@shop.example,other"})
    void theAddressOfTheRecipientDecidesWhatBecomesOfAMail(String rcptTo, String expected) {
        StoredMail mail = arrive(rcptTo, mail(""));

        assertThat(inbox.row("select * from mail")).containsEntry("inbox", expected).containsEntry("rcpt_to", rcptTo)
                .containsEntry("postal_id", mail.id()).containsEntry("mail_from", ANN)
                .containsEntry("from_field", "Ann <ann@customer.example>").containsEntry("subject", "Help, bitte größer");
    }

    @Test
    void aDuplicateAfterARestartIsOneRowOneFileSetAndOneReply() throws Exception {
        WebhookRequest post = postOf(arrive(ORDERS, order()));
        postal.awaitSentTo(ANN, TIMEOUT);

        restart(inbox());

        assertThat(repeat(post)).isEqualTo(200);
        isOneOrder();
    }

    @Test
    void aDuplicateAfterACrashBeforeTheKeyWasStoredChangesNothing() throws Exception {
        WebhookRequest post = postOf(arrive(ORDERS, order()));
        postal.awaitSentTo(ANN, TIMEOUT);
        inbox.close();
        inbox = inbox();
        inbox.database().sql("delete from camel_messageprocessed").update();
        running(inbox.start());

        assertThat(repeat(post)).isEqualTo(200);
        isOneOrder();
    }

    @Test
    void whatFailsBetweenTheEffectsLeavesNoneBehindAndTheRetryMakesThemAll() throws Exception {
        inbox.database().sql("alter table reply rename to away").update(); // the last effect cannot be written
        WebhookRequest refused = postOf(receive(ANN, ORDERS, order()));

        assertThat(refused.status()).isEqualTo(503);
        assertThat(inbox.count("mail")).isZero();
        assertThat(inbox.count("attachment")).isZero();
        assertThat(inbox.count("order_line")).isZero();
        assertThat(inbox.count("order_book")).isZero();

        inbox.database().sql("alter table away rename to reply").update();
        assertThat(repeat(refused)).isEqualTo(200);
        isOneOrder();
    }

    @Test
    void whoComesTooLateForTheRowOfAMailFindsTheOneOfTheOtherNode() throws Exception {
        WebhookRequest post = postOf(arrive(SUPPORT, mail("")));
        eventually().untilAsserted(() -> assertThat(inbox.row("select * from reply")).containsEntry("state", "sent"));
        for (String sql : List.of("create table other as select * from mail", "delete from reply", "delete from ticket",
                "delete from mail", "delete from camel_messageprocessed")) {
            inbox.database().sql(sql).update();
        }
        try (Connection other = inbox.connection(); Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("insert into mail select * from other");

            CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> repeat(post));
            eventually().until(() -> inbox.count("""
                    information_schema.sessions where executing_statement like 'insert into mail (%'""") == 1);
            other.commit();

            assertThat(status.get()).isEqualTo(200);
        }
        assertThat(inbox.count("mail")).isEqualTo(1);
        assertThat(inbox.count("reply")).as("what the other node does").isZero();
    }

    @Test
    void whenAFileCannotBeWrittenTheMailIsNotTaken() throws Exception {
        Files.writeString(folder.resolve("attachments"), "a file where the folder should be");

        WebhookRequest refused = postOf(receive(ANN, ORDERS, order()));

        assertThat(refused.status()).isEqualTo(503);
        assertThat(inbox.count("mail")).isZero();

        Files.delete(folder.resolve("attachments"));
        assertThat(repeat(refused)).isEqualTo(200);
        isOneOrder();
    }

    @Test
    void attachmentsStayInTheirFolderUnderHarmlessNamesWhateverTheSenderWrote() throws Exception {
        arrive(SUPPORT, attached("../../../evil.sh", "/etc/passwd", "..\\\\..\\\\boot.ini", "a\\\"b.txt", "${env:HOME}.txt",
                "same.txt", "SAME.txt", ".hidden", "con.txt"));

        String reference = inbox.row("select reference from mail").get("reference") + "/";
        assertThat(inbox.files()).allSatisfy(name -> assertThat(name).startsWith("attachments/" + reference)
                .doesNotContain("..", "\\", ":", "\"")).hasSize(9);
        assertThat(inbox.rows("select * from attachment order by number")).extracting(row -> row.get("filename"))
                .startsWith("../../../evil.sh", "/etc/passwd");
        assertThat(inbox.rows("select * from attachment")).allSatisfy(row -> assertThat(folder.resolve("attachments")
                .resolve((String) row.get("saved_as"))).hasBinaryContent(new byte[]{0, 1, 2, (byte) 0xff}));
    }

    @Test
    void aBigAttachmentIsTheSameOnDisk() throws Exception {
        byte[] content = new byte[5_000_000];
        new Random(7).nextBytes(content);
        ByteArrayOutputStream mail = new ByteArrayOutputStream();
        mail.write(attachedHead().getBytes(StandardCharsets.UTF_8));
        mail.write(part("big.bin").getBytes(StandardCharsets.UTF_8));
        mail.write(Base64.getMimeEncoder().encode(content));
        mail.write("\n--b--\n".getBytes(StandardCharsets.UTF_8));

        StoredMail stored = postal.receive(ANN, SUPPORT, mail.toByteArray());

        assertThat(postOf(stored).status()).isEqualTo(200);
        assertThat(inbox.row("select * from attachment")).containsEntry("bytes", (long) content.length);
        assertThat(folder.resolve(inbox.files().get(0))).hasBinaryContent(content);
        assertThat(inbox.files()).hasSize(1);
    }

    @Test
    void theFormatHashIsFiledToo() throws Exception {
        postInFormatHash();

        arrive(ORDERS, order());

        isOneOrder();
    }

    @Test
    void aMailMayBeLongAndFullOfWhatDatabasesDoNotLike() throws Exception {
        String text = "x".repeat(2_000_000) + "\0";
        String headers = "Subject: " + "s".repeat(100_000) + "\n";

        arrive(SUPPORT, headers + mail("").replaceFirst("Subject:.*\n", "").replace("Help!", text));

        assertThat(inbox.row("select char_length(plain_body) as length, char_length(subject) as subject from mail"))
                .containsEntry("subject", 100_000L).extractingByKey("length").asString().startsWith("200000");
    }

    private void isOneOrder() throws Exception {
        eventually().untilAsserted(() -> assertThat(inbox.count("order_book")).isEqualTo(1));
        eventually().untilAsserted(() -> assertThat(inbox.row("select * from reply")).containsEntry("state", "sent"));
        assertThat(inbox.count("mail")).isEqualTo(1);
        assertThat(inbox.count("attachment")).isEqualTo(1);
        assertThat(inbox.count("order_line")).isZero();
        assertThat(inbox.files()).hasSize(1);
        assertThat(postal.sent()).hasSize(1);
    }

    private static String order() {
        return """
                From: Ann <ann@customer.example>
                To: orders@shop.example
                Subject: order
                Message-ID: <order@customer.example>
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/csv; name="order.csv"
                Content-Disposition: attachment; filename="order.csv"

                CAMEL,1,
                --b--
                """;
    }

    private static String attached(String... names) {
        StringBuilder mail = new StringBuilder(attachedHead());
        for (String name : names) {
            mail.append(part(name)).append("AAEC/w==\n");
        }
        return mail.append("--b--\n").toString();
    }

    private static String attachedHead() {
        return """
                From: Ann <ann@customer.example>
                To: support@shop.example
                Subject: files
                Message-ID: <files@customer.example>
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/plain

                See the files.
                """;
    }

    private static String part(String name) {
        return """
                --b
                Content-Type: application/octet-stream; name="%s"
                Content-Disposition: attachment; filename="%s"
                Content-Transfer-Encoding: base64

                """.formatted(name, name);
    }
}
