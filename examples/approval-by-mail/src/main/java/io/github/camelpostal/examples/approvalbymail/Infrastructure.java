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

import javax.sql.DataSource;

import io.github.camelpostal.ledger.JdbcSendLedger;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.BindToRegistry;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.PropertyInject;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.processor.aggregate.jdbc.JdbcAggregationRepository;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.init.DatabasePopulatorUtils;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jms.connection.CachingConnectionFactory;
import org.springframework.jms.connection.JmsTransactionManager;

/** How the routes reach the broker and the database. */
public class Infrastructure implements CamelConfiguration {

    /** Requests: one leaves its queue when it waits in the database and its mail is with Postal. */
    @BindToRegistry(value = "jms", lazy = true)
    public JmsComponent jms(CamelContext context, @PropertyInject("approval.broker") String url) {
        CachingConnectionFactory connections = connections(url);
        connections.setCacheConsumers(false);
        JmsComponent jms = JmsComponent.jmsComponentTransacted(connections, new JmsTransactionManager(connections));
        jms.setCamelContext(context);
        jms.setReceiveTimeout(500);
        return jms;
    }

    /**
     * Results: outside of any transaction, because a result is sent again after a crash, and the broker drops what it has: in a
     * transaction it would refuse the whole of it.
     */
    @BindToRegistry(value = "results", lazy = true)
    public JmsComponent results(CamelContext context, @PropertyInject("approval.broker") String url) {
        JmsComponent results = JmsComponent.jmsComponent(connections(url));
        results.setCamelContext(context);
        return results;
    }

    private static CachingConnectionFactory connections(String url) {
        CachingConnectionFactory connections = new CachingConnectionFactory(new ActiveMQConnectionFactory(url));
        connections.setReconnectOnException(true);
        return connections;
    }

    @BindToRegistry("database")
    public DataSource database(@PropertyInject("approval.database") String url) {
        JdbcConnectionPool database = JdbcConnectionPool.create(url, "sa", "");
        database.setMaxConnections(20); // the ledger takes its own for each mail that is sent
        DatabasePopulatorUtils.execute(new ResourceDatabasePopulator(new ClassPathResource("schema.sql")), database);
        return database;
    }

    /** Remembers which mails have gone out, over a crash too. */
    @BindToRegistry("ledger")
    public JdbcSendLedger ledger(CamelContext context, @PropertyInject("approval.database") String url) {
        JdbcSendLedger ledger = new JdbcSendLedger(
                context.getRegistry().lookupByNameAndType("database", DataSource.class));
        ledger.setCreateTables(true);
        return ledger;
    }

    /** Keeps what waits, and what has its answer until the broker has the result. */
    @BindToRegistry("waiting")
    public JdbcAggregationRepository waiting(@PropertyInject("approval.database") String url, CamelContext context) {
        DataSource database = context.getRegistry().lookupByNameAndType("database", DataSource.class);
        JdbcAggregationRepository waiting = new JdbcAggregationRepository(new DataSourceTransactionManager(database),
                "approval",
                database);
        waiting.setUseRecovery(true);
        waiting.setRecoveryInterval(30_000);
        return waiting;
    }
}
