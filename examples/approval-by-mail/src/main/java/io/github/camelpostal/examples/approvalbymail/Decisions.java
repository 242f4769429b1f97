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
package io.github.camelpostal.examples.approvalbymail;

import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/** The first answer to each request: the one place where it is settled which one that is. */
final class Decisions {

    private static final RowMapper<Decision> ROW = new DataClassRowMapper<>(Decision.class);

    private final JdbcTemplate database;

    private Decisions(DataSource database) {
        this.database = new JdbcTemplate(database);
    }

    static Decisions of(CamelContext context) {
        return new Decisions(context.getRegistry().lookupByNameAndType("database", DataSource.class));
    }

    /** A row of the table. */
    record Decision(String request, String result, String decidedBy, String answer) {
    }

    /** The decision that stands now: this answer's, or an earlier one. */
    Decision decide(Decision answer) {
        try {
            database.update("INSERT INTO decision (request, result, decided_by, answer) VALUES (?, ?, ?, ?)", answer.request(),
                    answer.result(), answer.decidedBy(), answer.answer());
            return answer;
        } catch (DuplicateKeyException decidedBefore) {
            return find(answer.request()).orElseThrow();
        }
    }

    Optional<Decision> find(String request) {
        return database.query("SELECT request, result, decided_by, answer FROM decision WHERE request = ?",
                ROW, request).stream().findFirst();
    }

    /** Decisions whose requests wait all the same. */
    List<Decision> interrupted() {
        return database.query(
                "SELECT d.request, d.result, d.decided_by, d.answer FROM decision d JOIN approval a ON a.id = d.request",
                ROW);
    }

    /** Whether the request of an exchange has no decision yet. */
    boolean isOpen(Exchange exchange) {
        return find(exchange.getMessage().getHeader(Answer.REQUEST, String.class)).isEmpty();
    }
}
