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

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.ledger.JdbcSendLedger;
import io.github.camelpostal.ledger.PostalSendLedger;
import org.apache.camel.Exchange;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the guarantee ends: what the backup does not know was never sent. */
class RestoredLedgerTest extends SendOnceTestSupport {

    private final JdbcDataSource database = new JdbcDataSource();
    @TempDir
    Path folder;

    @Override
    PostalSendLedger ledger() {
        database.setURL("jdbc:h2:" + folder.resolve("ledger").toAbsolutePath());
        JdbcSendLedger jdbc = new JdbcSendLedger(database);
        jdbc.setCreateTables(true);
        return jdbc;
    }

    @Test
    void aLedgerFromABackupKnowsWhatItHoldsAndSendsTheRestAgain() throws SQLException {
        sent(send("before", "x", B));
        sql("SCRIPT TO '" + folder.resolve("backup.sql") + "'");
        sent(send("order-1", "x", A));
        sql("DROP ALL OBJECTS");
        sql("RUNSCRIPT FROM '" + folder.resolve("backup.sql") + "'");

        Exchange known = send("before", "x", B);
        sent(known);
        assertThat(known.getMessage().getHeader(PostalConstants.DUPLICATE)).isEqualTo(true);
        assertEachStoredOnce(B);
        sent(send("order-1", "x", A));
        assertThat(rows(A)).hasSize(2);
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = database.getConnection(); Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }
}
