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

import com.zaxxer.hikari.HikariDataSource;
import org.apache.camel.BindToRegistry;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.PropertyInject;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** What the routes find in the registry: the pool, its transactions, and Camel's repository of completed mails. */
public final class Database implements CamelConfiguration {

    /** For {@code transacted()}: one database transaction around the steps that follow. */
    static final String ONE_TRANSACTION = "oneTransaction";

    // maxInFlight mails, the queue and the outbox, and a few to spare
    private static final int CONNECTIONS = 24;

    private HikariDataSource pool;

    @PropertyInject("inbox.jdbc-url")
    String url;
    @PropertyInject("inbox.jdbc-user")
    String user;
    @PropertyInject(value = "inbox.jdbc-password", defaultValue = "")
    String password;

    @BindToRegistry(value = "dataSource", destroyMethod = "close")
    public HikariDataSource dataSource() {
        if (pool == null) {
            pool = new HikariDataSource();
            pool.setJdbcUrl(url);
            pool.setUsername(user);
            pool.setPassword(password);
            pool.setMaximumPoolSize(CONNECTIONS);
            new ResourceDatabasePopulator(new ClassPathResource("schema.sql")).execute(pool);
        }
        return pool;
    }

    @BindToRegistry(ONE_TRANSACTION)
    public SpringTransactionPolicy oneTransaction() {
        return new SpringTransactionPolicy(new DataSourceTransactionManager(dataSource()));
    }

    /** For the consumer, which asks it before the route and tells it when the route is done, never the other way round. */
    @BindToRegistry("completed")
    public JdbcMessageIdRepository completed() {
        JdbcMessageIdRepository repository = new JdbcMessageIdRepository(dataSource(), "inbox");
        repository.setCreateTableIfNotExists(false); // schema.sql has it
        return repository;
    }

    /** For the producer, which counts automatic replies in it. */
    @BindToRegistry("replies")
    public JdbcMessageIdRepository replies() {
        JdbcMessageIdRepository repository = new JdbcMessageIdRepository(dataSource(), "replies");
        repository.setCreateTableIfNotExists(false);
        return repository;
    }
}
