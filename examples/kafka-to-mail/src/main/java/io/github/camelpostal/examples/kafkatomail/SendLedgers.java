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
import org.apache.camel.BindToRegistry;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.PropertyInject;

/** Where it is written down which records were sent: in the database that all processes share, or, without one, in memory. */
public class SendLedgers implements CamelConfiguration {

    @BindToRegistry(value = "ledger", lazy = true)
    public PostalSendLedger ledger(@PropertyInject(value = "kafka-to-mail.ledger", defaultValue = "memory") String url) {
        if (url.equals("memory")) {
            return new InMemorySendLedger();
        }
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(url);
        JdbcSendLedger ledger = new JdbcSendLedger(new HikariDataSource(pool));
        ledger.setCreateTables(true);
        return ledger;
    }
}
