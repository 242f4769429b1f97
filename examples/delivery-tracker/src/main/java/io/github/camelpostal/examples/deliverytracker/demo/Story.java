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
package io.github.camelpostal.examples.deliverytracker.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.camelpostal.sandbox.PostalSandbox;
import org.apache.camel.spi.RouteController;

/**
 * What happens in the demo, in the order in which it happens. Everything is found out by looking at the tables; the routes are
 * not asked.
 */
final class Story {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final PostalSandbox postal;
    private final Tables tables;
    private final RouteController routes;
    private final Account account;
    private final List<String> missing = new ArrayList<>();

    Story(PostalSandbox postal, Tables tables, RouteController routes, Account account) {
        this.postal = postal;
        this.tables = tables;
        this.routes = routes;
        this.account = account;
    }

    void play() throws Exception {
        rowsBecomeMailsAndEventsBecomeRows();
        whatBouncedGetsNoMore();
        lostEventsAreAskedFor();
        aSendLimitStopsTheSending();
    }

    /** What should have happened, and has not. */
    List<String> missing() {
        return missing;
    }

    private void rowsBecomeMailsAndEventsBecomeRows() throws InterruptedException {
        account.chapter("Rows of the outbox become mails, events become rows");
        tables.write("Zoë <zoe@customer.example>, bounced@customer.example, held@customer.example", "News from the caravan",
                "newsletter");
        tables.write("softfail@customer.example, hardfail@customer.example", "Your cart misses you", "reminder");
        await("newsletter", "delivered", "bounced", "held").ifPresent(rows -> {
            long id = ((Number) rows.get(0).get("id")).longValue();
            postal.server().open(id);
            postal.server().click(id, "https://shop.example/saddles");
            postal.server().click(id, "https://shop.example/saddles");
        });
        expect("an opening and two clicks", "newsletter",
                rows -> rows.stream().anyMatch(row -> count(row, "opens") == 1 && count(row, "clicks") == 2))
                .ifPresent(rows -> rows.forEach(account::delivery));
        await("reminder", "deferred", "failed").ifPresent(rows -> rows.forEach(account::delivery));
    }

    private void whatBouncedGetsNoMore() throws InterruptedException {
        account.chapter("What bounced or failed gets no more mail");
        tables.rows("SELECT address, reason FROM suppression ORDER BY address")
                .forEach(row -> account.line("%-10s %s".formatted(row.get("reason"), row.get("address"))));
        tables.write("zoe@customer.example, bounced@customer.example", "More news from the caravan", "newsletter-2");
        await("newsletter-2", "delivered").ifPresent(rows -> rows.forEach(account::delivery));
        List<Map<String, Object>> refused = tables.rows("SELECT address, reason FROM refused_recipient");
        refused.forEach(row -> account.line("%-10s %-27s because it %s before".formatted("refused", row.get("address"),
                row.get("reason"))));
        if (refused.size() != 1) {
            missing.add("the refused recipient of the second newsletter");
        }
    }

    private void lostEventsAreAskedFor() throws Exception {
        account.chapter("Lost events are asked for");
        routes.suspendRoute("events");
        account.line("the route \"events\" is suspended, Postal's events get no further");
        tables.write("amy@customer.example, bob@customer.example", "Your invoice", "invoice");
        await("invoice", "accepted", "accepted").ifPresent(rows -> rows.forEach(account::delivery));
        await("invoice", "delivered", "delivered").ifPresent(rows -> rows.forEach(account::delivery));
        routes.resumeRoute("events");
    }

    private void aSendLimitStopsTheSending() throws InterruptedException {
        account.chapter("A send limit stops the sending");
        postal.server().sendLimitExceeded(1000, 1000);
        if (tables.await(PATIENCE, rows -> !rows.isEmpty(), "SELECT * FROM alarm").isEmpty()) {
            missing.add("the alarm about the send limit");
            return;
        }
        tables.rows("SELECT kind, text FROM alarm")
                .forEach(row -> account.line("%-10s %s: %s".formatted("alarm", row.get("kind"), row.get("text"))));
        tables.write("zoe@customer.example", "This one waits", "late");
        tables.rows("SELECT cause FROM sending_pause")
                .forEach(row -> account.line("%-10s the next mail waits in the outbox, because of the %s".formatted("paused",
                        row.get("cause"))));
        account.resume();
    }

    private Optional<List<Map<String, Object>>> await(String tag, String... states) throws InterruptedException {
        List<String> wanted = Stream.of(states).sorted().toList();
        return expect(String.join(", ", states) + " for " + tag, tag,
                rows -> rows.stream().map(row -> (String) row.get("state")).sorted().toList().equals(wanted));
    }

    private Optional<List<Map<String, Object>>> expect(String what, String tag,
            java.util.function.Predicate<List<Map<String, Object>>> asExpected) throws InterruptedException {
        Optional<List<Map<String, Object>>> rows = tables.await(tag, PATIENCE, asExpected);
        if (rows.isEmpty()) {
            missing.add(what);
        }
        return rows;
    }

    private static long count(Map<String, Object> row, String column) {
        return ((Number) row.get(column)).longValue();
    }
}
