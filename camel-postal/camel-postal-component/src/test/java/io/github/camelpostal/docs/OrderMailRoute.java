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
package io.github.camelpostal.docs;

import javax.sql.DataSource;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.ledger.JdbcSendLedger;
import org.apache.camel.builder.RouteBuilder;

public class OrderMailRoute extends RouteBuilder {

    private final DataSource dataSource;

    public OrderMailRoute(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public void configure() {
        JdbcSendLedger ledger = new JdbcSendLedger(dataSource);
        ledger.setCreateTables(true);
        bindToRegistry("ledger", ledger);

        from("kafka:orders").routeId("orders")
                .setHeader(PostalConstants.IDEMPOTENCY_KEY, simple("${header[kafka.TOPIC]}-${header[kafka.KEY]}"))
                .to("postal:send?sendLedger=#ledger");
    }
}
