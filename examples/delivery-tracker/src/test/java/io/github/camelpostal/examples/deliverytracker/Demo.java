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

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.BooleanSupplier;

import javax.sql.DataSource;

import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import io.github.camelpostal.suppression.PostalSuppressionList;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.MainSupport;
import org.apache.camel.spi.PropertiesComponent;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes mails into the outbox, then shows what became of them. Does nothing beside a real Postal. */
public final class Demo extends MainListenerSupport {

    private final boolean exitAfterwards;
    private int exitCode;

    private Demo(boolean exitAfterwards) {
        this.exitAfterwards = exitAfterwards;
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
        Demo demo = new Demo(List.of(args).contains("--exit"));
        main.addMainListener(demo);
        DeliveryTracker.run(main);
        return demo.exitCode;
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
            exitCode = postal == null
                    ? 1
                    : play(postal, new JdbcTemplate(database),
                            main.getCamelContext().getRegistry().findSingleByType(PostalSuppressionList.class));
        } catch (Exception e) {
            throw new IllegalStateException("The demo cannot go on", e);
        }
        System.out.println(main.getCamelContext().resolvePropertyPlaceholders(
                "Look at http://127.0.0.1:{{camel.server.port:8080}}/report in a browser. Ctrl-C ends it."));
        if (exitAfterwards) {
            ((MainSupport) main).completed();
        }
    }

    private static int play(PostalSandbox postal, JdbcTemplate database, PostalSuppressionList suppressions)
            throws Exception {
        System.out.println("No Postal is configured: a sandbox plays its part, see " + postal.url());
        write(database, "News", "news", "Zoë <zoe@customer.example>");
        write(database, "Your cart", null, "bounced@customer.example, held@customer.example, softfail@customer.example,"
                + " hardfail@customer.example");
        boolean complete = await(() -> states(database).equals("bounced deferred delivered failed held")
                && suppressions.size() == 2);
        leave(postal.awaitSentTo("zoe@customer.example", Duration.ofMinutes(1)));
        write(database, "More news", "news", "zoe@customer.example");
        write(database, "Your order", null, "zoe@customer.example, bounced@customer.example");
        complete = complete && await(() -> states(database).equals("bounced deferred delivered delivered failed held"));
        show("recipient", database.queryForList("SELECT state, reason, side, rcpt_to, tag FROM delivery ORDER BY id"));
        show("mail", database.queryForList("SELECT state, subject, suppressed FROM outbox ORDER BY id"));
        suppressions.forEach(entry -> System.out.println("  suppressed: " + entry.address() + ", " + entry.reason().text()
                + (entry.stream() == null ? "" : " of " + entry.stream())));
        System.out.println(complete ? "Demo complete" : "Something did not arrive");
        return complete ? 0 : 1;
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

    private static boolean await(BooleanSupplier condition) throws InterruptedException {
        for (int tenths = 0; tenths < 600 && !condition.getAsBoolean(); tenths++) {
            Thread.sleep(100);
        }
        return condition.getAsBoolean();
    }

    private static void show(String title, List<Map<String, Object>> rows) {
        rows.forEach(row -> System.out.println("  " + title + ": " + row.values()));
    }
}
