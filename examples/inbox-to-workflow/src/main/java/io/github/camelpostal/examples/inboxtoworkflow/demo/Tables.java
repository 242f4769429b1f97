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
package io.github.camelpostal.examples.inboxtoworkflow.demo;

import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables, as seen by somebody who wants to know what became of a mail. */
final class Tables {

    private final JdbcClient database;

    Tables(DataSource database) {
        this.database = JdbcClient.create(database);
    }

    /** The one row of a query; the columns by name, in any case. Empty when there is none, or more than one. */
    Map<String, Object> row(String sql, Object... parameters) {
        List<Map<String, Object>> rows = rows(sql, parameters);
        return rows.size() == 1 ? rows.get(0) : Map.of();
    }

    List<Map<String, Object>> rows(String sql, Object... parameters) {
        return database.sql(sql).params(parameters).query().listOfRows();
    }
}
