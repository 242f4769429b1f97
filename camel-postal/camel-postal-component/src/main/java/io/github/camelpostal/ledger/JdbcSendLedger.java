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
package io.github.camelpostal.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

import io.github.camelpostal.internal.ledger.AsciiColumns;
import io.github.camelpostal.internal.ledger.LedgerDatabase;
import io.github.camelpostal.internal.ledger.LedgerStatements;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/**
 * A ledger in a relational database, which survives restarts and is shared by all nodes that use the database.
 *
 * <pre>{@code
 * JdbcSendLedger ledger = new JdbcSendLedger(dataSource);
 * ledger.setCreateTables(true); // or run postal-send-ledger-<database>.sql, which is in the jar
 * }</pre>
 *
 * <p>
 * Every operation runs on a thread of the ledger, with its own connection and autocommit. It can therefore never join a
 * transaction of the route, not even with a {@code DataSource} that binds connections to threads: a claim that is rolled back
 * with the route's work would be forgotten, and the mail sent again. A pool needs one connection more for each concurrent send.
 *
 * <p>
 * Tested with H2, PostgreSQL and MariaDB; MySQL is treated like MariaDB. Time is the database's.
 */
public final class JdbcSendLedger extends ServiceSupport implements PostalSendLedger {

    private final LedgerDatabase database;
    private boolean createTables;

    /** @param dataSource any {@code DataSource}; it should be a pool */
    public JdbcSendLedger(DataSource dataSource) {
        this.database = new LedgerDatabase(dataSource);
    }

    /** Whether the tables are created at start if they are missing; false by default. */
    public void setCreateTables(boolean createTables) {
        this.createTables = createTables;
    }

    /** How long one operation may take, the wait for a connection included; 10 seconds by default. */
    public void setTimeout(Duration timeout) {
        database.setTimeout(timeout);
    }

    /** The statements that create the tables, for this kind of database: {@code h2}, {@code postgresql} or {@code mariadb}. */
    public static String ddl(String kind) {
        return LedgerDatabase.ddl(kind);
    }

    @Override
    protected void doStart() {
        if (createTables) {
            database.createTables();
        }
    }

    @Override
    protected void doShutdown() {
        database.close();
    }

    @Override
    public Instant now() {
        return database.run("read the time of", database::now);
    }

    @Override
    public Optional<LedgerRow> putIfAbsent(LedgerRow row) {
        for (int attempt = 0; attempt < 10; attempt++) {
            if (database.run("write to", connection -> insert(connection, row))) {
                return Optional.empty();
            }
            Optional<LedgerRow> present = get(row.key());
            if (present.isPresent()) {
                return present;
            }
            // removed between the two statements: the key is free again
        }
        throw new LedgerUnavailableException("Cannot write to the send ledger's database: the row is refused", null);
    }

    private static boolean insert(Connection connection, LedgerRow row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LedgerStatements.INSERT_ROW)) {
            int next = LedgerStatements.setRow(statement, row);
            statement.setString(next, AsciiColumns.hash(row.key()));
            statement.executeUpdate();
            return true;
        } catch (SQLException e) {
            if (LedgerDatabase.isDuplicateKey(e)) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public Optional<LedgerRow> get(String key) {
        return database.run("read", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LedgerStatements.SELECT_ROW)) {
                statement.setString(1, AsciiColumns.hash(key));
                return rows(statement).stream().findFirst();
            }
        });
    }

    @Override
    public Reading look(String key) {
        return database.run("read", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(database.lookStatement(connection))) {
                statement.setString(1, AsciiColumns.hash(key));
                try (ResultSet result = statement.executeQuery()) {
                    result.next();
                    Instant time = LedgerDatabase.time(result);
                    return new Reading(result.getString("state") == null ? null : LedgerStatements.row(result), time);
                }
            }
        });
    }

    @Override
    public boolean compareAndSet(LedgerRow expected, LedgerRow next) {
        return database.run("write to", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LedgerStatements.UPDATE_ROW)) {
                identify(statement, LedgerStatements.setRow(statement, next), expected);
                return statement.executeUpdate() == 1;
            }
        });
    }

    @Override
    public boolean removeIfEqual(LedgerRow expected) {
        return database.run("write to", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LedgerStatements.DELETE_ROW)) {
                identify(statement, 1, expected);
                return statement.executeUpdate() == 1;
            }
        });
    }

    private static void identify(PreparedStatement statement, int index, LedgerRow row) throws SQLException {
        statement.setString(index, AsciiColumns.hash(row.key()));
        statement.setString(index + 1, row.owner());
        statement.setLong(index + 2, row.revision());
    }

    @Override
    public List<LedgerRow> findByMessageId(String mailServer, String messageId) {
        return database.run("read", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LedgerStatements.SELECT_BY_MESSAGE)) {
                statement.setString(1, AsciiColumns.hash(mailServer, messageId));
                return rows(statement);
            }
        });
    }

    private static List<LedgerRow> rows(PreparedStatement statement) throws SQLException {
        List<LedgerRow> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                rows.add(LedgerStatements.row(result));
            }
        }
        return rows;
    }

    @Override
    public int expireAccepted(Duration retention) {
        long before = now().minus(retention).toEpochMilli();
        return database.run("write to", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LedgerStatements.EXPIRE_ROWS)) {
                statement.setString(1, LedgerRow.State.ACCEPTED.name());
                statement.setLong(2, before);
                return statement.executeUpdate();
            }
        });
    }

    @Override
    public long countOpen(String mailServer) {
        return database.run("read", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LedgerStatements.COUNT_OPEN)) {
                statement.setString(1, AsciiColumns.escape(mailServer));
                statement.setString(2, LedgerRow.State.ACCEPTED.name());
                try (ResultSet result = statement.executeQuery()) {
                    result.next();
                    return result.getLong(1);
                }
            }
        });
    }

    @Override
    public Optional<MailServerMark> mark(String mailServer) {
        return database.run("read", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LedgerStatements.SELECT_MARK)) {
                statement.setString(1, AsciiColumns.hash(mailServer));
                try (ResultSet result = statement.executeQuery()) {
                    return result.next() ? Optional.of(LedgerStatements.mark(result)) : Optional.empty();
                }
            }
        });
    }

    @Override
    public boolean advanceMark(@Nullable MailServerMark expected, MailServerMark next) {
        return database.run("write to", connection -> {
            String sql = expected == null ? LedgerStatements.INSERT_MARK : LedgerStatements.UPDATE_MARK;
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                int index = LedgerStatements.setMark(statement, next);
                statement.setString(index, AsciiColumns.hash(next.mailServer()));
                if (expected != null) {
                    statement.setLong(index + 1, expected.revision());
                }
                return statement.executeUpdate() == 1;
            } catch (SQLException e) {
                if (LedgerDatabase.isDuplicateKey(e)) {
                    return false;
                }
                throw e;
            }
        });
    }
}
