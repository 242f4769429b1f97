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
package io.github.camelpostal.examples.inboxtoworkflow.demo;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

import jakarta.mail.MessagingException;

import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;

/**
 * What happens in the demo, in the order in which it happens. Everything is found out by looking into the database, or at what
 * the sandbox has got; the routes are not asked.
 */
final class Story {

    /** For the whole story, of which each part usually takes less than a second. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_AGAIN_MILLIS = 50;

    private final PostalSandbox postal;
    private final String orders;
    private final String support;
    private final Tables tables;
    private final Account account;
    // Each run has people of its own: nobody is answered twice a day, and an earlier run may have been today.
    private final String run = Long.toString(System.nanoTime(), Character.MAX_RADIX);
    private final List<String> missing = new ArrayList<>();
    private final long end = System.nanoTime() + PATIENCE.toNanos();

    Story(PostalSandbox postal, String orders, String support, Tables tables, Account account) {
        this.postal = postal;
        this.orders = orders;
        this.support = support;
        this.tables = tables;
        this.account = account;
    }

    /** What should have arrived, and has not. */
    List<String> missing() {
        return missing;
    }

    void play() throws IOException {
        String ann = "ann-" + run + "@customer.example";
        String ben = "ben-" + run + "@customer.example";
        order(ann);
        tickets(ben);
        strangers();
    }

    private void order(String ann) throws IOException {
        account.chapter("Ann sends an order to " + orders + ", with a CSV file and a picture");
        StoredMail mail = arrives("order.eml", ann, orders, "");
        Map<String, Object> row = filed("Ann's order", mail);
        for (Map<String, Object> attachment : tables.rows("select * from attachment where dedup_key = ? order by number",
                row.get("dedup_key"))) {
            account.line("file", "\"" + attachment.get("filename") + "\" saved as " + attachment.get("saved_as"));
        }
        await("Ann's three good lines in the order book", () -> tables.rows(
                "select * from order_book where dedup_key = ? order by order_line", row.get("dedup_key")),
                rows -> rows.size() == 3)
                .forEach(line -> account.line("order line", line.get("quantity") + " x " + line.get("sku")
                        + (line.get("note") == null ? "" : " (" + line.get("note") + ")")));
        List<Map<String, Object>> rejected = tables.rows("select * from rejected_line where dedup_key = ? order by line_number",
                row.get("dedup_key"));
        rejected.forEach(line -> account.line("rejected", "line " + line.get("line_number") + ": " + line.get("line")));
        check("Ann's two bad lines on the list of rejects", rejected.size() == 2);
        answered("the answer to Ann", row, ann);

        account.chapter("Ann is out of office, and her mail program answers our answer");
        StoredMail outOfOffice = arrives("out-of-office.eml", ann, orders, "");
        notAnswered("no answer to Ann's out-of-office mail", filed("Ann's out-of-office mail", outOfOffice));
    }

    private void tickets(String ben) throws IOException {
        account.chapter("Ben writes to " + support + ", and then answers our answer");
        Map<String, Object> first = filed("Ben's first mail", arrives("question.eml", ben, support, ""));
        account.line("ticket", first.get("ticket"));
        StoredMail answer = answered("the answer to Ben", first, ben);
        if (answer == null) {
            return;
        }
        Map<String, Object> second = filed("Ben's second mail",
                arrives("more.eml", ben, header(answer, "Reply-To"), header(answer, "Message-ID")));
        account.line("ticket", second.get("ticket"));
        check("Ben's second mail in the ticket of his first", first.get("ticket").equals(second.get("ticket")));
        notAnswered("only one answer a day to Ben", second);
    }

    private void strangers() throws IOException {
        String nobody = support.replaceFirst("^[^@]+", "jobs");
        account.chapter("Somebody writes to " + nobody);
        notAnswered("no answer from " + nobody,
                filed("the mail to nobody", arrives("application.eml", "cleo-" + run + "@customer.example", nobody, "")));
    }

    private StoredMail arrives(String name, String from, String rcptTo, String parent) throws IOException {
        String mail = new String(resource(name), StandardCharsets.UTF_8).replace("{{run}}", run).replace("{{from}}", from)
                .replace("{{to}}", rcptTo).replace("{{parent}}", parent);
        return postal.receive(from, rcptTo, mail.getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, Object> filed(String what, StoredMail mail) {
        Map<String, Object> row = await(what + " in the database",
                () -> tables.row("select * from mail where message_id = ? and postal_id = ?", mail.messageId(), mail.id()),
                found -> !found.isEmpty());
        account.line("mail", "\"" + row.get("subject") + "\" is row " + row.get("reference") + " of " + row.get("inbox"));
        return row;
    }

    private StoredMail answered(String what, Map<String, Object> row, String address) {
        Map<String, Object> answer = await(what, () -> answer(row), found -> "sent".equals(found.get("state")));
        if (!"sent".equals(answer.get("state"))) {
            return null;
        }
        StoredMail sent = postal.awaitSentTo(address, Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        account.line("answer", "\"" + sent.subject() + "\", " + header(sent, "Auto-Submitted"));
        String.valueOf(answer.get("body")).lines().filter(line -> !line.isBlank())
                .forEach(line -> account.line("", line));
        return sent;
    }

    private void notAnswered(String what, Map<String, Object> row) {
        Map<String, Object> answer = await(what, () -> answer(row), found -> !found.isEmpty());
        check(what, "none".equals(answer.get("state")));
        account.line("no answer", answer.get("reason"));
    }

    private Map<String, Object> answer(Map<String, Object> row) {
        return tables.row("select * from answer where dedup_key = ?", row.get("dedup_key"));
    }

    private void check(String what, boolean holds) {
        if (!holds) {
            missing.add(what);
        }
    }

    private <T> T await(String what, Supplier<T> look, Predicate<T> enough) {
        T found = look.get();
        while (!enough.test(found) && System.nanoTime() < end) {
            try {
                new CountDownLatch(1).await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            found = look.get();
        }
        check(what, enough.test(found));
        return found;
    }

    private static String header(StoredMail mail, String name) {
        try {
            return mail.mime().getHeader(name, null);
        } catch (MessagingException e) {
            throw new IllegalStateException("Message " + mail.id() + " has no readable headers", e);
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Story.class.getResourceAsStream("/demo/" + name)) {
            if (in == null) {
                throw new FileNotFoundException("demo/" + name + " is not on the classpath");
            }
            return in.readAllBytes();
        }
    }
}
