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
package io.github.camelpostal.examples.deliverytracker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.suppression.PostalSuppressionList;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.springframework.jdbc.core.JdbcTemplate;

/** The tracker with settings for a test: it looks often, and asks Postal only when told to. */
final class RunningTracker implements AutoCloseable {

    private static final AtomicInteger NEXT_PORT = new AtomicInteger(
            ThreadLocalRandom.current().nextInt(29_000, 29_400));

    private final Main main = new Main();
    private final Properties settings = new Properties();
    private final int port = freePort();
    private final Clock clock;
    private Tracker tracker;
    private JdbcTemplate database;

    RunningTracker(PostalSandbox postal, Clock clock, String database) {
        this(postal.url(), postal.apiKey(), clock, database);
        postal.postEventsTo(events());
    }

    /** Without a webhook in Postal. */
    RunningTracker(URI postal, String apiKey, Clock clock, String database) {
        this.clock = clock;
        with("camel.component.postal.server-url", postal.toString());
        with("camel.component.postal.api-key", apiKey);
        with("camel.server.port", String.valueOf(port));
        with("tracker.database.url", database);
        with("tracker.sender", "shop@shop.example");
        with("tracker.outbox.delay", "50");
        with("tracker.reconcile.after", "24h");
        with("tracker.reconcile.period", "100");
        with("tracker.reconcile.per-second", "1000");
    }

    RunningTracker with(String name, String value) {
        settings.setProperty(name, value);
        return this;
    }

    RunningTracker start() {
        tracker = new Tracker(clock);
        main.setOverrideProperties(settings);
        main.addMainListener(tracker);
        main.start();
        database = new JdbcTemplate(context().getRegistry().lookupByNameAndType("dataSource", DataSource.class));
        return this;
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    URI events() {
        return url("/postal/events");
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    void write(String recipients, String tag) {
        database.update("INSERT INTO outbox (recipients, subject, plain_body, tag) VALUES (?, 'News', 'Hello', ?)", recipients,
                tag);
    }

    void writeNews(String recipient) {
        database.update("INSERT INTO outbox (recipients, subject, plain_body, tag, stream)"
                + " VALUES (?, 'News', 'Hello', 'news', 'news')", recipient);
    }

    List<Map<String, Object>> rows(String query, Object... values) {
        return database.queryForList(query, values);
    }

    /** From address to reason. */
    Map<String, String> suppressed() {
        Map<String, String> reasons = new TreeMap<>();
        context().getRegistry().findSingleByType(PostalSuppressionList.class)
                .forEach(entry -> reasons.put(entry.address(), entry.reason().text()));
        return reasons;
    }

    int change(String statement, Object... values) {
        return database.update(statement, values);
    }

    /** The states of all recipients, in the order of Postal's ids. */
    List<String> states() {
        return database.queryForList("SELECT state FROM delivery ORDER BY id", String.class);
    }

    List<String> outbox() {
        return database.queryForList("SELECT state FROM outbox ORDER BY id", String.class);
    }

    Map<String, Object> delivery(long id) {
        return database.queryForMap("SELECT * FROM delivery WHERE id = ?", id);
    }

    long count(String table) {
        return database.queryForObject("SELECT COUNT(*) FROM " + table, Long.class);
    }

    @Override
    public void close() {
        main.stop();
        tracker.close();
    }

    /**
     * One after the other, from a range of this example's own: others are tested at the same time. Below the ports of outgoing
     * connections, one of which could take what is waited for here.
     */
    static int freePort() {
        while (true) {
            try (ServerSocket free = new ServerSocket(NEXT_PORT.getAndIncrement(), 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException taken) {
                // the next one
            }
        }
    }
}
