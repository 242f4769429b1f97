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
package io.github.camelpostal.examples.kafkatomail.scaleout;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.mail.MessagingException;

import io.github.camelpostal.examples.kafkatomail.KafkaToMail;
import io.github.camelpostal.examples.kafkatomail.LocalBroker;
import io.github.camelpostal.examples.kafkatomail.Topic;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import io.github.camelpostal.testing.SharedDatabase;
import io.github.camelpostal.testing.scaleout.LateCommits;
import io.github.camelpostal.testing.scaleout.ScaleOutReport;
import io.github.camelpostal.testing.scaleout.ScaleOutReport.Kind;
import io.github.camelpostal.testing.scaleout.ScaleOutTrial;

/** One run: records in a topic of twelve partitions, processes that share them, and the end of one of these. */
final class Trial {

    /** How many records a process works on at a time, and so how many it can have in its hands when it is killed. */
    private static final int THREADS = 3;
    private static final int PARTITIONS = 12;
    private static final String RECORDS = "orders";
    private static final String GROUP = "kafka-to-mail";
    private static final String OTHERS = "other@elsewhere.example"; // interleaved by the sandbox

    private final LocalBroker broker;
    private final PostalSandbox postal;
    private final LateCommits late;
    private final Group group;

    private Trial(LocalBroker broker, PostalSandbox postal, Group group) {
        this.broker = broker;
        this.postal = postal;
        this.late = new LateCommits(delay -> postal.apiFaults().on("send/raw").next(1).commitAfterDisconnect(delay));
        this.group = group;
    }

    /** @param logs where the processes write theirs */
    static ScaleOutReport run(int records, int processes, Path logs) throws Exception {
        try (SharedDatabase database = new SharedDatabase();
                LocalBroker broker = LocalBroker.start();
                PostalSandbox postal = PostalSandbox.builder().domain("shop.example").start();
                Group group = new Group(broker.bootstrapServers(), GROUP)) {
            Topic.create(broker.bootstrapServers(), PARTITIONS, List.of(RECORDS));
            Topic.create(broker.bootstrapServers(), 1,
                    List.of("news", "orders.dead-letters", "orders.review", "mail-events", "inbound-mails"));
            postal.server().faults().interleaveOtherSenders(1);
            postal.server().faults().copyBackIn(true);
            Trial trial = new Trial(broker, postal, group);
            try (ScaleOutTrial application = new ScaleOutTrial(KafkaToMail.class, postal.url(), trial.late, logs)) {
                return trial.run(records, processes, database, application);
            }
        }
    }

    private ScaleOutReport run(int records, int processes, SharedDatabase ledger, ScaleOutTrial application) throws Exception {
        Map<String, Kind> written = Orders.write(broker.bootstrapServers(), RECORDS, records);
        long start = System.nanoTime();
        // what a trial takes if all is well, several times over
        Duration atMost = Duration.ofMinutes(5).plusMillis(60L * records);
        // for each process a handful of both
        application.start(processes, properties(ledger), Math.max(50, records / processes / 8));
        postal.postEventsTo(application.events(), "MessageSent");
        application.awaitMailsOfFirst(records / 10, atMost);
        int inDoubt = application.killAtResponses(THREADS);
        application.await(group::done, records, atMost);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        late.await();
        return new ScaleOutReport(took, written, rows(), aside("orders.dead-letters"), aside("orders.review"),
                application.mails(), new ScaleOutReport.Troubles(inDoubt, application.lostResponses(), late.count(),
                        (int) postal.sent().stream().filter(mail -> OTHERS.equals(mail.mailFrom())).count(),
                        postal.received().size()));
    }

    /** How many rows Postal has for each key, of whatever recipient: a record has one. */
    private Map<String, Integer> rows() {
        Map<String, Integer> rows = new HashMap<>();
        for (StoredMail mail : postal.sent()) {
            if (!OTHERS.equals(mail.mailFrom())) {
                rows.merge(tag(mail), 1, Integer::sum);
            }
        }
        return rows;
    }

    /** Postal itself reads the tag only when it works on the mail. */
    private static String tag(StoredMail mail) {
        try {
            return mail.tag() == null ? mail.mime().getHeader("X-Postal-Tag", null) : mail.tag();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Integer> aside(String topic) {
        Map<String, Integer> records = new HashMap<>();
        try (Topic reader = new Topic(broker.bootstrapServers(), topic)) {
            reader.all().forEach(entry -> records.merge(entry.header("failure-record"), 1, Integer::sum));
        }
        return records;
    }

    private Map<String, String> properties(SharedDatabase ledger) {
        return Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "camel.component.postal.api-key", postal.apiKey(),
                "kafka-to-mail.pause.first", "50ms",
                "kafka-to-mail.pause.most", "2s",
                "kafka-to-mail.threads", String.valueOf(THREADS),
                "kafka-to-mail.database", ledger.url() + ";USER=sa",
                // its member's id in the group begins with this
                "camel.component.kafka.client-id", "%s",
                // the shortest that a broker allows: how long the partitions of a killed process lie idle
                "camel.component.kafka.session-timeout-ms", "6000",
                "camel.component.kafka.heartbeat-interval-ms", "1000");
    }
}
