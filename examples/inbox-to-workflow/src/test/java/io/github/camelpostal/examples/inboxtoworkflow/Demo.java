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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import javax.sql.DataSource;

import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import io.github.camelpostal.sandbox.dev.SandboxDemo;
import org.apache.camel.CamelContext;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes some mails and shows what the routes made of them. Does nothing beside a real Postal. */
public final class Demo extends SandboxDemo {

    private static final String FILED = "select * from mail m join reply a on a.dedup_key = m.dedup_key where m.message_id = ?";
    private static final String LINES = "select * from order_book where dedup_key = ? order by order_line";

    // people of its own: nobody gets two replies on a day, and an earlier run may have been today
    private final String run = Long.toString(System.nanoTime(), Character.MAX_RADIX);
    private PostalSandbox postal;
    private JdbcClient database;

    /** Runs until stopped; with {@code --exit}, until the demo is over. */
    public static void main(String[] args) throws Exception {
        new Demo().runOrExit(InboxToWorkflow.main(new Properties()), args);
    }

    @Override
    protected String yourTurn(CamelContext camel) {
        return camel.resolvePropertyPlaceholders("look into {{inbox.jdbc-url}}");
    }

    @Override
    protected void play(CamelContext camel, PostalSandbox sandbox) throws Exception {
        postal = sandbox;
        database = JdbcClient.create(camel.getRegistry().findSingleByType(DataSource.class));
        String orders = camel.resolvePropertyPlaceholders("{{inbox.orders}}");
        String support = camel.resolvePropertyPlaceholders("{{inbox.support}}");
        String ann = "ann-" + run + "@customer.example";
        String ben = "ben-" + run + "@customer.example";
        Map<String, Object> order = write("order.eml", ann, orders, "", "sent");
        System.out.printf("  %d order lines are in the order book%n", await(LINES, order.get("dedup_key"), 3).size());
        write("out-of-office.eml", ann, orders, "", "none");
        Map<String, Object> question = write("question.eml", ben, support, "", "sent");
        StoredMail reply = postal.sent().stream().filter(mail -> mail.rcptTo().equals(ben)).findFirst().orElseThrow();
        Map<String, Object> more = write("more.eml", ben, reply.mime().getHeader("Reply-To", null),
                reply.mime().getHeader("Message-ID", null), "none");
        write("application.eml", "cleo-" + run + "@customer.example", support.replaceFirst("^[^@]+", "jobs"), "", "none");
        assertThat(more.get("ticket")).isEqualTo(question.get("ticket"));
    }

    /** A mail arrives; returns its row as soon as its reply has the expected state. */
    private Map<String, Object> write(String name, String from, String to, String parent, String state)
            throws IOException {
        try (InputStream in = Demo.class.getResourceAsStream("/demo/" + name)) {
            String mail = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("{{run}}", run)
                    .replace("{{from}}", from).replace("{{to}}", to).replace("{{parent}}", parent);
            StoredMail received = postal.receive(from, to, mail.getBytes(StandardCharsets.UTF_8));
            Map<String, Object> row = await(FILED + " and a.state = '" + state + "'", received.messageId(), 1).get(0);
            System.out.printf("  \"%s\" is row %s of %s%s, reply: %s%n", row.get("subject"), row.get("reference"),
                    row.get("inbox"), row.get("ticket") == null ? "" : " in ticket " + row.get("ticket"),
                    state.equals("none") ? "none, " + row.get("reason") : state);
            return row;
        }
    }

    private List<Map<String, Object>> await(String sql, Object parameter, int count) {
        return Awaitility.await(sql).atMost(Duration.ofMinutes(5)).until(
                () -> database.sql(sql).param(parameter).query().listOfRows(), rows -> rows.size() >= count);
    }
}
