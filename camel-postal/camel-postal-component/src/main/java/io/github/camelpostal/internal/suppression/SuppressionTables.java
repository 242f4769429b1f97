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
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.github.camelpostal.internal.suppression.FailedMessage.Kind;
import io.github.camelpostal.suppression.SuppressionEntry;
import io.github.camelpostal.suppression.SuppressionReason;
import org.jspecify.annotations.Nullable;

/** The statements, in the SQL that all databases share; times are milliseconds since 1970. */
final class SuppressionTables {

    private static final String DELIVERED = "DELIVERED";
    private static final String BY_RULE = "rule";
    private static final String BY_CALL = "call";
    private static final String ENTRIES = "select address, stream, reason, since_ms, expires_ms from postal_suppression";
    private static final int CHUNK = 250;
    private static final int SMALL_CHUNK = 10;

    private final SqlStatements sql;

    SuppressionTables(Connection connection) {
        this.sql = new SqlStatements(connection);
    }

    void create() throws SQLException {
        new SuppressionSchema(sql.connection()).create();
    }

    /** Outside of a transaction: a row that another node has just made would end it. */
    void ensureAddress(String address) throws SQLException {
        if (sql.count("select count(*) from postal_suppression_address where address = ?", address) == 0) {
            sql.insertOrIgnore("insert into postal_suppression_address (address, changes) values (?, 0)", address);
        }
    }

    void lock(String address) throws SQLException {
        sql.update("update postal_suppression_address set changes = changes + 1 where address = ?", address);
    }

    void addDelivery(String address, String domain, String message, Instant at) throws SQLException {
        int rows = sql.update("update postal_suppression_result set time_ms = ? where address = ? and message = ? and kind = ?"
                + " and time_ms > ?", at, address, message, DELIVERED, at);
        if (rows == 0) {
            sql.insertOrIgnore(
                    "insert into postal_suppression_result (address, message, kind, domain, reason, time_ms, candidate)"
                            + " values (?, ?, ?, ?, '', ?, 0)",
                    address, message, DELIVERED, domain, at);
        }
    }

    /** Whether anything is known of the address that the delivery could change. */
    boolean setDelivered(String address, Instant at) throws SQLException {
        return sql.update("update postal_suppression_address set delivered_ms = ? where address = ?"
                + " and (delivered_ms is null or delivered_ms < ?)", at, address, at) > 0;
    }

    /** The times between which the failure moved, if it was a trigger before; with the address locked. */
    List<Instant> addFailure(String address, String domain, FailedMessage failed) throws SQLException {
        FailedMessage known = null;
        boolean trigger = false;
        try (PreparedStatement select = sql.prepare("select reason, time_ms, candidate from postal_suppression_result"
                + " where address = ? and message = ? and kind = ?", address, failed.message(), failed.kind().name());
                ResultSet row = select.executeQuery()) {
            if (row.next()) {
                known = new FailedMessage(failed.message(), failed.kind(), SuppressionReason.of(row.getString(1)),
                        Instant.ofEpochMilli(row.getLong(2)));
                trigger = row.getInt(3) == 1;
            }
        }
        if (known == null) {
            sql.update("insert into postal_suppression_result (address, message, kind, domain, reason, time_ms, candidate)"
                    + " values (?, ?, ?, ?, ?, ?, 0)", address, failed.message(), failed.kind().name(), domain,
                    failed.reason().text(), failed.at());
            // a result more can let the brake go
            return List.of(failed.at());
        }
        FailedMessage earlier = known.earlier(failed);
        if (earlier.equals(known)) {
            return List.of();
        }
        sql.update(
                "update postal_suppression_result set reason = ?, time_ms = ?, braked = null where address = ? and message = ?"
                        + " and kind = ?",
                earlier.reason().text(), earlier.at(), address, failed.message(), failed.kind().name());
        return trigger || !known.at().equals(earlier.at()) ? List.of(earlier.at(), known.at()) : List.of();
    }

