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

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;

/**
 * An empty database that lasts as long as the tests: H2 in memory, or a new schema of the database in the system property
 * {@code tracker.test.database}, such as {@code jdbc:postgresql://127.0.0.1:5432/test?user=sa}.
 */
final class TestDatabase {

    private static final String OTHER = System.getProperty("tracker.test.database", "");

    private TestDatabase() {
    }

    static String empty() {
        String name = "t" + UUID.randomUUID().toString().replace("-", "");
        if (OTHER.isEmpty()) {
            return "jdbc:h2:mem:" + name + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1";
        }
        try (Connection connection = DriverManager.getConnection(OTHER)) {
            connection.createStatement().execute("CREATE SCHEMA " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("No schema in " + OTHER, e);
        }
        return OTHER + "&currentSchema=" + name;
    }
}
