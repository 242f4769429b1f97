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
package io.github.camelpostal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.CountDownLatch;

import javax.sql.DataSource;

import io.github.camelpostal.ledger.LedgerRow.State;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/** What a ledger in a database promises besides; one subclass for each kind of database. */
abstract class JdbcSendLedgerTest extends SendLedgerProtocolTest {

    private JdbcSendLedger ledger;

    abstract DataSource dataSource();

    @BeforeAll
    void start() {
        ledger = new JdbcSendLedger(dataSource());
        ledger.setTimeout(Duration.ofMinutes(1));
        ledger.setCreateTables(true);
        ledger.start();
    }

    @AfterAll
    void stop() {
        ledger.shutdown();
    }

    @Override
    PostalSendLedger ledger() {
        return ledger;
    }

    @Test
    void createsTheTablesOnlyIfTheyAreMissing() {
        LedgerRow row = claim("kept");
        ledger.putIfAbsent(row);
        JdbcSendLedger again = new JdbcSendLedger(dataSource());
        again.setCreateTables(true);
        again.start();
        assertThat(again.get("kept")).contains(row);
        again.shutdown();
    }

    /** One bean and two Camel contexts, or one that is started anew: the end of the first is not that of the ledger. */
    @Test
    void aLedgerOutlivesTheContextThatUsedItFirst() {
        JdbcSendLedger shared = new JdbcSendLedger(dataSource());
        shared.start();
        LedgerRow row = claim("outlives");
        shared.putIfAbsent(row);
        shared.shutdown();
        assertThat(shared.get("outlives")).as("another context goes on").contains(row);
        shared.setCreateTables(true);
        shared.start();
        assertThat(shared.get("outlives")).as("started anew").contains(row);
        shared.shutdown();
    }

    @Test
    void aTransactionThatIsRolledBackLeavesTheClaim() {
        DataSource bound = new TransactionAwareDataSourceProxy(dataSource());
        JdbcSendLedger inRoute = new JdbcSendLedger(bound);
        LedgerRow row = claim("claimed in a transaction");
        new TransactionTemplate(new DataSourceTransactionManager(dataSource())).executeWithoutResult(transaction -> {
            inRoute.putIfAbsent(row);
            inRoute.compareAndSet(row, row.calling(row.claimed(), row.leaseEnd()));
            transaction.setRollbackOnly();
        });
        assertThat(ledger.get(row.key()).orElseThrow().calls()).isEqualTo(1);
        inRoute.shutdown();
    }

    @Test
    void anAbsentDatabaseIsReportedWithoutWhatWasWritten() {
        JdbcSendLedger broken = new JdbcSendLedger(source(() -> {
            throw new SQLException("no route to secret@example.com", "08001");
        }));
        assertThatThrownBy(() -> broken.putIfAbsent(claim("x"))).isInstanceOf(LedgerUnavailableException.class)
                .hasMessageContaining("08001").hasMessageNotContaining("secret");
        broken.shutdown();
    }

    @Test
    void aDatabaseThatSaysNothingIsNotWaitedForLonger() {
        JdbcSendLedger mute = new JdbcSendLedger(source(() -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new SQLException(e);
            }
            throw new SQLException();
        }));
        mute.setTimeout(Duration.ofMillis(50));
        assertThatThrownBy(() -> mute.get("x")).isInstanceOf(LedgerUnavailableException.class);
        mute.shutdown();
    }

    /** Pools and frameworks often switch autocommit off. */
    @Test
    void aClaimIsWrittenAlsoIfConnectionsDoNotCommitByThemselves() {
        JdbcSendLedger unaware = new JdbcSendLedger(source(() -> {
            Connection connection = dataSource().getConnection();
            connection.setAutoCommit(false);
            return connection;
        }));
        LedgerRow row = claim("without autocommit");
        assertThat(unaware.putIfAbsent(row)).isEmpty();
        LedgerRow calling = row.calling(row.claimed(), row.leaseEnd());
        assertThat(unaware.compareAndSet(row, calling)).isTrue();
        assertThat(ledger.look(row.key()).row()).isEqualTo(calling);
        unaware.shutdown();
    }

    @Test
    void aNodeWhoseLeaseHasExpiredByTheDatabasesTimeIsFencedOff() {
        JdbcSendLedger stopped = new JdbcSendLedger(dataSource());
        JdbcSendLedger next = new JdbcSendLedger(dataSource());
        Instant time = Instant.ofEpochMilli(stopped.now().toEpochMilli());
        LedgerRow claim = claim("lease").calling(time, time.plusMillis(300));
        assertThat(stopped.putIfAbsent(claim)).isEmpty();

        PostalSendLedger.Reading expired = await().until(() -> next.look(claim.key()),
                reading -> reading.time().isAfter(claim.leaseEnd()));
        LedgerRow taken = expired.row().takenOver("the next node", expired.time());
        assertThat(next.compareAndSet(expired.row(), taken)).isTrue();

        assertThat(stopped.compareAndSet(claim, claim.uncertain(time))).as("what the stopped node did").isFalse();
        assertThat(stopped.removeIfEqual(claim)).as("what the stopped node did").isFalse();
        assertThat(stopped.look(claim.key()).row()).returns("the next node", LedgerRow::owner);
        stopped.shutdown();
        next.shutdown();
    }

    @Test
    void timeDoesNotDependOnTheTimeZoneOfAnyNode() {
        TimeZone before = TimeZone.getDefault();
        try {
            Instant here = ledger.now();
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
            assertThat(ledger.now()).isBetween(here, here.plusSeconds(600));
            assertThat(ledger.look("no such key").time()).isBetween(here, here.plusSeconds(600));
        } finally {
            TimeZone.setDefault(before);
        }
    }

    private LedgerRow claim(String key) {
        Instant now = Instant.ofEpochMilli(ledger.now().toEpochMilli());
        return new LedgerRow(key, "server", "1:a", key, false, List.of("a@example.com"), List.of(), State.CLAIMED, "o", 0, now,
                now,
                0, null, null, Map.of(), now);
    }

    private interface Source {
        Connection get() throws SQLException;
    }

    private static DataSource source(Source source) {
        return (DataSource) Proxy.newProxyInstance(DataSource.class.getClassLoader(), new Class<?>[]{DataSource.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getConnection" -> source.get();
                    case "getLogWriter" -> new PrintWriter(System.err);
                    default -> null;
                });
    }
}