    /** The times of those that became or ceased to be triggers. */
    List<Instant> markTriggers(String address, Collection<FailedMessage> triggers) throws SQLException {
        Set<FailedMessage> now = new HashSet<>(triggers);
        List<Instant> changed = new ArrayList<>();
        List<FailedMessage> flips = new ArrayList<>();
        try (PreparedStatement select = sql.prepare("select message, kind, reason, time_ms, candidate"
                + " from postal_suppression_result where address = ? and kind <> ?", address, DELIVERED);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                FailedMessage failed = failed(row);
                if (now.contains(failed) != (row.getInt(5) == 1)) {
                    flips.add(failed);
                }
            }
        }
        for (FailedMessage failed : flips) {
            sql.update("update postal_suppression_result set candidate = ?, braked = null where address = ? and message = ?"
                    + " and kind = ?", now.contains(failed) ? 1 : 0, address, failed.message(), failed.kind().name());
            changed.add(failed.at());
        }
        return changed;
    }

    Known known(String address) throws SQLException {
        List<FailedMessage> failures = new ArrayList<>();
        Map<FailedMessage, Boolean> decisions = new HashMap<>();
        Instant delivered = null;
        try (PreparedStatement select = sql.prepare("select message, kind, reason, time_ms, braked"
                + " from postal_suppression_result where address = ?", address); ResultSet row = select.executeQuery()) {
            while (row.next()) {
                if (row.getString(2).equals(DELIVERED)) {
                    delivered = AddressHistory.later(delivered, Instant.ofEpochMilli(row.getLong(4)));
                    continue;
                }
                FailedMessage failed = failed(row);
                failures.add(failed);
                int braked = row.getInt(5);
                if (!row.wasNull()) {
                    decisions.put(failed, braked == 1);
                }
            }
        }
        try (PreparedStatement select = sql.prepare("select delivered_ms from postal_suppression_address where address = ?",
                address); ResultSet row = select.executeQuery()) {
            if (row.next() && row.getObject(1) != null) {
                delivered = AddressHistory.later(delivered, Instant.ofEpochMilli(row.getLong(1)));
            }
        }
        Removals removals = new Removals();
        try (PreparedStatement select = sql.prepare(
                "select stream, removed_ms from postal_suppression_removal where address = ?",
                address); ResultSet row = select.executeQuery()) {
            while (row.next()) {
                removals.add(row.getString(1), Instant.ofEpochMilli(row.getLong(2)));
            }
        }
        return new Known(failures, decisions, delivered, removals);
    }

    private static FailedMessage failed(ResultSet row) throws SQLException {
        return new FailedMessage(row.getString(1), Kind.valueOf(row.getString(2)), SuppressionReason.of(row.getString(3)),
                Instant.ofEpochMilli(row.getLong(4)));
    }

    void setDecisions(String address, Map<FailedMessage, Boolean> known, Map<FailedMessage, Boolean> decisions)
            throws SQLException {
        for (Map.Entry<FailedMessage, Boolean> decision : decisions.entrySet()) {
            if (!decision.getValue().equals(known.get(decision.getKey()))) {
                sql.update("update postal_suppression_result set braked = ? where address = ? and message = ? and kind = ?",
                        decision.getValue() ? 1 : 0, address, decision.getKey().message(), decision.getKey().kind().name());
            }
        }
    }

    void setRuleEntry(String address, @Nullable SuppressionEntry entry) throws SQLException {
        sql.update("delete from postal_suppression where address = ? and source = ?", address, BY_RULE);
        if (entry != null) {
            insert(entry, BY_RULE);
        }
    }

    void addEntry(SuppressionEntry entry) throws SQLException {
        SuppressionEntry latest = entry;
        String stream = entry.stream() == null ? "" : entry.stream();
        try (PreparedStatement select = sql.prepare(
                "select address, stream, reason, since_ms, expires_ms from postal_suppression"
                        + " where address = ? and stream = ? and reason = ? and source = ?",
                entry.address(), stream,
                entry.reason().text(), BY_CALL); ResultSet row = select.executeQuery()) {
            if (row.next()) {
                latest = AddressHistory.later(entry(row), entry);
            }
        }
        sql.update("delete from postal_suppression where address = ? and stream = ? and reason = ? and source = ?",
                entry.address(), stream, entry.reason().text(), BY_CALL);
        insert(latest, BY_CALL);
    }

    private void insert(SuppressionEntry entry, String source) throws SQLException {
        sql.update("insert into postal_suppression (address, stream, reason, source, since_ms, expires_ms)"
                + " values (?, ?, ?, ?, ?, ?)", entry.address(), entry.stream() == null ? "" : entry.stream(),
                entry.reason().text(), source, entry.since(), entry.expires());
    }

    void removeDisproved(String address, Instant delivered) throws SQLException {
        for (SuppressionReason reason : SuppressionReason.values()) {
            if (reason.isBounce()) {
                sql.update("delete from postal_suppression where address = ? and reason = ? and source = ? and since_ms < ?",
                        address, reason.text(), BY_CALL, delivered);
            }
        }
    }

    void addRemoval(String address, String stream, Instant at) throws SQLException {
        if (sql.count("select count(*) from postal_suppression_removal where address = ? and stream = ?", address,
                stream) == 0) {
            sql.update("insert into postal_suppression_removal (address, stream, removed_ms) values (?, ?, ?)", address, stream,
                    at);
        } else {
            sql.update(
                    "update postal_suppression_removal set removed_ms = ? where address = ? and stream = ? and removed_ms < ?",
                    at, address, stream, at);
        }
    }

    void removeEntries(String address, @Nullable String stream, Instant at) throws SQLException {
        if (stream == null) {
            sql.update("delete from postal_suppression where address = ? and source = ? and since_ms <= ?", address, BY_CALL,
                    at);
        } else {
            sql.update("delete from postal_suppression where address = ? and source = ? and since_ms <= ? and stream = ?",
                    address,
                    BY_CALL, at, stream);
        }
    }

    /** How many addresses of the domain have a trigger after the one and up to the other time. */
    long triggers(String domain, Instant after, Instant upTo) throws SQLException {
        return sql.count("select count(distinct address) from postal_suppression_result where domain = ? and candidate = 1"
                + " and time_ms > ? and time_ms <= ?", domain, after, upTo);
    }

    long results(String domain, Instant after, Instant upTo) throws SQLException {
        return sql.count("select count(*) from (select distinct address, message from postal_suppression_result"
                + " where domain = ? and time_ms > ? and time_ms <= ?) r", domain, after, upTo);
    }

    Set<String> addressesWithTriggers(String domain, Instant after, Instant upTo) throws SQLException {
        Set<String> addresses = new LinkedHashSet<>();
        try (PreparedStatement select = sql.prepare("select distinct address from postal_suppression_result where domain = ?"
                + " and candidate = 1 and time_ms > ? and time_ms <= ?", domain, after, upTo);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                addresses.add(row.getString(1));
            }
        }
        return addresses;
    }

    /** A mail with a thousand recipients asks for each: few shapes of statement, so that databases know them already. */
    void entries(List<String> all, Instant now, Consumer<SuppressionEntry> consumer) throws SQLException {
        int whole = all.size() - all.size() % CHUNK;
        entries(all.subList(0, whole), CHUNK, now, consumer);
        List<String> rest = all.subList(whole, all.size());
        entries(rest, rest.size() <= SMALL_CHUNK ? SMALL_CHUNK : CHUNK, now, consumer);
    }

    private void entries(List<String> addresses, int chunk, Instant now, Consumer<SuppressionEntry> consumer)
            throws SQLException {
        if (addresses.isEmpty()) {
            return;
        }
        try (PreparedStatement select = sql.prepare(ENTRIES + " where address in (?" + ", ?".repeat(chunk - 1)
                + ") and (expires_ms is null or expires_ms > ?)")) {
            for (int start = 0; start < addresses.size(); start += chunk) {
                for (int i = 0; i < chunk; i++) {
                    // what is missing in the last one is filled up with its last address
                    select.setString(i + 1, addresses.get(Math.min(start + i, addresses.size() - 1)));
                }
                select.setLong(chunk + 1, now.toEpochMilli());
                read(select, consumer);
            }
        }
    }

    void allEntries(Instant now, Consumer<SuppressionEntry> consumer) throws SQLException {
        try (PreparedStatement select = sql.prepare(ENTRIES + " where expires_ms is null or expires_ms > ?"
                + " order by address, stream, reason", now)) {
            read(select, consumer);
        }
    }

    long size(Instant now) throws SQLException {
        return sql.count("select count(*) from postal_suppression where expires_ms is null or expires_ms > ?", now);
    }

    void purge(Instant results, Instant failures) throws SQLException {
        sql.update("delete from postal_suppression_result where time_ms < ? and kind in (?, ?)", results, DELIVERED,
                Kind.OTHER.name());
        sql.update("delete from postal_suppression_result where time_ms < ?", failures);
        sql.update("delete from postal_suppression where expires_ms < ?", failures);
    }

    private static void read(PreparedStatement select, Consumer<SuppressionEntry> consumer) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                consumer.accept(entry(row));
            }
        }
    }

    private static SuppressionEntry entry(ResultSet row) throws SQLException {
        long expires = row.getLong(5);
        Instant end = row.wasNull() ? null : Instant.ofEpochMilli(expires);
        return new SuppressionEntry(row.getString(1), row.getString(2), SuppressionReason.of(row.getString(3)),
                Instant.ofEpochMilli(row.getLong(4)), end);
    }

    /**
     * What is known of an address.
     *
     * @param decisions what the brake said of failures
     */
    record Known(List<FailedMessage> failures, Map<FailedMessage, Boolean> decisions, @Nullable Instant delivered,
            Removals removals) {
    }
}
