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
package io.github.camelpostal.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import io.github.camelpostal.ledger.LedgerUnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the ledger makes of a database that rolls back, takes long, or fails. */
class LedgerDatabaseTest {

    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final LedgerDatabase database = new LedgerDatabase(dataSource());

    private DataSource dataSource() {
        Connection connection = (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(),
                new Class<?>[]{Connection.class}, (proxy, method, arguments) -> {
                    closed.addAndGet(method.getName().equals("close") ? 1 : 0);
                    return method.getName().equals("getAutoCommit") ? true : null;
                });
        return (DataSource) Proxy.newProxyInstance(DataSource.class.getClassLoader(), new Class<?>[]{DataSource.class},
                (proxy, method, arguments) -> {
                    opened.incrementAndGet();
                    return connection;
                });
    }

    @AfterEach
    void everyConnectionIsGivenBack() {
        database.close();
        await().atMost(Duration.ofMinutes(1)).until(() -> closed.get() == opened.get());
    }

    /** As databases do with one of two transactions that meet. */
    @Test
    void whatTheDatabaseHasRolledBackIsTriedAgain() {
        AtomicInteger attempts = new AtomicInteger();

        String result = database.run("write to", connection -> {
            if (attempts.incrementAndGet() < 5) {
                throw new SQLException("deadlock", "40001");
            }
            return "written";
        });

        assertThat(result).isEqualTo("written");
        assertThat(attempts).hasValue(5);
    }

    @ParameterizedTest
    @CsvSource({"40001, 5", "23505, 1", "08006, 1", ", 1"})
    void whatFailsOtherwiseOrTooOftenIsReported(String state, int expected) {
        AtomicInteger attempts = new AtomicInteger();

        assertThatThrownBy(() -> database.run("write to", connection -> {
            attempts.incrementAndGet();
            throw new SQLException("secret@example.com", state);
        })).isInstanceOf(LedgerUnavailableException.class)
                .hasMessage("Cannot write to the send ledger's database: SQL state " + state);

        assertThat(attempts).hasValue(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"42S04", "42S02", "42P01"})
    void saysHowMissingTablesAreCreated(String state) {
        assertThatThrownBy(() -> database.run("read", connection -> {
            throw new SQLException("", state);
        })).isInstanceOf(LedgerUnavailableException.class).hasMessageContaining("setCreateTables(true)");
    }

    @Test
    void anOperationThatTakesTooLongIsGivenUpAndInterrupted() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        database.setTimeout(Duration.ofMillis(300));

        assertThatThrownBy(() -> database.run("read", connection -> {
            begun.countDown();
            try {
                return new CountDownLatch(1).await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw new SQLException(e);
            }
        })).isInstanceOf(LedgerUnavailableException.class)
                .hasMessage("Cannot read the send ledger's database: TimeoutException");

        if (begun.getCount() == 0) { // or it was given up before it began
            assertThat(interrupted.await(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    @Test
    void aThreadThatIsInterruptedStaysSo() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> database.run("read", connection -> true)).isInstanceOf(LedgerUnavailableException.class)
                .hasMessageContaining("InterruptedException");

        assertThat(Thread.interrupted()).isTrue();
    }

    /**
     * Or what a context leaves behind would open a database again whose owner has closed it. Another context that shares the
     * ledger goes on.
     */
    @Test
    void whoClosesItWaitsForWhatIsRunningAndLetsNothingOfTheOldContextBegin() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicBoolean done = new AtomicBoolean();
        Thread writer = new Thread(() -> database.run("write to", connection -> {
            begun.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new SQLException(e);
            }
            done.set(true);
            return true;
        }));
        writer.start();
        assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
        Thread closer = new Thread(database::close);
        closer.start();
        await().atMost(Duration.ofMinutes(1)).until(() -> closer.getState() == Thread.State.TIMED_WAITING);
        go.countDown();

        closer.join();
        assertThat(done).isTrue();
        writer.join();
        AtomicBoolean opened = new AtomicBoolean();
        Thread.currentThread().interrupt(); // as Camel does with the threads of a context that stops
        assertThatThrownBy(() -> database.run("read", connection -> opened.getAndSet(true)))
                .isInstanceOf(LedgerUnavailableException.class).hasMessageContaining("InterruptedException");
        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        assertThat(opened).isFalse();
        assertThat(database.<Boolean>run("read", connection -> true)).isTrue();
    }

    @Test
    void aKeyThatIsThereIsToldFromOtherFaults() {
        assertThat(LedgerDatabase.isDuplicateKey(new SQLIntegrityConstraintViolationException())).isTrue();
        assertThat(LedgerDatabase.isDuplicateKey(new SQLException("duplicate", "23505"))).isTrue();
        assertThat(LedgerDatabase.isDuplicateKey(new SQLException("away", "08006"))).isFalse();
        assertThat(LedgerDatabase.isDuplicateKey(new SQLException("unknown"))).isFalse();
    }

    @Test
    void anUnknownKindOfDatabaseIsToldWhereAnExampleIs() {
        assertThat(LedgerDatabase.ddl("postgresql")).contains("postal_send_ledger").contains("postal_send_mark");
        assertThatThrownBy(() -> LedgerDatabase.ddl("oracle")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("postal-send-ledger-oracle.sql").hasMessageContaining("postgresql");
    }
}
