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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.SendResult;
import io.github.camelpostal.benchmarks.Contest.Call;
import io.github.camelpostal.ledger.InMemorySendLedger;
import io.github.camelpostal.ledger.JdbcSendLedger;
import io.github.camelpostal.ledger.PostalSendLedger;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * What sending once costs: the mail of {@link Senders} by {@code transport=raw}, without a key and with a new one for each mail
 * and a ledger in memory, in a database in memory and in a database in a file.
 */
final class KeyedSenders implements AutoCloseable {

    private final StubPostalServer postal = new StubPostalServer();
    private final Path directory = Files.createTempDirectory("send-ledger");
    private final HikariDataSource memory = pool("jdbc:h2:mem:ledger");
    private final HikariDataSource file = pool("jdbc:h2:file:" + directory.resolve("ledger"));
    private final CamelContext camel = new DefaultCamelContext();
    private final ProducerTemplate template;
    private final AtomicLong keys = new AtomicLong();

    KeyedSenders() throws Exception {
        camel.getRegistry().bind("inMemory", new InMemorySendLedger());
        camel.getRegistry().bind("h2InMemory", ledger(memory));
        camel.getRegistry().bind("h2InAFile", ledger(file));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                String endpoint = "postal:send?transport=raw&serverUrl=" + postal.url() + "&apiKey=" + Senders.KEY
                        + "&maxConnections=" + Senders.CONNECTIONS + "&from=" + Senders.FROM + "&to=" + Senders.TO
                        + "&subject=RAW(" + Senders.SUBJECT + ")";
                from("direct:noKey").to(endpoint);
                for (String ledger : new String[]{"inMemory", "h2InMemory", "h2InAFile"}) {
                    from("direct:" + ledger).to(endpoint + "&sendLedger=#" + ledger);
                }
            }
        });
        camel.start();
        template = camel.createProducerTemplate();
    }

    Contest contest() {
        return new Contest().add("without a key", () -> () -> require(template.requestBody("direct:noKey", Senders.TEXT)))
                .add("memory", () -> new Keyed("inMemory"))
                .add("H2 in memory", () -> new Keyed("h2InMemory"))
                .add("H2 in a file", () -> new Keyed("h2InAFile"));
    }

    /** Sends, and leaves no rows to the next turn: a ledger that grows all the time would be slower for those who come late. */
    private final class Keyed implements Call {

        private final String ledger;

        Keyed(String ledger) {
            this.ledger = ledger;
        }

        @Override
        public void make() {
            require(template.requestBodyAndHeader("direct:" + ledger, Senders.TEXT, PostalConstants.IDEMPOTENCY_KEY,
                    "orders-3@" + keys.incrementAndGet()));
        }

        @Override
        public void close() {
            camel.getRegistry().lookupByNameAndType(ledger, PostalSendLedger.class).expireAccepted(Duration.ZERO);
        }
    }

    private static void require(Object result) {
        if (((SendResult) result).recipients().get(Senders.TO).id() <= 4711) {
            throw new IllegalStateException("The response is another than expected");
        }
    }

    private static JdbcSendLedger ledger(HikariDataSource pool) {
        JdbcSendLedger ledger = new JdbcSendLedger(pool);
        ledger.setCreateTables(true);
        return ledger;
    }

    private static HikariDataSource pool(String url) {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(Senders.CONNECTIONS);
        return new HikariDataSource(pool);
    }

    @Override
    public void close() throws IOException {
        camel.stop();
        memory.close();
        file.close();
        postal.close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }
}
