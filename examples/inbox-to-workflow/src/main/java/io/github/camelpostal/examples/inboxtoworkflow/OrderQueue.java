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

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import io.github.camelpostal.PostalConstants;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Order lines in: on the queue, or on the list of rejects. Takes part in the transaction of the mail that they came with. */
final class OrderQueue {

    /** Exchange property: the {@link OrderFile.Line} at hand. */
    static final String LINE = "line";

    private static final int MOST_NAMED = 20;

    private final JdbcClient database;

    OrderQueue(DataSource database) {
        this.database = JdbcClient.create(database);
    }

    /** @throws IllegalArgumentException if it is no order line */
    void add(@Body OrderLine order, @ExchangeProperty(LINE) OrderFile.Line line,
            @Header(PostalConstants.DEDUP_KEY) String dedupKey) {
        order.check();
        database.sql("""
                insert into order_line (dedup_key, attachment, line_number, sku, quantity, note) values (?, ?, ?, ?, ?, ?)
                """)
                .params(dedupKey, line.attachment(), line.number(), order.sku(), order.quantity(),
                        MailStore.storable(Optional.ofNullable(order.note()).filter(note -> !note.isBlank())))
                .update();
    }

    void reject(@ExchangeProperty(LINE) OrderFile.Line line, @Header(PostalConstants.DEDUP_KEY) String dedupKey,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception reason) {
        database.sql("""
                insert into rejected_line (dedup_key, attachment, line_number, line, reason) values (?, ?, ?, ?, ?)
                """)
                .params(dedupKey, line.attachment(), line.number(), MailStore.storable(Optional.of(line.text())),
                        MailStore.storable(Optional.ofNullable(reason.getMessage())))
                .update();
    }

    /** What the sender is told. Of the file only numbers: who forges a sender cannot have us write what he likes. */
    String receipt(@Header(PostalConstants.DEDUP_KEY) String dedupKey) {
        long good = database.sql("select count(*) from order_line where dedup_key = ?").param(dedupKey).query(Long.class)
                .single();
        List<Integer> bad = database.sql("select line_number from rejected_line where dedup_key = ? order by attachment, 1")
                .param(dedupKey).query(Integer.class).list();
        if (good == 0 && bad.isEmpty()) {
            return "Thank you, your mail has arrived. It has no CSV file attached, so nothing was ordered.\n";
        }
        String receipt = "Thank you, your order has arrived. Lines taken: " + good + ".\n";
        if (bad.isEmpty()) {
            return receipt;
        }
        String named = bad.stream().limit(MOST_NAMED).map(String::valueOf).collect(Collectors.joining(", "));
        return receipt + "Lines that we do not understand: " + bad.size() + " (" + named
                + (bad.size() > MOST_NAMED ? ", ..." : "") + "). Please send these again.\n";
    }
}
