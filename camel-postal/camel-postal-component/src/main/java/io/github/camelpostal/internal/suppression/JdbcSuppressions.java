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
package io.github.camelpostal.internal.suppression;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import javax.sql.DataSource;

import io.github.camelpostal.internal.jdbc.SqlStates;
import io.github.camelpostal.internal.suppression.BlockingEntry.Recipients;
import io.github.camelpostal.internal.suppression.SuppressionTables.Known;
import io.github.camelpostal.suppression.RecipientAddress;
import io.github.camelpostal.suppression.RecipientEvent;
import io.github.camelpostal.suppression.SuppressionEntry;
import io.github.camelpostal.suppression.SuppressionListException;
import org.jspecify.annotations.Nullable;

/**
 * The list in a database. What happened is written and committed first, then the entries that depend on it are worked out
 * anew, each while the row of its address is locked: of two nodes that hear of one address, or of one domain, at the
 * same time, the later one sees what both know.
 */
public final class JdbcSuppressions {

    private static final Duration PURGE_EVERY = Duration.ofHours(1);

    private final DataSource dataSource;
    private final Clock clock;
    private final Duration lateness;
    private final BrakeLog log = new BrakeLog();
    private final AtomicReference<Instant> purged = new AtomicReference<>(Instant.EPOCH);

    public JdbcSuppressions(DataSource dataSource, Clock clock, Duration lateness) {
        this.dataSource = dataSource;
        this.clock = clock;
        this.lateness = lateness;
    }

    public void createTables() {
        inConnection(step(tables -> tables.create()));
    }

    public Map<String, SuppressionEntry> find(Collection<String> addresses, @Nullable String stream) {
        Recipients recipients = Recipients.of(addresses);
        if (recipients.given().isEmpty()) {
            return new LinkedHashMap<>();
        }
        Instant now = clock.instant();
        Map<String, List<SuppressionEntry>> entries = new HashMap<>();
        reading(step(tables -> {
            tables.entries(recipients.addresses(), now,
                    entry -> entries.computeIfAbsent(entry.address(), key -> new ArrayList<>()).add(entry));
        }));
        return entries.isEmpty()
                ? new LinkedHashMap<>()
                : recipients.blocked(address -> entries.getOrDefault(address, List.of()), stream, now);
    }

    public void record(RecipientEvent event) {
        if (event instanceof RecipientEvent.Delivery delivery) {
            delivered(delivery);
        } else if (event instanceof RecipientEvent.Failure failure) {
            FailedMessage.of(failure).ifPresent(failed -> failed(failure.address(), failed));
        } else {
            add(ListingRules.entry(event));
        }
        purge();
    }

    private void delivered(RecipientEvent.Delivery delivery) {
        String address = delivery.address();
        boolean known = inConnection(tables -> {
            tables.addDelivery(address, RecipientAddress.domainOf(address), delivery.message(), delivery.at());
            return tables.setDelivered(address, delivery.at());
        });
        if (known) {
            inTransaction(step(tables -> decide(tables, address)));
        }
        others(address, delivery.at(), delivery.at(), 0);
    }

    private void failed(String address, FailedMessage failed) {
        inConnection(step(tables -> tables.ensureAddress(address)));
        List<Instant> changed = inTransaction(tables -> {
            tables.lock(address);
            List<Instant> times = new ArrayList<>(tables.addFailure(address, RecipientAddress.domainOf(address), failed));
            times.addAll(tables.markTriggers(address, ListingRules.triggers(tables.known(address).failures())));
            return times;
        });
        inTransaction(step(tables -> decide(tables, address)));
        if (!changed.isEmpty()) {
            others(address, changed.stream().min(Instant::compareTo).get(), changed.stream().max(Instant::compareTo).get(),
                    changed.size());
        }
    }

    /** Works the entries of the rest of the domain out anew, where an event of this time can move the brake. */
    private void others(String address, Instant from, Instant to, int changes) {
        String domain = RecipientAddress.domainOf(address);
        Instant end = to.plus(ListingRules.BRAKE_WINDOW);
        Set<String> affected = inConnection(tables -> {
            long near = tables.triggers(domain, from.minus(ListingRules.BRAKE_WINDOW), end);
            return near + changes <= ListingRules.BRAKE_ENTRIES
                    ? Set.<String>of()
                    : tables.addressesWithTriggers(domain, from.minusMillis(1), end);
        });
        for (String other : affected) {
            if (!other.equals(address)) {
                inTransaction(step(tables -> decide(tables, other)));
            }
        }
    }

