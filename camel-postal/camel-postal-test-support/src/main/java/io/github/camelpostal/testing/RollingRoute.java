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

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.service.ServiceSupport;
import org.springframework.jdbc.core.JdbcTemplate;

/** A route with an effect in the midst of its work, and the repository {@code completed} of the application. */
public final class RollingRoute extends RouteBuilder {

    private static final int OTHER_THINGS_MILLIS = 400;
    private static final int HALF_OF_THE_WORK_MILLIS = 25;

    private final JdbcTemplate database;

    public RollingRoute(DataSource database) {
        this.database = new JdbcTemplate(database);
    }

    @Override
    public void configure() throws Exception {
        getContext().addService(new OtherThings());
        // longer than a busy machine needs: what is late is the business of other tests
        from("postal:webhook?idempotentRepository=#completed&processingTimeout=20000")
                .delay(HALF_OF_THE_WORK_MILLIS)
                .process(this::effect)
                .delay(HALF_OF_THE_WORK_MILLIS);
    }

    private void effect(Exchange exchange) {
        database.update("insert into effect (mail) values (?)", exchange.getMessage().getHeader("CamelPostalId", Long.class));
    }

    /** Whatever else an application starts while its HTTP server listens already, and the route is not there yet. */
    private static final class OtherThings extends ServiceSupport {

        @Override
        protected void doStart() throws Exception {
            new CountDownLatch(1).await(OTHER_THINGS_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
