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
package io.github.camelpostal.sendonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.ledger.JdbcSendLedger;
import io.github.camelpostal.ledger.PostalSendLedger;
import io.github.camelpostal.suppression.JdbcSuppressionList;
import io.github.camelpostal.suppression.RecipientEvent;
import io.github.camelpostal.suppression.SuppressionEntry;
import io.github.camelpostal.suppression.SuppressionReason;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.camel.spi.TransactedPolicy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/** A route whose transaction is rolled back after the call must not take the claim with it. */
class TransactedRouteTest extends SendOnceTestSupport {

    private final JdbcConnectionPool pool = JdbcConnectionPool
            .create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    private final DataSource source = new TransactionAwareDataSourceProxy(pool);
    private final AtomicInteger failures = new AtomicInteger();

    @Override
    PostalSendLedger ledger() {
        JdbcSendLedger made = new JdbcSendLedger(source);
        made.setCreateTables(true);
        return made;
    }

    @AfterEach
    void closePool() {
        pool.dispose();
    }

    @Test
    void theClaimStaysWhenTheRouteIsRolledBack() throws Exception {
        TransactionTemplate transactions = new TransactionTemplate(new DataSourceTransactionManager(pool));
        camel.getRegistry().bind("required", inTransaction(transactions));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:orders").transacted("required")
                        .process(exchange -> order())
                        .to(SEND)
                        .process(exchange -> {
                            if (failures.getAndIncrement() == 0) {
                                throw new IllegalStateException("after the call");
                            }
                        });
            }
        });
        try (var connection = pool.getConnection()) {
            connection.createStatement().execute("CREATE TABLE orders (id INT)");
        }
        Map<String, Object> headers = Map.of(PostalConstants.IDEMPOTENCY_KEY, "order-1", PostalConstants.TO, List.of(A));
        assertThatThrownBy(() -> template.requestBodyAndHeaders("direct:orders", "x", headers)).rootCause()
                .hasMessage("after the call");
        assertEachStoredOnce(A);
        assertThat(orders()).as("the route's own work is rolled back").isZero();

        template.requestBodyAndHeaders("direct:orders", "x", headers);
        assertThat(orders()).isEqualTo(1);
        assertEachStoredOnce(A);
        await().during(Duration.ofMillis(200)).until(() -> rows(A).size() == 1);
    }

    /** Switching autocommit on for the question would commit the caller's work. */
    @Test
    void askingTheSuppressionListLeavesTheRoutesTransactionAlone() throws Exception {
        JdbcSuppressionList list = new JdbcSuppressionList(source);
        list.createTables();
        list.add(new SuppressionEntry(B, null, SuppressionReason.MANUAL, Instant.now(), null));
        camel.getRegistry().bind("list", list);
        camel.getRegistry().bind("required", inTransaction(new TransactionTemplate(new DataSourceTransactionManager(pool))));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:orders").transacted("required").process(exchange -> order())
                        .to("postal:send?from=sales@acme.example&suppressionList=#list")
                        .process(exchange -> list.record(new RecipientEvent.Unsubscription(A, null, Instant.now())))
                        .throwException(new IllegalStateException("after the call"));
            }
        });
        try (var connection = pool.getConnection()) {
            connection.createStatement().execute("CREATE TABLE orders (id INT)");
        }

        assertThatThrownBy(
                () -> template.requestBodyAndHeaders("direct:orders", "x", Map.of(PostalConstants.TO, List.of(A, B))))
                .rootCause().hasMessage("after the call");
        assertThat(orders()).as("the route's own work is rolled back").isZero();
        assertThat(rows(A)).hasSize(1);
        assertThat(rows(B)).isEmpty();
        assertThat(list.find(List.of(A), null)).as("what happened to a recipient stays true").hasSize(1);
    }

    /** Postal would deliver the mail again for a day, and each time a reply would go out. */
    @Test
    void anAutomaticReplyCountsThoughTheRouteIsRolledBack() throws Exception {
        JdbcMessageIdRepository replies = new JdbcMessageIdRepository(pool, "replies");
        camel.getRegistry().bind("replies", replies);
        camel.addService(replies);
        camel.getRegistry().bind("required", inTransaction(new TransactionTemplate(new DataSourceTransactionManager(pool))));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:mails").transacted("required")
                        .to("postal:send?from=sales@acme.example&autoReplyRepository=#replies")
                        .throwException(new IllegalStateException("after the reply"));
            }
        });
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> template.requestBodyAndHeaders("direct:mails", "x",
                    Map.of(PostalConstants.TO, A, PostalConstants.AUTO_REPLY, true))).rootCause().hasMessage("after the reply");
        }
        assertThat(rows(A)).hasSize(1);
    }

    private void order() throws SQLException {
        Connection connection = DataSourceUtils.getConnection(pool);
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO orders VALUES (1)");
        }
        DataSourceUtils.releaseConnection(connection, pool);
    }

    private int orders() throws Exception {
        try (var connection = pool.getConnection();
                var result = connection.createStatement().executeQuery("SELECT COUNT(*) FROM orders")) {
            result.next();
            return result.getInt(1);
        }
    }

    private static TransactedPolicy inTransaction(TransactionTemplate transactions) {
        return new TransactedPolicy() {
            @Override
            public void beforeWrap(Route route, NamedNode definition) {
                // nothing
            }

            @Override
            public Processor wrap(Route route, Processor processor) {
                return new DelegateAsyncProcessor(processor) {
                    @Override
                    public boolean process(Exchange exchange, AsyncCallback callback) {
                        transactions.executeWithoutResult(status -> {
                            try {
                                getProcessor().process(exchange);
                            } catch (Exception e) {
                                exchange.setException(e);
                            }
                            if (exchange.getException() != null) {
                                status.setRollbackOnly();
                            }
                        });
                        callback.done(true);
                        return true;
                    }
                };
            }
        };
    }
}
