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
package io.github.camelpostal.internal.jdbc;

import java.sql.SQLException;

/** What the SQL states of H2, PostgreSQL and MariaDB say. */
public final class SqlStates {

    private SqlStates() {
    }

    /** Whether a table is missing. */
    public static boolean isMissingTable(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && (state.startsWith("42S0") || state.equals("42P01"));
    }
}
