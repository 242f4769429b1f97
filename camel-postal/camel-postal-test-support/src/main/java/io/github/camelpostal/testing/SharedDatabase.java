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
package io.github.camelpostal.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import org.h2.tools.Server;

/**
 * A database that outlives the applications: H2 in this process, in memory, reached over loopback.
 */
public final class SharedDatabase implements AutoCloseable {

    private final String name = "mem:" + UUID.randomUUID();
    private final Server server;
    private final Connection connection;

    public SharedDatabase() throws SQLException {
        System.setProperty("h2.bindAddress", "127.0.0.1"); // read once, when H2 is first used
        server = Server.createTcpServer("-tcpPort", "0").start();
        connection = DriverManager.getConnection("jdbc:h2:" + name, "sa", "");
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table effect (mail bigint not null)");
        }
    }

    /** For other processes. */
    public String url() {
        return "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/" + name;
    }

    /** How often each mail has had its effect, by id. */
    public Map<Long, Integer> effects() throws SQLException {
        Map<Long, Integer> effects = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select mail, count(*) from effect group by mail")) {
            while (rows.next()) {
                effects.put(rows.getLong(1), rows.getInt(2));
            }
        }
        return effects;
    }

    @Override
    public void close() throws SQLException {
        connection.close(); // the last connection takes the database with it
        server.stop();
    }
}
