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
package io.github.camelpostal.rolling;

import io.github.camelpostal.testing.ForkedJava;
import io.github.camelpostal.testing.RollingRoute;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * An application as users write one, in a process of its own: camel-main, Vert.x, a repository in a shared database, and
 * the {@link RollingRoute}.
 *
 * <p>It ends when it is told to, when the test has ended, and in any case after half an hour.
 */
public final class RollingApp {

    private static final int CONNECTIONS = 40;

    private RollingApp() {
    }

    /** @param arguments port, public key, JDBC URL */
    public static void main(String[] arguments) throws Exception {
        ForkedJava.endWithTheTest();
        Main main = new Main();
        main.addInitialProperty("camel.server.enabled", "true");
        main.addInitialProperty("camel.server.host", "127.0.0.1");
        main.addInitialProperty("camel.server.port", arguments[0]);
        main.addInitialProperty("camel.main.duration-max-seconds", "1800");
        main.addInitialProperty("camel.component.postal.public-key", arguments[1]);
        JdbcConnectionPool database = JdbcConnectionPool.create(arguments[2], "sa", "");
        database.setMaxConnections(CONNECTIONS);
        main.bind("completed", new JdbcMessageIdRepository(database, "postal"));
        main.configure().addRoutesBuilder(new RollingRoute(database));
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterStart(BaseMainSupport started) {
                ForkedJava.tell("started");
            }
        });
        main.run();
    }
}
