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
package io.github.camelpostal.internal.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.sql.DataSource;

import io.github.camelpostal.internal.jdbc.DatabaseThreads;
import io.github.camelpostal.internal.jdbc.SqlStates;
import io.github.camelpostal.ledger.JdbcSendLedger;
import io.github.camelpostal.ledger.LedgerUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * The database of a JDBC ledger: runs one operation at a time on a thread of its own, with autocommit and a time limit.
 */
public final class LedgerDatabase {

    /** One operation on a connection. */
    @FunctionalInterface
    public interface Operation<T> {
        T on(Connection connection) throws SQLException;
    }

    private final DataSource dataSource;
    private final DatabaseThreads threads = new DatabaseThreads("postal-send-ledger");
    private volatile Duration timeout = Duration.ofSeconds(10);
    // both depend on the kind of database, which the first connection tells
    private volatile @Nullable String timeQuery;
    private volatile @Nullable String lookStatement;

    public LedgerDatabase(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    public void setTimeout(Duration timeout) {
        this.timeout = timeout;
    }

    /** Waits for what is running, at most for its time limit. A further operation opens it again. */
    public void close() {
        threads.close(timeout);
    }

    /** Runs the operation. What it was to do, as {@code "read"} or {@code "write to"}, completes the exception's text. */
    public <T> T run(String purpose, Operation<T> operation) {
        if (Thread.currentThread().isInterrupted()) {
            // of a context that stops: it would open a database again whose owner has closed it
            throw unavailable(purpose, new InterruptedException());
        }
        Future<T> result;
        try {
            result = threads.submit(() -> withConnection(operation));
        } catch (RuntimeException e) {
            throw unavailable(purpose, e);
        }
        try {
            return result.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw unavailable(purpose, e.getCause());
        } catch (TimeoutException e) {
            result.cancel(true);
            throw unavailable(purpose, e);
        } catch (InterruptedException e) {
            result.cancel(true);
            Thread.currentThread().interrupt();
            throw unavailable(purpose, e);
        }
    }

    private static LedgerUnavailableException unavailable(String purpose, @Nullable Throwable cause) {
        // the driver's text stays out: it quotes values, and a value may be an address
        return new LedgerUnavailableException("Cannot " + purpose + " the send ledger's database: "
                + (cause instanceof SQLException sql
                        ? "SQL state " + sql.getSQLState() + (SqlStates.isMissingTable(sql)
                                ? ", its tables are missing; setCreateTables(true) creates them"
                                : "")
                        : cause == null ? "unknown" : cause.getClass().getSimpleName()),
                cause);
    }

    private <T> T withConnection(Operation<T> operation) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            if (!connection.getAutoCommit()) {
                connection.setAutoCommit(true);
            }
            for (int attempt = 1;; attempt++) {
                try {
                    return operation.on(connection);
                } catch (SQLException e) {
                    // class 40: rolled back by the database for the sake of a concurrent statement, so nothing happened
                    if (attempt == 5 || e.getSQLState() == null || !e.getSQLState().startsWith("40")) {
                        throw e;
                    }
                }
            }
        }
    }

    /** The database's time, read as a number: a timestamp would be shifted by the time zones of session and driver. */
    public Instant now(Connection connection) throws SQLException {
        String query = timeQuery;
        if (query == null) {
            query = "SELECT " + time(connection) + " AS ledger_time";
            timeQuery = query;
        }
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(query)) {
            result.next();
            return time(result);
        }
    }

    /** Reads a key's row and the time in one statement. */
    public String lookStatement(Connection connection) throws SQLException {
        String statement = lookStatement;
        if (statement == null) {
            statement = LedgerStatements.SELECT_ROW_AND.formatted(time(connection));
            lookStatement = statement;
        }
        return statement;
    }

    private static String time(Connection connection) throws SQLException {
        return isMariaDb(kind(connection))
                ? "TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', UTC_TIMESTAMP(6)) / 1000"
                : "EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000";
    }

    public static Instant time(ResultSet result) throws SQLException {
        return Instant.ofEpochMilli(result.getBigDecimal("ledger_time").longValue());
    }

    public void createTables() {
        run("create the tables of", connection -> {
            String kind = kind(connection);
            for (String command : ddl(isMariaDb(kind) ? "mariadb" : kind).replaceAll("(?m)^--.*$", "").split(";")) {
                if (!command.isBlank()) {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute(command);
                    }
                }
            }
            return true;
        });
    }

    public static String ddl(String kind) {
        String name = "postal-send-ledger-" + kind + ".sql";
        try (InputStream resource = JdbcSendLedger.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalArgumentException("There is no " + name + ": create the tables yourself, after the example of "
                        + "postal-send-ledger-postgresql.sql");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SQL state class 23, integrity constraint: the tables have no other constraint that a complete row can violate. */
    public static boolean isDuplicateKey(SQLException e) {
        return e instanceof SQLIntegrityConstraintViolationException
                || e.getSQLState() != null && e.getSQLState().startsWith("23");
    }

    private static String kind(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT).replace(" ", "");
    }

    private static boolean isMariaDb(String kind) {
        return kind.equals("mariadb") || kind.equals("mysql");
    }
}
