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
import java.sql.SQLIntegrityConstraintViolationException;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** Statements on one connection, whose parameters may be null and instants; these become milliseconds since 1970. */
record SqlStatements(Connection connection) {

    long count(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement select = prepare(sql, values); ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    int update(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement update = prepare(sql, values)) {
            return update.executeUpdate();
        }
    }

    /** Does nothing if the row is there already: another node or thread was faster. */
    void insertOrIgnore(String sql, @Nullable Object... values) throws SQLException {
        try {
            update(sql, values);
        } catch (SQLIntegrityConstraintViolationException e) {
            return;
        } catch (SQLException e) {
            // PostgreSQL's driver throws no subclass
            if (e.getSQLState() == null || !e.getSQLState().startsWith("23")) {
                throw e;
            }
        }
    }

    PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof Instant time) {
                statement.setLong(i + 1, time.toEpochMilli());
            } else if (values[i] == null) {
                statement.setNull(i + 1, java.sql.Types.BIGINT);
            } else {
                statement.setObject(i + 1, values[i]);
            }
        }
        return statement;
    }
}
