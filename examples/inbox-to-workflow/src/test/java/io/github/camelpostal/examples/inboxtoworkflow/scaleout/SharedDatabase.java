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
package io.github.camelpostal.examples.inboxtoworkflow.scaleout;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;

import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.tools.Server;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One database for both nodes, which outlives them: H2 in server mode, in the test's process. */
final class SharedDatabase implements AutoCloseable {

    private final String name = "mem:" + UUID.randomUUID();
    private final Server server;
    private final Connection last;
    private final JdbcConnectionPool pool;

    SharedDatabase() throws SQLException {
        System.setProperty("h2.bindAddress", "127.0.0.1"); // read once, when H2 is first used
        server = Server.createTcpServer("-tcpPort", "0").start();
        last = DriverManager.getConnection("jdbc:h2:" + name, "sa", "");
        pool = JdbcConnectionPool.create("jdbc:h2:" + name, "sa", "");
    }

    /** For the nodes. */
    String url() {
        return "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/" + name + ";LOCK_TIMEOUT=30000";
    }

    long count(String sql) {
        return JdbcClient.create(pool).sql("select count(*) from (" + sql + ")").query(Long.class).single();
    }

    @Override
    public void close() throws SQLException {
        pool.dispose();
        last.close(); // takes the database with it
        server.stop();
    }
}
