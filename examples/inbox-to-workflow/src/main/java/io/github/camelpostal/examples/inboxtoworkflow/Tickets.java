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
package io.github.camelpostal.examples.inboxtoworkflow;

import java.util.Optional;

import javax.sql.DataSource;

import io.github.camelpostal.PostalConstants;
import org.apache.camel.Header;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tickets, in SQL. Takes part in the transaction of the route. */
final class Tickets {

    private final JdbcClient database;

    Tickets(DataSource database) {
        this.database = JdbcClient.create(database);
    }

    /**
     * Files a mail that is in the database already.
     *
     * @param  conversation the ticket whose reply this mail replies to, verified; null when it replies to none
     * @return              the name of the ticket: that one, or a new one
     */
    String file(@Header(PostalConstants.DEDUP_KEY) String dedupKey,
            @Header(PostalConstants.CONVERSATION_ID) String conversation) {
        String ticket = existing(conversation).orElseGet(() -> open(dedupKey));
        database.sql("update mail set ticket = ? where dedup_key = ?").params(ticket, dedupKey).update();
        return ticket;
    }

    private Optional<String> existing(String conversation) {
        return database.sql("select name from ticket where name = ?").param(conversation).query(String.class).optional();
    }

    private String open(String dedupKey) {
        String name = Reference.of(dedupKey);
        database.sql("insert into ticket (name, opened_by) values (?, ?)").params(name, dedupKey).update();
        return name;
    }
}