    private void decide(SuppressionTables tables, String address) throws SQLException {
        tables.lock(address);
        Known known = tables.known(address);
        Instant old = clock.instant().minus(lateness);
        List<FailedMessage> triggers = ListingRules.triggers(known.failures());
        Map<FailedMessage, Boolean> braked = new HashMap<>();
        for (FailedMessage trigger : triggers) {
            Boolean decided = known.decisions().get(trigger);
            // what it was decided by may have been forgotten
            boolean keep = decided != null && trigger.at().isBefore(old);
            braked.put(trigger, keep ? decided : brakes(tables, address, trigger));
        }
        tables.setDecisions(address, known.decisions(), braked);
        Instant removed = known.removals().ofAll();
        Instant since = removed == null ? known.delivered() : AddressHistory.later(known.delivered(), removed);
        tables.setRuleEntry(address, ListingRules.entry(address, triggers, since, braked::get).orElse(null));
        if (known.delivered() != null) {
            tables.setDelivered(address, known.delivered());
            tables.removeDisproved(address, known.delivered());
        }
    }

    private boolean brakes(SuppressionTables tables, String address, FailedMessage trigger) throws SQLException {
        String domain = RecipientAddress.domainOf(address);
        Instant from = trigger.at().minus(ListingRules.BRAKE_WINDOW);
        long entries = tables.triggers(domain, from, trigger.at());
        if (entries <= ListingRules.BRAKE_ENTRIES) {
            return false;
        }
        long results = tables.results(domain, from, trigger.at());
        boolean braked = ListingRules.brakes(entries, results);
        if (braked) {
            log.braked(domain, trigger.at(), entries, results);
        }
        return braked;
    }

    public void add(SuppressionEntry entry) {
        inConnection(step(tables -> tables.ensureAddress(entry.address())));
        inTransaction(step(tables -> {
            tables.lock(entry.address());
            Known known = tables.known(entry.address());
            boolean disproved = entry.reason().isBounce() && known.delivered() != null
                    && known.delivered().isAfter(entry.since());
            if (!known.removals().cover(entry) && !disproved) {
                tables.addEntry(entry);
            }
        }));
    }

    public void remove(String address, @Nullable String stream, Instant at) {
        Instant time = Instant.ofEpochMilli(at.toEpochMilli());
        inConnection(step(tables -> tables.ensureAddress(address)));
        inTransaction(step(tables -> {
            tables.lock(address);
            tables.addRemoval(address, stream == null ? Removals.ALL : stream, time);
            tables.removeEntries(address, stream, time);
            decide(tables, address);
        }));
    }

    public void forEach(Consumer<SuppressionEntry> consumer) {
        reading(step(tables -> tables.allEntries(clock.instant(), consumer)));
    }

    public long size() {
        return reading(tables -> tables.size(clock.instant()));
    }

    private void purge() {
        Instant now = clock.instant();
        Instant last = Objects.requireNonNull(purged.get());
        if (now.isBefore(last.plus(PURGE_EVERY)) || !purged.compareAndSet(last, now)) {
            return;
        }
        Instant late = now.minus(lateness);
        inConnection(step(tables -> tables.purge(late.minus(ListingRules.BRAKE_WINDOW), now.minus(MemorySuppressions.MEMORY))));
    }

    /** Whatever the connection's isolation, each statement sees what is committed: setting it would cost round trips. */
    private <T> T reading(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return withAutoCommit(connection, true, work);
        } catch (SQLException e) {
            throw unreachable(e);
        }
    }

    private <T> T inConnection(Work<T> work) {
        return readCommitted(connection -> withAutoCommit(connection, true, work));
    }

    private <T> T inTransaction(Work<T> work) {
        return readCommitted(connection -> withAutoCommit(connection, false, tables -> {
            boolean done = false;
            try {
                T result = work.apply(tables);
                connection.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    connection.rollback();
                }
            }
        }));
    }

    /** A snapshot from before the lock would hide what another node has just written. */
    private <T> T readCommitted(ConnectionWork<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            int isolation = connection.getTransactionIsolation();
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            try {
                return work.apply(connection);
            } finally {
                connection.setTransactionIsolation(isolation);
            }
        } catch (SQLException e) {
            throw unreachable(e);
        }
    }

    private static <T> T withAutoCommit(Connection connection, boolean autoCommit, Work<T> work) throws SQLException {
        boolean before = connection.getAutoCommit();
        if (before != autoCommit) {
            connection.setAutoCommit(autoCommit);
        }
        try {
            return work.apply(new SuppressionTables(connection));
        } finally {
            if (before != autoCommit) {
                connection.setAutoCommit(before);
            }
        }
    }

    private static SuppressionListException unreachable(SQLException e) {
        return new SuppressionListException("The suppression list cannot be reached: SQL state " + e.getSQLState()
                + (SqlStates.isMissingTable(e) ? ", its tables are missing; createTables() creates them" : ""), e);
    }

    /** Something to do on a connection. */
    @FunctionalInterface
    private interface ConnectionWork<T> {
        T apply(Connection connection) throws SQLException;
    }

    /** Something to do with the tables. */
    @FunctionalInterface
    private interface Work<T> {
        T apply(SuppressionTables tables) throws SQLException;
    }

    /** Work without a result. */
    private static Work<Boolean> step(Step step) {
        return tables -> {
            step.apply(tables);
            return true;
        };
    }

    @FunctionalInterface
    private interface Step {
        void apply(SuppressionTables tables) throws SQLException;
    }
}
