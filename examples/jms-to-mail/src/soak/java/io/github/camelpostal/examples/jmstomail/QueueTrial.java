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
package io.github.camelpostal.examples.jmstomail;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.mail.MessagingException;

import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import io.github.camelpostal.testing.FreePort;
import io.github.camelpostal.testing.SharedDatabase;
import io.github.camelpostal.testing.scaleout.LateCommits;
import io.github.camelpostal.testing.scaleout.ScaleOutReport;
import io.github.camelpostal.testing.scaleout.ScaleOutReport.Kind;
import io.github.camelpostal.testing.scaleout.ScaleOutTrial;

/** One run: messages in a queue of a broker in this process, processes that share it, and the end of one of these. */
final class QueueTrial {

    /** How many messages a process works on at a time, and so how many it can have in its hands when it is killed. */
    private static final int CONSUMERS = 3;
    private static final String OTHERS = "other@elsewhere.example"; // interleaved by the sandbox

    private final String broker;
    private final Queues queues;
    private final PostalSandbox postal;
    private final LateCommits late;

    private QueueTrial(String broker, Queues queues, PostalSandbox postal) {
        this.broker = broker;
        this.queues = queues;
        this.postal = postal;
        this.late = new LateCommits(delay -> postal.apiFaults().on("send/raw").next(1).commitAfterDisconnect(delay));
    }

    /**
     * @param folder for the broker
     * @param logs   where the processes write theirs
     */
    static ScaleOutReport run(int messages, int processes, Path folder, Path logs) throws Exception {
        int port = FreePort.find();
        String url = "tcp://127.0.0.1:" + port + "?consumerWindowSize=0&callTimeout=10000";
        try (SharedDatabase database = new SharedDatabase();
                LocalBroker broker = LocalBroker.start(port, folder);
                Queues queues = new Queues(url);
                PostalSandbox postal = PostalSandbox.builder().domain("shop.example").start()) {
            postal.server().faults().interleaveOtherSenders(1);
            postal.server().faults().copyBackIn(true);
            QueueTrial trial = new QueueTrial(url, queues, postal);
            try (ScaleOutTrial application = new ScaleOutTrial(JmsToMail.class, postal.url(), trial.late, logs)) {
                return trial.run(messages, processes, database, application);
            }
        }
    }

    private ScaleOutReport run(int messages, int processes, SharedDatabase ledger, ScaleOutTrial application) throws Exception {
        Map<String, Kind> written = put(messages);
        long start = System.nanoTime();
        Duration atMost = Duration.ofMinutes(5).plusMillis(150L * messages);
        // for each process a handful of both
        application.start(processes, properties(ledger), Math.max(20, messages / processes / 5));
        postal.postEventsTo(application.events(), "MessageSent");
        // what waits for the ledger or is being worked on is still in the queue
        application.awaitMailsOfFirst(messages / 10, atMost);
        int inDoubt = application.killAtResponses(CONSUMERS);
        application.await(() -> messages - queues.count("mails"), messages, atMost);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        late.await();
        return new ScaleOutReport(took, written, rows(), queues.drain("mails.dead-letters"), queues.drain("mails.review"),
                application.mails(), new ScaleOutReport.Troubles(inDoubt, application.lostResponses(), late.count(),
                        (int) postal.sent().stream().filter(mail -> OTHERS.equals(mail.mailFrom())).count(),
                        postal.received().size()));
    }

    /** Of each hundred, two can never become a mail. */
    private Map<String, Kind> put(int messages) throws Exception {
        Map<String, Kind> written = new LinkedHashMap<>();
        Map<String, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < messages; i++) {
            String id = "order-" + i;
            String order = RunningRoutes.order(id, "customer-" + i + "@customer.example");
            boolean broken = i % 50 == 41;
            texts.put(id, broken ? order.substring(1) : order);
            written.put(id, broken ? Kind.DEAD_LETTER : Kind.MAIL);
        }
        queues.put("mails", texts);
        return written;
    }

    /** How many rows Postal has for each order, of whatever recipient: an order has one. */
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

    private Map<String, String> properties(SharedDatabase ledger) {
        return Map.of(
                "jms-to-mail.broker", broker,
                "jms-to-mail.consumers", String.valueOf(CONSUMERS),
                "jms-to-mail.pause", "200ms",
                "jms-to-mail.repeat", "2000",
                "jms-to-mail.ledger", ledger.url().substring("jdbc:h2:".length()),
                "camel.component.postal.api-key", postal.apiKey());
    }
}
