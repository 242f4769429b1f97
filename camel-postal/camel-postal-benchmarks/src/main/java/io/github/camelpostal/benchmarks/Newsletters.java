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
package io.github.camelpostal.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.camelpostal.api.SendResult;
import io.github.camelpostal.suppression.InMemorySuppressionList;
import io.github.camelpostal.suppression.JdbcSuppressionList;
import io.github.camelpostal.suppression.PostalSuppressionList;
import io.github.camelpostal.suppression.SuppressionEntry;
import io.github.camelpostal.suppression.SuppressionReason;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * A mail to a thousand recipients of whom ten are on the suppression list: what it costs to ask the list, in memory and in a
 * database, beside the same mail that asks nobody. First Postal does next to nothing and so makes the list weigh most; then it
 * takes as long as a real one for a mail to one recipient.
 */
final class Newsletters implements AutoCloseable {

    private static final int RECIPIENTS = 1000;
    private static final int SUPPRESSED = 10;
    private static final int OTHERS_ON_THE_LIST = 10_000;
    private static final int WARM_UP = 10;
    private static final int ROUNDS = 15;
    private static final int MAILS = 30;
    /** The median of a real Postal with default settings on two cores, for a mail to one recipient. */
    private static final Duration OF_A_REAL_POSTAL = Duration.ofMillis(14);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final String TEXT = "Our news of this week, which you have asked for.\n".repeat(42);

    private final List<String> recipients = IntStream.range(0, RECIPIENTS).mapToObj(n -> "reader" + n + "@rcpt.test").toList();
    private final List<String> suppressed = IntStream.range(0, SUPPRESSED)
            .mapToObj(n -> recipients.get(n * RECIPIENTS / SUPPRESSED)).toList();
    private final StubPostalServer toAll;
    private final StubPostalServer toOthers;
    private final JdbcConnectionPool database = JdbcConnectionPool.create("jdbc:h2:mem:newsletters", "sa", "");
    private final CamelContext camel = new DefaultCamelContext();
    private final ProducerTemplate template;

    Newsletters() throws Exception {
        toAll = new StubPostalServer(recipients);
        toOthers = new StubPostalServer(recipients.stream().filter(one -> !suppressed.contains(one)).toList());
        JdbcSuppressionList inDatabase = new JdbcSuppressionList(database);
        inDatabase.createTables();
        camel.getRegistry().bind("memory", filled(new InMemorySuppressionList()));
        camel.getRegistry().bind("database", filled(inDatabase));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:nobody").to(send(toAll));
                from("direct:memory").to(send(toOthers) + "&suppressionList=#memory");
                from("direct:database").to(send(toOthers) + "&suppressionList=#database");
            }
        });
        camel.start();
        template = camel.createProducerTemplate();
    }

    static void run(PrintStream out) throws Exception {
        try (Newsletters newsletters = new Newsletters()) {
            // other work on the machine does not lengthen the time on the processor as it does that on the clock
            newsletters.measure(out, "CPU time of a mail", Newsletters::timeOnTheProcessor);
            newsletters.toAll.respondAfter(OF_A_REAL_POSTAL);
            newsletters.toOthers.respondAfter(OF_A_REAL_POSTAL);
            newsletters.measure(out, "time of a mail where Postal takes " + OF_A_REAL_POSTAL.toMillis() + " ms",
                    System::nanoTime);
        }
    }

    /** Of the thread that sends, and of those on which a list asks its database. */
    private static long timeOnTheProcessor() {
        return THREADS.getCurrentThreadCpuTime() + Stream.of(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().startsWith("postal-suppression-list"))
                .mapToLong(thread -> THREADS.getThreadCpuTime(thread.getThreadId())).sum();
    }

    private void measure(PrintStream out, String what, LongSupplier clock) {
        Map<String, String> ways = new LinkedHashMap<>();
        ways.put("without a list", "direct:nobody");
        ways.put("`InMemorySuppressionList`", "direct:memory");
        ways.put("`JdbcSuppressionList`, H2", "direct:database");
        Map<String, double[]> millis = new LinkedHashMap<>();
        ways.keySet().forEach(name -> millis.put(name, new double[ROUNDS]));
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            for (Map.Entry<String, String> way : ways.entrySet()) {
                double each = millis(way.getValue(), clock);
                if (round >= 0) {
                    millis.get(way.getKey())[round] = each;
                }
            }
        }
        double[] without = millis.get("without a list");
        out.printf("%n### A mail to %,d recipients, %d of them on the suppression list%n%n| | %s | times |%n"
                + "| --- | --- | --- |%n", RECIPIENTS, SUPPRESSED, what);
        millis.forEach((name, ofName) -> out.printf("| %s | %s | %s |%n", name, Table.spread(ofName, "%.2f ms"),
                ofName == without ? "1" : Table.spread(ratios(ofName, without), "%.2f")));
    }

    private double millis(String route, LongSupplier clock) {
        long start = clock.getAsLong();
        for (int i = 0; i < MAILS; i++) {
            send(route, route.equals("direct:nobody") ? 0 : SUPPRESSED);
        }
        return (clock.getAsLong() - start) / 1e6 / MAILS;
    }

    private static double[] ratios(double[] own, double[] rival) {
        return IntStream.range(0, own.length).mapToDouble(round -> own[round] / rival[round]).toArray();
    }

    private void send(String route, int leftOut) {
        Exchange exchange = template.request(route, mail -> {
            mail.getMessage().setHeader("CamelPostalBcc", recipients);
            mail.getMessage().setBody(TEXT);
        });
        SendResult result = exchange.getMessage().getBody(SendResult.class);
        if (exchange.isFailed() || result.recipients().size() != RECIPIENTS - leftOut
                || result.suppressed().size() != leftOut) {
            throw new IllegalStateException("The mail did not go to all but " + leftOut, exchange.getException());
        }
    }

    private PostalSuppressionList filled(PostalSuppressionList list) {
        Stream.concat(suppressed.stream(), IntStream.range(0, OTHERS_ON_THE_LIST).mapToObj(n -> "left" + n + "@rcpt.test"))
                .forEach(address -> list.add(new SuppressionEntry(address, null, SuppressionReason.UNSUBSCRIBE, Instant.now(),
                        null)));
        return list;
    }

    private static String send(StubPostalServer postal) {
        return "postal:send?serverUrl=" + postal.url() + "&apiKey=benchmarkbenchmarkbench1&maxConnections="
                + Senders.CONNECTIONS + "&from=news@acme.example&subject=News";
    }

    @Override
    public void close() throws IOException {
        camel.stop();
        database.dispose();
        toAll.close();
        toOthers.close();
    }
}
