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
package io.github.camelpostal.sandbox.internal.page;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.github.camelpostal.sandbox.internal.page.Mailbox.Row;
import org.jspecify.annotations.Nullable;

/**
 * The pane with the messages that were looked for.
 *
 * @param chips    how many there are of each status
 * @param previous null on the first page
 * @param next     null on the last one
 * @param range    such as {@code 51–100 of 10,000}
 */
record MessageList(PageSearch search, List<Entry> entries, List<Chip> boxes, List<Chip> chips, @Nullable String previous,
        @Nullable String next,
        String range,
        boolean empty, boolean filtered) {
    private static final int PAGE = 50;

    /** A choice that filters. */
    record Chip(String label, String css, String count, String href, boolean chosen) {
    }

    /** One line. */
    record Entry(long id, String href, boolean incoming, String status, String css, String peer, String own, String subject,
            @Nullable String tag, TimeLabel at, boolean opened, boolean clicked, boolean selected) {
    }

    /**
     * @param base     the URL of the mail server's page
     * @param tab      what else of a message is chosen, kept from one to the next; empty without
     * @param selected the message shown beside; 0 for none
     */
    static MessageList of(Stream<Row> rows, PageSearch search, String base, String tab, long selected, Clock clock) {
        Map<String, Integer> counts = new TreeMap<>();
        List<Row> shown = new ArrayList<>();
        int from = (search.page() - 1) * PAGE;
        int[] found = {0};
        rows.filter(search.words()).forEach(row -> {
            counts.merge(row.status(), 1, Integer::sum);
            if (search.wants(row.status())) {
                if (found[0] >= from && shown.size() < PAGE) {
                    shown.add(row);
                }
                found[0]++;
            }
        });
        List<Entry> entries = shown.stream()
                .map(row -> entry(row, base + "/messages/" + row.id() + tab + search.asQuery(), row.id() == selected, clock))
                .toList();
        return new MessageList(search, entries, boxes(search, base), chips(search, base, counts),
                search.page() > 1 ? base + search.onPage(search.page() - 1).asQuery() : null,
                found[0] > from + PAGE ? base + search.onPage(search.page() + 1).asQuery() : null,
                range(from, entries.size(), found[0]), entries.isEmpty(), !search.asQuery().isEmpty());
    }

    private static Entry entry(Row row, String href, boolean selected, Clock clock) {
        String sender = row.from() == null ? "(null sender)" : row.from();
        String recipient = row.to() == null ? "(no recipient)" : row.to();
        return new Entry(row.id(), href, row.incoming(), row.status(), css(row.status()), row.incoming() ? sender : recipient,
                row.incoming() ? recipient : sender, row.subject() == null ? "(no subject)" : row.subject(), row.tag(),
                TimeLabel.of(row.at(), clock), row.opens() > 0, row.clicks() > 0, selected);
    }

    /** Postal's word as a class of the style sheet. */
    static String css(String status) {
        return status.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }

    private static List<Chip> boxes(PageSearch search, String base) {
        return List.of(box(search, base, "All", ""), box(search, base, "Out", "out"), box(search, base, "In", "in"));
    }

    private static Chip box(PageSearch search, String base, String label, String value) {
        return new Chip(label, "", "", base + search.withBox(value).asQuery(), search.box().equals(value));
    }

    private static List<Chip> chips(PageSearch search, String base, Map<String, Integer> counts) {
        if (!search.status().isEmpty()) {
            counts.putIfAbsent(search.status(), 0);
        }
        return counts.entrySet().stream().map(each -> {
            boolean chosen = each.getKey().equalsIgnoreCase(search.status());
            return new Chip(each.getKey(), css(each.getKey()), number(each.getValue()),
                    base + search.withStatus(chosen ? "" : each.getKey()).asQuery(), chosen);
        }).toList();
    }

    private static String range(int from, int shown, int found) {
        return shown == 0 ? number(found) : number(from + 1) + "–" + number(from + shown) + " of " + number(found);
    }

    static String number(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }
}
