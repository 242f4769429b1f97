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

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;

import javax.sql.DataSource;

import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import io.github.camelpostal.sandbox.dev.SandboxDemo;
import io.github.camelpostal.suppression.PostalSuppressionList;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes mails into the outbox, then shows what became of them. Does nothing beside a real Postal. */
public final class Demo extends SandboxDemo {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    /** Runs until stopped; with {@code --exit}, until the demo is over. */
    public static void main(String[] args) throws Exception {
        new Demo().runOrExit(new Main(), args);
    }

    /** A sandbox counts its messages from 1 each time, so the rows of its messages do not outlive it. */
    @Override
    protected void prepare(BaseMainSupport main, boolean realPostal) {
        if (!realPostal) {
            set(main, "tracker.database.url",
                    "jdbc:h2:mem:demo" + System.nanoTime() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE");
        }
        closeAtEnd(new Tracker(Clock.systemUTC())).beforeConfigure(main);
    }

    @Override
    protected String yourTurn(CamelContext camel) {
        return camel.resolvePropertyPlaceholders("look at http://127.0.0.1:{{camel.server.port:8080}}/report in a browser");
    }

    @Override
    protected void play(CamelContext camel, PostalSandbox postal) throws Exception {
        JdbcTemplate database = new JdbcTemplate(camel.getRegistry().findSingleByType(DataSource.class));
        PostalSuppressionList suppressions = camel.getRegistry().findSingleByType(PostalSuppressionList.class);
        write(database, "News", "news", "Zoë <zoe@customer.example>");
        write(database, "Your cart", null, "bounced@customer.example, held@customer.example, softfail@customer.example,"
                + " hardfail@customer.example");
        awaitStates(database, "bounced deferred delivered failed held");
        await().atMost(TIMEOUT).until(() -> suppressions.size() == 2);
        StoredMail news = postal.awaitSentTo("zoe@customer.example", TIMEOUT);
        press(URI.create(news.mime().getHeader("List-Unsubscribe", null).replaceAll("[<>\\s]", "")));
        write(database, "More news", "news", "zoe@customer.example");
        write(database, "Your order", null, "zoe@customer.example, bounced@customer.example");
        awaitStates(database, "bounced deferred delivered delivered failed held");
        show(database, "recipient", "SELECT state, reason, side, rcpt_to, tag FROM delivery ORDER BY id");
        show(database, "mail", "SELECT state, subject, suppressed FROM outbox ORDER BY id");
        suppressions.forEach(entry -> System.out.println("  suppressed: " + entry.address() + ", " + entry.reason().text()
                + (entry.stream() == null ? "" : " of " + entry.stream())));
    }

    /** What your application does, in its own transaction. */
    private static void write(JdbcTemplate database, String subject, String stream, String recipients) {
        database.update("INSERT INTO outbox (recipients, subject, plain_body, tag, stream) VALUES (?, ?, 'Hello', ?, ?)",
                recipients, subject, subject, stream);
    }

    private static void awaitStates(JdbcTemplate database, String expected) {
        await().atMost(TIMEOUT).until(() -> String.join(" ",
                database.queryForList("SELECT state FROM delivery ORDER BY state", String.class)).equals(expected));
    }

    private static void show(JdbcTemplate database, String title, String query) {
        database.queryForList(query).forEach(row -> System.out.println("  " + title + ": " + row.values()));
    }
}
