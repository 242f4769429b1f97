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
package io.github.camelpostal.examples.deliverytracker;

import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import io.github.camelpostal.sandbox.PostalSandbox;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.MainSupport;
import org.apache.camel.spi.PropertiesComponent;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes mails into the outbox, then shows what became of them. Does nothing beside a real Postal. */
final class Demo extends MainListenerSupport {

    private final boolean exitAfterwards;
    private int exitCode;

    Demo(boolean exitAfterwards) {
        this.exitAfterwards = exitAfterwards;
    }

    int exitCode() {
        return exitCode;
    }

    /** A sandbox counts its messages from 1 each time, so the rows of its messages do not outlive it. */
    @Override
    public void beforeConfigure(BaseMainSupport main) {
        PropertiesComponent properties = main.getCamelContext().getPropertiesComponent();
        if (properties.resolveProperty("camel.component.postal.server-url").isEmpty()) {
            properties.addOverrideProperty("tracker.database.url",
                    "jdbc:h2:mem:demo" + System.nanoTime() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE");
        }
    }

    @Override
    public void afterStart(BaseMainSupport main) {
        PostalSandbox postal = main.getCamelContext().getRegistry().findSingleByType(PostalSandbox.class);
        DataSource database = main.getCamelContext().getRegistry().findSingleByType(DataSource.class);
        try {
            exitCode = postal == null ? 1 : play(postal, new JdbcTemplate(database));
        } catch (InterruptedException e) {
            throw new IllegalStateException("The demo cannot go on", e);
        }
        System.out.println(main.getCamelContext().resolvePropertyPlaceholders(
                "Look at http://127.0.0.1:{{camel.server.port:8080}}/report in a browser. Ctrl-C ends it."));
        if (exitAfterwards) {
            ((MainSupport) main).completed();
        }
    }

    private static int play(PostalSandbox postal, JdbcTemplate database) throws InterruptedException {
        System.out.println("No Postal is configured: a sandbox plays its part, see " + postal.url());
        write(database, "News", "Zoë <zoe@customer.example>, bounced@customer.example, held@customer.example");
        write(database, "Your cart", "softfail@customer.example, hardfail@customer.example");
        boolean complete = await(database, "bounced", "deferred", "delivered", "failed", "held");
        write(database, "More news", "zoe@customer.example, bounced@customer.example");
        complete = complete && await(database, "bounced", "deferred", "delivered", "delivered", "failed", "held");
        show("recipient", database.queryForList("SELECT state, rcpt_to, tag FROM delivery ORDER BY id"));
        show("suppressed", database.queryForList("SELECT reason, address FROM suppression ORDER BY address"));
        show("not sent to", database.queryForList("SELECT reason, address FROM refused_recipient"));
        System.out.println(complete ? "Demo complete" : "Something did not arrive");
        return complete ? 0 : 1;
    }

    /** What your application does, in its own transaction. */
    private static void write(JdbcTemplate database, String subject, String recipients) {
        database.update("INSERT INTO outbox (recipients, subject, plain_body, tag) VALUES (?, ?, 'See the subject.', ?)",
                recipients, subject, subject);
    }

    private static boolean await(JdbcTemplate database, String... states) throws InterruptedException {
        boolean complete = false;
        for (int tenths = 0; tenths < 600 && !complete; tenths++) {
            Thread.sleep(100);
            complete = database.queryForList("SELECT state FROM delivery ORDER BY state", String.class).equals(List.of(states));
        }
        return complete;
    }

    private static void show(String title, List<Map<String, Object>> rows) {
        rows.forEach(row -> System.out.println("  " + title + ": " + row.values()));
    }
}
