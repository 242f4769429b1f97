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
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import javax.sql.DataSource;

import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import io.github.camelpostal.sandbox.dev.SandboxDemo;
import io.github.camelpostal.suppression.PostalSuppressionList;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.spi.PropertiesComponent;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes mails into the outbox, then shows what became of them. Does nothing beside a real Postal. */
public final class Demo extends SandboxDemo {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final Tracker tracker;

    private Demo(Tracker tracker) {
        this.tracker = tracker;
    }

    public static void main(String[] args) throws Exception {
        int exitCode = run(new Properties(), args);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /** Runs until stopped; with {@code --exit}, until the demo is over: 0, or 1 if something did not arrive. */
    static int run(Properties overrides, String... args) throws Exception {
        Main main = new Main();
        main.setOverrideProperties(overrides);
        try (Tracker tracker = new Tracker(Clock.systemUTC())) {
            return new Demo(tracker).run(main, args);
        }
    }

    /** A sandbox counts its messages from 1 each time, so the rows of its messages do not outlive it. */
    @Override
    public void beforeConfigure(BaseMainSupport main) {
        PropertiesComponent properties = main.getCamelContext().getPropertiesComponent();
        if (properties.resolveProperty("camel.component.postal.server-url").isEmpty()) {
            properties.addOverrideProperty("tracker.database.url",
                    "jdbc:h2:mem:demo" + System.nanoTime() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE");
        }
        tracker.beforeConfigure(main);
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
        await().atMost(TIMEOUT).until(() -> states(database).equals("bounced deferred delivered failed held")
                && suppressions.size() == 2);
        leave(postal.awaitSentTo("zoe@customer.example", TIMEOUT));
        write(database, "More news", "news", "zoe@customer.example");
        write(database, "Your order", null, "zoe@customer.example, bounced@customer.example");
        await().atMost(TIMEOUT).until(() -> states(database).equals("bounced deferred delivered delivered failed held"));
        show("recipient", database.queryForList("SELECT state, reason, side, rcpt_to, tag FROM delivery ORDER BY id"));
        show("mail", database.queryForList("SELECT state, subject, suppressed FROM outbox ORDER BY id"));
        suppressions.forEach(entry -> System.out.println("  suppressed: " + entry.address() + ", " + entry.reason().text()
                + (entry.stream() == null ? "" : " of " + entry.stream())));
    }

    /** What your application does, in its own transaction. */
    private static void write(JdbcTemplate database, String subject, String stream, String recipients) {
        database.update("INSERT INTO outbox (recipients, subject, plain_body, tag, stream) VALUES (?, ?, 'Hello', ?, ?)",
                recipients, subject, subject, stream);
    }

    /** What a mail program does when somebody presses its button. */
    private static void leave(StoredMail mail) throws Exception {
        String link = mail.mime().getHeader("List-Unsubscribe", null).replaceAll("[<>\\s]", "");
        HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(link)).POST(BodyPublishers.noBody()).build(),
                BodyHandlers.discarding());
    }

    private static String states(JdbcTemplate database) {
        return String.join(" ", database.queryForList("SELECT state FROM delivery ORDER BY state", String.class));
    }

    private static void show(String title, List<Map<String, Object>> rows) {
        rows.forEach(row -> System.out.println("  " + title + ": " + row.values()));
    }
}
