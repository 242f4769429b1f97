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
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.support.GenericApplicationContext;

/**
 * An application as users of Spring Boot write one, in a process of its own: Tomcat, the starter, a repository in a shared
 * database, and the {@link RollingRoute}.
 */
public final class BootRollingApp {

    private static final int CONNECTIONS = 40;

    private BootRollingApp() {
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    static class Application {
    }

    /** @param arguments port, public key, JDBC URL */
    public static void main(String[] arguments) {
        ForkedJava.endWithTheTest();
        JdbcConnectionPool database = JdbcConnectionPool.create(arguments[2], "sa", "");
        database.setMaxConnections(CONNECTIONS);
        new SpringApplicationBuilder(Application.class)
                .initializers(context -> {
                    GenericApplicationContext beans = (GenericApplicationContext) context;
                    beans.registerBean("completed", JdbcMessageIdRepository.class,
                            () -> new JdbcMessageIdRepository(database, "postal"));
                    beans.registerBean("route", RouteBuilder.class, () -> new RollingRoute(database));
                })
                .properties("server.address=127.0.0.1", "server.port=" + arguments[0], "spring.main.banner-mode=off",
                        "logging.level.root=off", "camel.component.postal.public-key=" + arguments[1])
                .run();
        ForkedJava.tell("started");
    }
}
