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
package io.github.camelpostal.examples.deliverytracker.demo;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import javax.sql.DataSource;

import org.springframework.jdbc.core.JdbcTemplate;

/** The database, as seen by an application that writes mails into it and reads what became of them. */
final class Tables {

    private static final long LOOK_AGAIN_MILLIS = 100;

    private final JdbcTemplate database;

    Tables(DataSource database) {
        this.database = new JdbcTemplate(database);
    }

    /** What your application does, in its own transaction. */
    void write(String recipients, String subject, String tag) {
        database.update("INSERT INTO outbox (recipients, subject, plain_body, tag) VALUES (?, ?, ?, ?)", recipients, subject,
                "Dear customer,\n\nsee the subject.\n", tag);
    }

    List<Map<String, Object>> rows(String query, Object... values) {
        return database.queryForList(query, values);
    }

    /** The deliveries of a tag, once they are as they should be. */
    Optional<List<Map<String, Object>>> await(String tag, Duration atMost, Predicate<List<Map<String, Object>>> asExpected)
            throws InterruptedException {
        return await(atMost, asExpected, "SELECT * FROM delivery WHERE tag = ? ORDER BY id", tag);
    }

    /** The rows, once they are as they should be. */
    Optional<List<Map<String, Object>>> await(Duration atMost, Predicate<List<Map<String, Object>>> asExpected, String query,
            Object... values) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        List<Map<String, Object>> rows = rows(query, values);
        while (!asExpected.test(rows) && System.nanoTime() < end) {
            // a database tells nobody that a row has changed
            new CountDownLatch(1).await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            rows = rows(query, values);
        }
        return asExpected.test(rows) ? Optional.of(rows) : Optional.empty();
    }
}
