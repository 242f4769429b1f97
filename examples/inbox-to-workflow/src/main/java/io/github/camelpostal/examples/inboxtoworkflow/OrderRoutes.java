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

import javax.sql.DataSource;

import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.dataformat.bindy.csv.BindyCsvDataFormat;

/**
 * CSV files become order lines on a queue; other routes, on whichever node, take them off.
 *
 * <p>The queue is a table, because then a line is on the queue exactly when the mail is in the database: they are committed
 * together. A broker, which knows nothing of that commit, would need an outbox table anyway.
 */
class OrderRoutes extends RouteBuilder {

    private static final String LINE_ID = "orderLineId";

    @Override
    public void configure() throws Exception {
        errorHandler(noErrorHandler());
        OrderQueue queue = new OrderQueue(getContext().getRegistry().findSingleByType(DataSource.class));
        OrderFile files = new OrderFile(propertyInject("inbox.largest-order-file", Long.class));

        // Part of the transaction of direct:mail.
        from("direct:orders").routeId("orders")
                .split(method(files, "lines")).stopOnException()
                .setProperty(OrderQueue.LINE, body())
                .doTry()
                .bean(files, "content")
                .unmarshal(new BindyCsvDataFormat(OrderLine.class))
                .bean(queue, "add")
                .doCatch(IllegalArgumentException.class)
                .bean(queue, "reject")
                .end()
                .end()
                .setProperty(ReplyQueue.TEXT, method(queue, "receipt"))
                .setProperty(ReplyQueue.FROM, simple("{{inbox.orders}}"));

        from("scheduler:order-lines?delay={{inbox.poll}}&greedy=true").routeId("order-lines")
                .setProperty(Exchange.SCHEDULER_POLLED_MESSAGES, constant(false))
                .doTry()
                .to("direct:next-order-line")
                // One line that nobody can work on does not stop the others: it waits, longer each time.
                .doCatch(Exception.class)
                .log(LoggingLevel.WARN,
                        "Order line ${exchangeProperty.orderLineId} goes back to the queue: ${exception.message}")
                .filter(exchangeProperty(LINE_ID).isNotNull())
                .to("sql:classpath:sql/postpone-order-line.sql")
                .end()
                .end();

        from("direct:next-order-line").routeId("next-order-line")
                .transacted(Database.ONE_TRANSACTION)
                .to("sql:classpath:sql/next-order-line.sql?outputType=SelectOne")
                .filter(body().isNotNull())
                .setProperty(LINE_ID, simple("${body[id]}"))
                .setProperty(Exchange.SCHEDULER_POLLED_MESSAGES, constant(true)) // so look again at once
                .to("{{inbox.order-lines-to}}")
                .to("sql:delete from order_line where id = :#${exchangeProperty.orderLineId}");

        // A table in the same database takes part in the transaction: each line arrives exactly once.
        from("direct:order-book").routeId("order-book")
                .to("sql:classpath:sql/insert-into-order-book.sql");
    }
}
