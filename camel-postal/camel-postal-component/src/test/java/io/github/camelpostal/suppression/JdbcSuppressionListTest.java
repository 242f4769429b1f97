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
package io.github.camelpostal.suppression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import io.github.camelpostal.payload.FailureReason.Category;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The list in a database keeps the promises; a test with another database says which data source. */
class JdbcSuppressionListTest extends SuppressionListChecks {

    private DataSource dataSource;

    /** An empty database. */
    DataSource dataSource() throws Exception {
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:suppression;DB_CLOSE_DELAY=-1", "sa", "");
        try (Connection connection = pool.getConnection(); Statement drop = connection.createStatement()) {
            drop.execute("drop all objects");
        }
        return pool;
    }

    @Override
    PostalSuppressionList list(Clock clock, Duration lateness) throws Exception {
        close();
        dataSource = dataSource();
        JdbcSuppressionList list = new JdbcSuppressionList(dataSource, clock, lateness);
        list.createTables();
        // a second start finds them
        list.createTables();
        return list;
    }

    @AfterEach
    void close() {
        if (dataSource instanceof JdbcConnectionPool pool) {
            pool.dispose();
        }
    }

    @Override
    int moreHistories() {
        return 3;
    }

    @Test
    void nodesThatStartAtOnceMakeTheTablesTogether() throws Exception {
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 20; round++) {
                close();
                dataSource = dataSource();
                CyclicBarrier start = new CyclicBarrier(4);
                List<Future<?>> done = new ArrayList<>();
                for (int node = 0; node < 4; node++) {
                    done.add(nodes.submit(() -> {
                        start.await();
                        new JdbcSuppressionList(dataSource).createTables();
                        return null;
                    }));
                }
                for (Future<?> one : done) {
                    one.get(2, TimeUnit.MINUTES);
                }
                assertThat(new JdbcSuppressionList(dataSource).size()).isZero();
            }
        } finally {
            nodes.shutdownNow();
        }
    }

    @Test
    void twoNodesThatHearOfOneDomainAtOnceBrakeTogether() throws Exception {
        PostalSuppressionList other = new JdbcSuppressionList(dataSource, clock(), Duration.ofHours(24));
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                int number = i;
                done.add(nodes.submit(() -> (number % 2 == 0 ? other : current()).record(Rules.failure("user" + number
                        + "@example.com", "m" + number, START.plusSeconds(number), Category.UNKNOWN_USER))));
            }
            for (Future<?> one : done) {
                one.get(2, TimeUnit.MINUTES);
            }
        } finally {
            nodes.shutdownNow();
        }
        assertThat(current().size()).isEqualTo(20);
    }

    @Test
    void aPoolGetsItsConnectionBackAsItWas() throws Exception {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            PostalSuppressionList pooled = new JdbcSuppressionList(always(connection));
            pooled.add(new SuppressionEntry("jane@example.com", null, SuppressionReason.MANUAL, START, null));
            assertThat(pooled.find(List.of("jane@example.com"), null)).containsOnlyKeys("jane@example.com");
            assertThat(connection.getAutoCommit()).isFalse();
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            connection.rollback();
        }
        assertThat(current().find(List.of("jane@example.com"), null)).containsOnlyKeys("jane@example.com");
    }

    private static DataSource always(Connection connection) {
        Connection open = (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(),
                new Class<?>[]{Connection.class},
                (proxy, method, arguments) -> method.getName().equals("close") ? null : method.invoke(connection, arguments));
        return (DataSource) Proxy.newProxyInstance(DataSource.class.getClassLoader(), new Class<?>[]{DataSource.class},
                (proxy, method, arguments) -> open);
    }

    @Test
    void aDatabaseWithoutItsTablesSaysWhatCreatesThem() throws Exception {
        try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("DROP ALL OBJECTS");
        }
        assertThatThrownBy(() -> current().find(List.of("jane@example.com"), null))
                .isInstanceOf(SuppressionListException.class).hasMessageContaining("createTables()");
    }

    @Test
    void aDatabaseThatIsAwaySaysSo() {
        PostalSuppressionList away = new JdbcSuppressionList((DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[]{DataSource.class}, (proxy, method, arguments) -> {
                    throw new SQLException("refused by jane@example.com", "08001");
                }));
        assertThatThrownBy(() -> away.find(List.of("jane@example.com"), null))
                .isInstanceOf(SuppressionListException.class).hasMessageContaining("08001").hasMessageNotContaining("jane");
        assertThatThrownBy(() -> away.record(Rules.failure("jane@example.com", "m", START, Category.UNKNOWN_USER)))
                .isInstanceOf(SuppressionListException.class);
    }
}
