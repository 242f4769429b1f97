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

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The routes, started the way {@link InboxToWorkflow} starts them, and a look at what they leave behind. */
public final class RunningInbox implements AutoCloseable {

    private static final AtomicInteger NEXT_PORT = new AtomicInteger(
            ThreadLocalRandom.current().nextInt(28_000, 28_400));

    private final Main main = InboxToWorkflow.main(new Properties());
    private final Path folder;
    private final String url;
    private final JdbcConnectionPool database;
    private final int port = freePort();

    /** @param database a name; the same one is the same database, until {@link #dropDatabase} */
    RunningInbox(Path folder, String database, String domain) {
        this.folder = folder;
        this.url = "jdbc:h2:mem:" + database + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=30000";
        this.database = JdbcConnectionPool.create(url, "sa", "");
        with("inbox.folder", folder);
        with("inbox.jdbc-url", url);
        with("inbox.orders", "orders@" + domain);
        with("inbox.support", "support@" + domain);
        with("inbox.poll", 50);
        with("camel.server.host", "127.0.0.1");
        with("camel.server.port", port);
        // longer than a busy machine needs: who is late is the business of the component's own tests
        with("camel.component.postal.processing-timeout", "60s");
    }

    RunningInbox with(String property, Object value) {
        main.addOverrideProperty(property, value.toString());
        return this;
    }

    RunningInbox with(RouteBuilder more) {
        main.configure().addRoutesBuilder(more);
        return this;
    }

    RunningInbox start() {
        main.start();
        return this;
    }

    /** Where Postal posts to. */
    URI url() {
        return URI.create("http://127.0.0.1:" + port + "/postal/mail");
    }

    void stopRoute(String id) throws Exception {
        main.getCamelContext().getRouteController().stopRoute(id);
    }

    Connection connection() throws SQLException {
        return database.getConnection();
    }

    JdbcClient database() {
        return JdbcClient.create(database);
    }

    long count(String table) {
        return database().sql("select count(*) from " + table).query(Long.class).single();
    }

    List<Map<String, Object>> rows(String sql) {
        return database().sql(sql).query().listOfRows();
    }

    /** The only row. */
    Map<String, Object> row(String sql) {
        return database().sql(sql).query().singleRow();
    }

    /** All files below the working folder. */
    List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString()).sorted().toList();
        }
    }

    /** Ends the routes; the database stays. */
    @Override
    public void close() {
        main.stop();
        database.dispose();
    }

    /** When nobody uses it any more. */
    void dropDatabase() throws SQLException {
        try (Connection last = DriverManager.getConnection(url, "sa", ""); Statement statement = last.createStatement()) {
            statement.execute("shutdown");
        }
    }

    /**
     * One after the other, from a range of this example's own: others are tested at the same time. Below the ports of outgoing
     * connections, one of which could take what is waited for here.
     */
    public static int freePort() {
        while (true) {
            try (ServerSocket free = new ServerSocket(NEXT_PORT.getAndIncrement(), 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException taken) {
                // the next one
            }
        }
    }
}
