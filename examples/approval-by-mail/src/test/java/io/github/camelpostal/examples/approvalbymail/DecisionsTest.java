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
package io.github.camelpostal.examples.approvalbymail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;

import io.github.camelpostal.sandbox.StoredMail;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first answer decides, whatever it is, and the second one is told so. */
class DecisionsTest {

    private static final String ANN = "ann@customer.example";

    @TempDir
    Path folder;
    private Office office;
    private Main main;

    @BeforeEach
    void start() throws Exception {
        office = new Office(folder);
        startRoutes("1h");
    }

    @AfterEach
    void stop() throws Exception {
        main.stop();
        office.close();
    }

    private void startRoutes(String timeout) {
        main = ApprovalByMail.main(office.properties(timeout));
        main.start();
    }

    @Test
    void aReplyDecidesAndTheSecondOneIsToldThatItCameLate() throws Exception {
        office.request("order-1", ANN);
        StoredMail question = office.question(ANN);

        office.reply(question, "Yes!\r\n\r\nOn Tue, 5 May 2026 at 10:00, approvals@shop.example wrote:\r\n> no");
        office.collect(1, Office.LONG);
        office.reply(question, "No");

        assertThat(office.results).containsEntry("order-1", "YES");
        await().atMost(Office.LONG).until(() -> office.postal.sent().to(ANN).size() == 2);
        StoredMail late = office.postal.sent().to(ANN).get(1);
        assertThat(late.subject()).isEqualTo("Too late: order-1");
        assertThat(new String(late.raw(), StandardCharsets.US_ASCII)).contains("It was decided before: YES");
        assertThat(late.mime().getHeader("Auto-Submitted")).containsExactly("auto-replied");
        assertThat(late.bounce()).as("sent with the null sender").isTrue();
        office.collect(2, Duration.ofMillis(500)); // who came late is told after the result
        assertThat(office.results).hasSize(1);
        assertThat(office.repeatedResults).isZero();
    }

    @Test
    void anOutOfOfficeNoteDecidesNothingWhateverItSays() throws Exception {
        office.request("order-1", ANN);
        StoredMail question = office.question(ANN);

        StoredMail note = office.reply(question, "Yes", "Auto-Submitted: auto-replied");
        await().atMost(Office.LONG).until(() -> office.postal.received().get(0).status().equals("Sent"));
        office.reply(question, "No");
        office.collect(1, Office.LONG);

        assertThat(note.rcptTo()).startsWith("approvals+");
        assertThat(office.results).containsEntry("order-1", "NO");
        assertThat(office.postal.sent().to(ANN)).hasSize(1);
    }

    @Test
    void whoAnswersTwiceTooLateIsToldOnceSoThatTwoProgramsDoNotGoOnForEver() throws Exception {
        office.request("order-1", ANN);
        StoredMail question = office.question(ANN);
        office.reply(question, "Yes");
        office.collect(1, Office.LONG);

        for (int i = 0; i < 3; i++) {
            long reply = office.reply(question, "No").id();
            await().atMost(Office.LONG).until(() -> office.postal.received().stream()
                    .anyMatch(mail -> mail.id() == reply && mail.status().equals("Sent")));
        }

        assertThat(office.postal.sent().to(ANN)).extracting(StoredMail::subject).containsExactly("Please decide: order-1",
                "Too late: order-1");
    }

    @Test
    void theButtonsOfThePageDecideAndItsScannersDoNot() throws Exception {
        office.request("order-1", ANN);
        StoredMail question = office.question(ANN);

        office.open(question, "HEAD", "");
        assertThat(office.open(question, "GET", "").body()).contains("<form method=\"post\"");
        office.open(question, "GET", "&decision=yes");
        assertThat(office.open(question, "GET", "").body()).as("still undecided").contains("<form method=\"post\"");

        assertThat(office.open(question, "POST", "x&decision=yes").statusCode()).as("a forged token").isEqualTo(404);
        HttpResponse<String> first = office.open(question, "POST", "&decision=no");
        office.collect(1, Office.LONG);
        HttpResponse<String> second = office.open(question, "POST", "&decision=yes");
        await().atMost(Office.LONG).untilAsserted(() -> assertThat(office.follow(first)).contains("Thank you").contains("NO"));
        await().atMost(Office.LONG).untilAsserted(() -> assertThat(office.follow(second)).contains("too late").contains("NO"));
        assertThat(office.results).containsExactly(Map.entry("order-1", "NO"));
        assertThat(office.repeatedResults).isZero();
    }

    @Test
    void whatNobodyGetsAndWhatNobodyUnderstandsIsAResultToo() throws Exception {
        office.request("order-1", "hardfail@customer.example");
        office.request("order-2", ANN);
        office.request("an-id-that-is-longer-than-fits-into-an-address", ANN);
        office.request("order-3", "bounced@customer.example"); // taken by its server, which sends a bounce later
        office.reply(office.question(ANN), "Yes, but only on Monday");

        office.collect(4, Office.LONG);

        assertThat(office.results).containsEntry("order-1", "UNDELIVERABLE").containsEntry("order-2", "UNCLEAR")
                .containsEntry("order-3", "UNDELIVERABLE")
                .containsEntry("an-id-that-is-longer-than-fits-into-an-address", "UNDELIVERABLE");
    }

    @Test
    void aDecisionThatAKillKeptFromTheAggregatorIsTakenUpAtTheNextStart() throws Exception {
        office.request("order-1", ANN);
        office.question(ANN);
        main.stop();
        String database = office.properties("1h").getProperty("approval.database");
        try (Connection connection = DriverManager.getConnection(database, "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO decision VALUES ('order-1', 'YES', 'the page', 'pressed')");
        }

        startRoutes("1h");

        office.collect(1, Office.LONG);
        assertThat(office.results).containsEntry("order-1", "YES");
    }

    @Test
    void waitingSurvivesARestartAndEnds() throws Exception {
        office.request("order-1", ANN);
        office.request("order-2", "ben@customer.example");
        StoredMail question = office.question(ANN);
        office.question("ben@customer.example");
        main.stop();
        startRoutes("2s");
        office.request("order-3", "cleo@customer.example");

        office.reply(question, "ok");
        office.collect(2, Office.LONG);

        assertThat(office.results).containsEntry("order-1", "YES").containsEntry("order-3", "TIMEOUT")
                .doesNotContainKey("order-2");
    }
}
