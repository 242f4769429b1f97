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

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;

import io.github.camelpostal.sandbox.StoredMail;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example in a process of its own, killed twice while people answer. How many requests: {@code -Dapproval.test.requests},
 * 40 if not said.
 */
@Tag("soak")
class KillsTest {

    private static final int REQUESTS = Integer.getInteger("approval.test.requests", 40);

    @TempDir
    Path folder;

    @Test
    void eachRequestHasExactlyOneResultAfterTwoKills() throws Exception {
        try (Office office = new Office(folder)) {
            Process example = start(office);
            try {
                for (int i = 0; i < REQUESTS; i++) {
                    office.request("order-" + i, "person" + i + "@customer.example");
                }
                Set<Long> answered = new HashSet<>();
                for (int kills = 0; kills < 2; kills++) {
                    answerUntil(office, answered, REQUESTS * (kills + 1) / 3);
                    example.destroyForcibly().waitFor();
                    example = start(office);
                }
                Instant end = Instant.now().plus(Duration.ofMinutes(8));
                while (office.results.size() < REQUESTS && Instant.now().isBefore(end)) {
                    answerUntil(office, answered, 0);
                    office.postal.received().where("undelivered", mail -> mail.status().equals("SoftFail"))
                            .forEach(mail -> office.postal.server().retryNow(mail.id()));
                    office.collect(REQUESTS, Duration.ofSeconds(1));
                }
                assertThat(office.results).hasSize(REQUESTS);
                assertThat(office.repeatedResults).isZero();
                assertThat(office.results.values()).isSubsetOf("YES", "NO", "TIMEOUT");
                assertThat(office.results.values()).contains("YES", "NO");
                assertThat(office.postal.sent()).extracting(mail -> mail.subject() + " to " + mail.rcptTo())
                        .as("nobody is asked twice, or told twice that he came late").doesNotHaveDuplicates();
            } finally {
                example.destroyForcibly().waitFor();
            }
        }
    }

    /** Answers what has not been answered, by turns: twice by mail, on the page, or not at all; a scanner opens every link. */
    private static void answerUntil(Office office, Set<Long> answered, int wanted) throws Exception {
        do {
            for (StoredMail question : new ArrayList<>(office.postal.sent().where("question",
                    mail -> mail.subject().startsWith("Please decide")))) {
                if (!answered.contains(question.id()) && answer(office, question)) {
                    answered.add(question.id());
                }
                if (wanted > 0 && answered.size() >= wanted) {
                    return;
                }
            }
            office.collect(Integer.MAX_VALUE, Duration.ofMillis(200));
        } while (answered.size() < wanted);
    }

    private static boolean answer(Office office, StoredMail question) throws Exception {
        int turn = (int) (question.id() % 4);
        try {
            office.open(question, "HEAD", "");
            office.open(question, "GET", "");
            if (turn == 0) {
                return office.open(question, "POST", "&decision=yes").statusCode() == 303;
            }
        } catch (IOException away) { // or killed in the midst of it
            return false;
        }
        if (turn < 3) {
            office.reply(question, turn == 1 ? "yes" : "no");
            office.reply(question, turn == 1 ? "no" : "yes");
        }
        return true;
    }

    private Process start(Office office) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", "-cp", System.getProperty("java.class.path")));
        Properties properties = office.properties("30s");
        properties.put("camel.component.postal.ledger-lease", "5s"); // what waits for a killed process waits so long
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add(ApprovalByMail.class.getName());
        File log = folder.resolve("example.log").toFile();
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }
}
