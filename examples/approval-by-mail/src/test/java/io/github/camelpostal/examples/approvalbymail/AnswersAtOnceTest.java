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

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.camelpostal.sandbox.StoredMail;
import org.apache.camel.main.Main;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two answers in the same millisecond: one decides, the other one is told that it came late, and nothing goes wrong. */
@Timeout(300)
class AnswersAtOnceTest {

    private static final int REQUESTS = 30;

    @TempDir
    Path folder;
    private final ExecutorService people = Executors.newFixedThreadPool(2);
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final AbstractAppender log = new AbstractAppender("errors", null, null, true, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
            errors.add(event.getLoggerName() + ": " + event.getMessage().getFormattedMessage());
        }
    };
    private Office office;
    private Main main;

    @BeforeEach
    void start() throws Exception {
        log.start();
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        context.getConfiguration().getRootLogger().addAppender(log, Level.ERROR, null);
        context.updateLoggers();
        office = new Office(folder);
        main = ApprovalByMail.main(office.properties("1h"));
        main.start();
    }

    @AfterEach
    void stop() throws Exception {
        people.shutdownNow();
        main.stop();
        office.close();
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        context.getConfiguration().getRootLogger().removeAppender("errors");
        context.updateLoggers();
    }

    @Test
    void oneOfTwoButtonsDecidesAndTheOtherIsTooLate() throws Exception {
        for (int i = 0; i < REQUESTS; i++) {
            StoredMail question = ask(i);
            List<String> pages = atOnce(() -> office.follow(office.open(question, "POST", "&decision=yes")),
                    () -> office.follow(office.open(question, "POST", "&decision=no")));

            assertThat(pages).filteredOn(page -> page.contains("Thank you")).hasSize(1);
            assertThat(pages).filteredOn(page -> page.contains("too late")).hasSize(1);
        }
        eachHasOneResult();
    }

    @Test
    void oneOfTwoRepliesDecidesAndTheOtherIsToldSoByMail() throws Exception {
        for (int i = 0; i < REQUESTS; i++) {
            StoredMail question = ask(i);
            atOnce(() -> office.reply(question, "Yes"), () -> office.reply(question, "No"));
        }
        eachHasOneResult();
        await().atMost(Office.LONG).untilAsserted(() -> assertThat(office.postal.sent())
                .filteredOn(mail -> mail.subject().startsWith("Too late")).extracting(StoredMail::rcptTo)
                .hasSize(REQUESTS).doesNotHaveDuplicates());
        assertThat(errors).isEmpty();
    }

    private StoredMail ask(int number) throws Exception {
        office.request("order-" + number, "person" + number + "@customer.example");
        return office.question("person" + number + "@customer.example");
    }

    private void eachHasOneResult() throws Exception {
        office.collect(REQUESTS, Office.LONG);
        assertThat(office.results).hasSize(REQUESTS);
        assertThat(office.results.values()).isSubsetOf("YES", "NO");
        assertThat(office.repeatedResults).isZero();
        assertThat(errors).isEmpty();
    }

    private <T> List<T> atOnce(Callable<T> one, Callable<T> other) throws Exception {
        CyclicBarrier moment = new CyclicBarrier(2);
        List<Future<T>> answers = List.of(one, other).stream().map(answer -> people.submit(() -> {
            moment.await();
            return answer.call();
        })).toList();
        return List.of(answers.get(0).get(), answers.get(1).get());
    }
}
