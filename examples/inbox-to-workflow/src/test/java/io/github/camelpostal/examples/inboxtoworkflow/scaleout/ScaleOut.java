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
package io.github.camelpostal.examples.inboxtoworkflow.scaleout;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.mail.MessagingException;

import io.github.camelpostal.examples.inboxtoworkflow.RunningInbox;
import io.github.camelpostal.sandbox.HttpEndpoint;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;

/**
 * Two nodes behind a load balancer, with one database and one folder. Mails arrive, one node is killed in the midst of them and
 * started again, and in the end every effect is counted.
 *
 * <p>Postal's own waits between two tries begin with five minutes; here a mail that was not taken is tried again every two
 * seconds, as if somebody pressed "retry".
 */
final class ScaleOut {

    private static final int NODES = 2;
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final ScaleOutReport.Size size;
    private final Path folder;
    private final List<Integer> ports = Stream.generate(RunningInbox::freePort).limit(NODES).toList();
    private final Set<String> pressed = new HashSet<>();
    private long cut;

    /** @param folder for attachments, and for what the nodes say */
    ScaleOut(ScaleOutReport.Size size, Path folder) {
        this.size = size;
        this.folder = folder;
    }

    /** @param atMost before it gives up */
    ScaleOutReport run(Duration atMost) throws Exception {
        try (SharedDatabase database = new SharedDatabase();
                Balancer balancer = new Balancer(ports);
                PostalSandbox postal = PostalSandbox.builder().domain("shop.example").start()) {
            postal.routeTo("*@shop.example", HttpEndpoint.of(balancer.url("/postal/mail")).withFormat(HttpEndpoint.Format.RAW));
            Node[] nodes = new Node[NODES];
            try {
                for (int i = 0; i < NODES; i++) {
                    nodes[i] = node(i, postal, database);
                    nodes[i].awaitUp(); // one after the other: the first makes the tables
                }
                for (int mail = 1; mail <= size.mails(); mail++) {
                    receive(postal, mail);
                }
                for (int kill = 1; kill <= size.kills(); kill++) {
                    long enough = (long) size.mails() * kill / (size.kills() + 1);
                    int victim = kill % NODES;
                    // in the midst of a request; a fast machine may be through with all of them before we see one
                    await().atMost(atMost).pollInterval(Duration.ofMillis(2))
                            .until(() -> retry(postal) && database.count("select 1 from mail") >= enough
                                    && (balancer.open(victim) > 0 || isDone(postal, database)));
                    cut += balancer.open(victim);
                    nodes[victim].kill();
                    nodes[victim] = node(victim, postal, database);
                }
                await().atMost(atMost).pollInterval(Duration.ofMillis(200))
                        .until(() -> retry(postal) && isDone(postal, database));
            } finally {
                for (Node node : nodes) {
                    if (node != null) {
                        node.close();
                    }
                }
            }
            return report(postal, database);
        }
    }

    private Node node(int number, PostalSandbox postal, SharedDatabase database) throws IOException {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("camel.component.postal.server-url", postal.url().toString());
        properties.put("camel.component.postal.api-key", postal.apiKey());
        properties.put("camel.server.host", "127.0.0.1");
        properties.put("camel.server.port", String.valueOf(ports.get(number)));
        properties.put("camel.main.duration-max-seconds", "3600");
        properties.put("inbox.folder", folder.toString());
        properties.put("inbox.jdbc-url", database.url());
        properties.put("inbox.poll", "50");
        return Node.start(properties, new File(folder.toFile(), "node-" + number + "-" + System.nanoTime() + ".log"));
    }

    /** Each mail is an order of somebody else, because nobody is replied twice a day. */
    private static void receive(PostalSandbox postal, int number) {
        postal.receive("c" + number + "@customer.example", "orders@shop.example", """
                From: c%1$d@customer.example
                To: orders@shop.example
                Subject: order %1$d
                Message-ID: <order-%1$d@customer.example>
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/csv; name="order.csv"
                Content-Disposition: attachment; filename="order.csv"

                %2$s--b--
                """.formatted(number, csv(number)).getBytes(StandardCharsets.US_ASCII));
    }

    private static String csv(int number) {
        return "A-%1$d,1,\nB-%1$d,2,\nC-%1$d,3,\n".formatted(number);
    }

    /** Presses "retry", once for each failed attempt, when it is two seconds old. */
    private boolean retry(PostalSandbox postal) {
        Instant due = postal.now().minus(RETRY);
        for (StoredMail mail : postal.received()) {
            int attempts = mail.deliveries().size();
            if (mail.status().equals("SoftFail") && mail.deliveries().get(attempts - 1).timestamp().isBefore(due)
                    && pressed.add(mail.id() + ":" + attempts)) {
                postal.server().retryNow(mail.id());
            }
        }
        return true;
    }

    private static boolean isDone(PostalSandbox postal, SharedDatabase database) {
        return postal.received().stream().allMatch(mail -> List.of("Sent", "HardFail").contains(mail.status()))
                && database.count("select 1 from order_line") == 0
                && database.count("select 1 from reply where state = 'queued'") == 0;
    }

    private ScaleOutReport report(PostalSandbox postal, SharedDatabase database) throws IOException {
        Map<String, Long> replies = postal.sent().stream().filter(mail -> !mail.subject().startsWith("Mail could not"))
                .collect(Collectors.groupingBy(ScaleOut::inReplyTo, Collectors.counting()));
        List<StoredMail> received = postal.received();
        long posts = postal.webhookRequests().stream().filter(post -> post.isMail()).count();
        long taken = postal.webhookRequests().stream().filter(post -> post.isMail() && post.isAccepted()).count();
        return new ScaleOutReport(size,
                database.count("select distinct message_id from mail"),
                database.count("select message_id from mail group by message_id having count(*) > 1"),
                wholeFiles(),
                names("unfinished").size(),
                database.count("select 1 from order_book"),
                database.count("select sku from order_book group by sku having count(*) > 1"),
                database.count("select 1 from order_line"),
                replies.size(),
                replies.values().stream().filter(count -> count == 2).count(),
                replies.values().stream().filter(count -> count > 2).count(),
                cut, posts, posts - taken,
                received.stream().filter(mail -> mail.status().equals("HardFail")).count());
    }

    private long wholeFiles() throws IOException {
        long whole = 0;
        for (Path mail : names("attachments")) {
            List<String> lines = Files.readAllLines(mail.resolve("order.csv"));
            whole += lines.size() == ScaleOutReport.LINES && lines.get(2).matches("C-\\d+,3,") ? 1 : 0;
        }
        return whole;
    }

    private List<Path> names(String subfolder) throws IOException {
        try (Stream<Path> names = Files.list(folder.resolve(subfolder))) {
            return names.toList();
        }
    }

    private static String inReplyTo(StoredMail mail) {
        try {
            return mail.mime().getHeader("In-Reply-To", null);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
