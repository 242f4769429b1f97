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
package io.github.camelpostal.examples.kafkatomail;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.camelpostal.ledger.InMemorySendLedger;
import io.github.camelpostal.ledger.JdbcSendLedger;
import io.github.camelpostal.ledger.PostalSendLedger;
import io.github.camelpostal.suppression.InMemorySuppressionList;
import io.github.camelpostal.suppression.JdbcSuppressionList;
import io.github.camelpostal.suppression.PostalSuppressionList;
import org.apache.camel.BindToRegistry;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.PropertyInject;

/**
 * Which records were sent, and whom not to write to: in the database that all processes share, or, without one, in memory.
 */
public class SharedLists implements CamelConfiguration {

    private HikariDataSource database;

    @BindToRegistry(value = "ledger", lazy = true)
    public PostalSendLedger ledger(@PropertyInject(value = "kafka-to-mail.database", defaultValue = "memory") String url) {
        if (url.equals("memory")) {
            return new InMemorySendLedger();
        }
        JdbcSendLedger ledger = new JdbcSendLedger(database(url));
        ledger.setCreateTables(true);
        return ledger;
    }

    @BindToRegistry(value = "suppressions", lazy = true)
    public PostalSuppressionList suppressions(
            @PropertyInject(value = "kafka-to-mail.database", defaultValue = "memory") String url) {
        if (url.equals("memory")) {
            return new InMemorySuppressionList();
        }
        JdbcSuppressionList suppressions = new JdbcSuppressionList(database(url));
        suppressions.createTables();
        return suppressions;
    }

    private synchronized HikariDataSource database(String url) {
        if (database == null) {
            HikariConfig pool = new HikariConfig();
            pool.setJdbcUrl(url);
            database = new HikariDataSource(pool);
        }
        return database;
    }
}
