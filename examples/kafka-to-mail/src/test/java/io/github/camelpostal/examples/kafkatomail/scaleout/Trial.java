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

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import jakarta.mail.MessagingException;

import io.github.camelpostal.examples.kafkatomail.LocalBroker;
import io.github.camelpostal.examples.kafkatomail.Topic;
import io.github.camelpostal.examples.kafkatomail.scaleout.Orders.Kind;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import org.h2.tools.Server;

/** One run: records in a topic of twelve partitions, processes that share them, and the end of one of these. */
final class Trial {

    private static final int PARTITIONS = 12;
    private static final String RECORDS = "orders";
    private static final String GROUP = "kafka-to-mail";
    private static final String OTHERS = "other@elsewhere.example"; // interleaved by the sandbox

    private final LocalBroker broker;
    private final PostalSandbox postal;
    private final LateCommits late;
    private final Group group;
    private final String ledger;
    private final List<Worker> workers = new ArrayList<>();

    private Trial(LocalBroker broker, PostalSandbox postal, Group group, String ledger) {
        this.broker = broker;
        this.postal = postal;
        this.late = new LateCommits(postal);
        this.group = group;
        this.ledger = ledger;
    }

    /** @param logs where the processes write theirs */
    static TrialReport run(int records, int processes, Path logs) throws IOException, ExecutionException, InterruptedException {
        Server database = database();
        try (LocalBroker broker = LocalBroker.start();
                PostalSandbox postal = PostalSandbox.builder().domain("shop.example").start();
                Group group = new Group(broker.bootstrapServers(), GROUP)) {
            Topic.create(broker, PARTITIONS, RECORDS);
            Topic.create(broker, 1, "news", "orders.dead-letters", "orders.review", "mail-events", "inbound-mails");
            postal.server().faults().interleaveOtherSenders(1);
            postal.server().faults().copyBackIn(true);
            Trial trial = new Trial(broker, postal, group, "jdbc:h2:tcp://127.0.0.1:" + database.getPort()
                    + "/mem:ledger;DB_CLOSE_DELAY=-1;USER=sa");
            try {
                return trial.run(records, processes, Orders.write(broker.bootstrapServers(), RECORDS, records), logs);
            } finally {
                trial.workers.forEach(Worker::close);
            }
        } finally {
            database.stop();
        }
    }

    private static Server database() {
        try {
            return Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private TrialReport run(int records, int processes, Map<String, Kind> written, Path logs)
            throws IOException, ExecutionException, InterruptedException {
        long start = System.nanoTime();
        long end = start + timeout(records).toNanos();
        // for each process a handful of both
        int often = Math.max(50, records / processes / 8);
        for (int i = 1; i <= processes; i++) {
            LossyProxy proxy = new LossyProxy(postal.url(), "127.0.0." + (10 + i),
                    i == 1 ? 0 : workers.get(0).proxy().port(), mail -> {
                        if (mail % often == often / 2) {
                            late.next();
                        }
                        return mail % often == 0;
                    });
            workers.add(Worker.start("process-" + i + "-of-" + processes, properties(), proxy, logs));
        }
        // one that lives on; what is posted before it is up, or lost, is found by reading
        postal.postEventsTo(workers.get(processes - 1).events(), "MessageSent");
        awaitDone(records / 2, end);
        int inDoubt = killAtResponses(workers.get(0));
        awaitDone(records, end);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        late.await();
        Map<String, Integer> perProcess = new LinkedHashMap<>();
        workers.forEach(worker -> perProcess.put(worker.name(), worker.proxy().mails()));
        return new TrialReport(took, written, rows(), aside("orders.dead-letters"), aside("orders.review"), perProcess,
                new TrialReport.Troubles(inDoubt, workers.stream().mapToInt(worker -> worker.proxy().lost()).sum(),
                        late.count(), (int) postal.sent().stream().filter(mail -> OTHERS.equals(mail.mailFrom())).count(),
                        postal.received().size()));
    }

    /** What a trial takes if all is well, several times over. */
    private static Duration timeout(int records) {
        return Duration.ofMinutes(5).plusMillis(60L * records);
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

    /**
     * In the moment in which Postal has responded to all that the process has in its hands, and the process does not know it yet:
     * of all moments the worst.
     *
     * @return how many mails that were
     */
    private static int killAtResponses(Worker victim) throws InterruptedException, ExecutionException {
        CompletableFuture<Integer> killed = victim.proxy().onResponses(Worker.THREADS, victim::kill);
        try {
            int inDoubt = killed.get(120, TimeUnit.SECONDS);
            victim.awaitEnd();
            return inDoubt;
        } catch (TimeoutException e) {
            throw new IllegalStateException(victim.name() + " has nothing to do, so it cannot be killed at work", e);
        }
    }

    private void awaitDone(long records, long end) throws InterruptedException, ExecutionException {
        while (group.done() < records) {
            // the last one is not the one that is killed
            if (workers.get(workers.size() - 1).hasEnded(Duration.ofMillis(100)) || System.nanoTime() - end > 0) {
                throw new IllegalStateException("Only " + group.done() + " of " + records + " records are done");
            }
        }
    }

    private Map<String, Integer> aside(String topic) {
        Map<String, Integer> records = new HashMap<>();
        try (Topic reader = new Topic(broker.bootstrapServers(), topic)) {
            reader.all().forEach(entry -> records.merge(entry.header("failure-record"), 1, Integer::sum));
        }
        return records;
    }

    private Map<String, String> properties() {
        return Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "camel.component.postal.api-key", postal.apiKey(),
                "kafka-to-mail.pause.first", "50ms",
                "kafka-to-mail.pause.most", "2s",
                "kafka-to-mail.database", ledger,
                // postal.test never leaves this machine
                "camel.component.postal.allow-insecure-jwks-url", "true",
                "camel.component.postal.ledger-lease", "20s",
                "camel.component.postal.resend-after", "70s",
                // the shortest that a broker allows: how long the partitions of a killed process lie idle
                "camel.component.kafka.session-timeout-ms", "6000",
                "camel.component.kafka.heartbeat-interval-ms", "1000");
    }
}
