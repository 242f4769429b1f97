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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/** Creates the tables of a suppression list where they are missing. */
final class SuppressionSchema {

    private final Connection connection;

    SuppressionSchema(Connection connection) {
        this.connection = connection;
    }

    void create() throws SQLException {
        boolean mysql = connection.getMetaData().getDatabaseProductName().matches("(?i).*(mysql|mariadb).*");
        // tokens, streams and local parts differ by case
        String end = mysql ? " character set utf8mb4 collate utf8mb4_bin" : "";
        for (String ddl : List.of(
                "create table postal_suppression (address varchar(320) not null, stream varchar(190) not null,"
                        + " reason varchar(20) not null, source varchar(4) not null, since_ms bigint not null,"
                        + " expires_ms bigint, primary key (address, stream, reason, source))" + end,
                "create table postal_suppression_address (address varchar(320) not null primary key,"
                        + " delivered_ms bigint, changes bigint not null)" + end,
                "create table postal_suppression_removal (address varchar(320) not null, stream varchar(190) not null,"
                        + " removed_ms bigint not null, primary key (address, stream))" + end,
                "create table postal_suppression_result (address varchar(320) not null, message varchar(190) not null,"
                        + " kind varchar(10) not null, domain varchar(255) not null, reason varchar(20) not null,"
                        + " time_ms bigint not null, candidate smallint not null, braked smallint,"
                        + " primary key (address, message, kind))" + end)) {
            String table = ddl.split(" ")[2];
            if (!exists(table) && isMade(table, ddl) && table.endsWith("_result")) {
                execute("create index postal_suppression_domain on postal_suppression_result (domain, time_ms)");
                execute("create index postal_suppression_time on postal_suppression_result (time_ms)");
            }
        }
    }

    /** False if another node, which started at the same time, was faster: it makes the indexes, too. */
    private boolean isMade(String table, String ddl) throws SQLException {
        try {
            execute(ddl);
            return true;
        } catch (SQLException e) {
            if (exists(table)) {
                return false;
            }
            throw e;
        }
    }

    private boolean exists(String table) throws SQLException {
        for (String name : List.of(table, table.toUpperCase(Locale.ROOT))) {
            try (ResultSet found = connection.getMetaData().getTables(connection.getCatalog(), connection.getSchema(), name,
                    null)) {
                if (found.next()) {
                    return true;
                }
            }
        }
        return false;
    }

    private void execute(String ddl) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(ddl);
        }
    }
}
