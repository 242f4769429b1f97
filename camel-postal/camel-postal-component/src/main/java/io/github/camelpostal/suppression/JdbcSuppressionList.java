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
package io.github.camelpostal.suppression;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import javax.sql.DataSource;

import io.github.camelpostal.internal.jdbc.DatabaseThreads;
import io.github.camelpostal.internal.suppression.JdbcSuppressions;
import org.jspecify.annotations.Nullable;

/**
 * A list in a database, shared by all nodes that use it. It takes connections of its own from the data source, on threads of its
 * own, and commits on them itself: what happened to a recipient stays true when the route that heard of it is rolled back, and
 * a route's transaction is left alone, also by a data source that binds connections to threads. A pool needs one connection more
 * for each concurrent send.
 *
 * <p>
 * {@link #createTables()} makes its four tables, {@code postal_suppression} and three that begin with it, in H2,
 * PostgreSQL, MySQL and MariaDB.
 */
public final class JdbcSuppressionList implements PostalSuppressionList {

    private final JdbcSuppressions list;
    private final DatabaseThreads threads = new DatabaseThreads("postal-suppression-list");

    public JdbcSuppressionList(DataSource dataSource) {
        this(dataSource, Clock.systemUTC(), Duration.ofHours(24));
    }

    /**
     * @param clock    for what has expired; the nodes' clocks should agree to a minute
     * @param lateness how late an event may come and still be weighed exactly; each mail that arrives is a row for this long
     */
    public JdbcSuppressionList(DataSource dataSource, Clock clock, Duration lateness) {
        this.list = new JdbcSuppressions(Objects.requireNonNull(dataSource, "dataSource"), clock, lateness);
    }

    /** Makes the tables that do not exist yet. */
    public void createTables() {
        apart(() -> list.createTables());
    }

    @Override
    public Map<String, SuppressionEntry> find(Collection<String> addresses, @Nullable String stream) {
        return apart(() -> list.find(addresses, stream));
    }

    @Override
    public void record(RecipientEvent event) {
        apart(() -> list.record(event));
    }

    @Override
    public void add(SuppressionEntry entry) {
        apart(() -> list.add(entry));
    }

    @Override
    public void remove(String address, @Nullable String stream, Instant at) {
        String normal = RecipientAddress.normalize(address);
        apart(() -> list.remove(normal, stream, at));
    }

    @Override
    public void forEach(Consumer<SuppressionEntry> consumer) {
        apart(() -> list.forEach(consumer));
    }

    @Override
    public long size() {
        return apart(list::size);
    }

    /** On another thread than the caller's, who may have a transaction. */
    private <T> T apart(Callable<T> work) {
        return threads.run(work, e -> new SuppressionListException("Nobody waits for the suppression list any longer", e));
    }

    private void apart(Runnable work) {
        apart(Executors.callable(work));
    }
}
