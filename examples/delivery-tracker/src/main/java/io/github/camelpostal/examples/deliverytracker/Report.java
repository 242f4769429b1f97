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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the page shows, counted from rows of {@code report-states.sql}. Has no addresses. */
record Report(List<Tag> tags, List<Rate> rates) {

    /** @param percent such as {@code 12.5 %}, or a dash where nothing can be said */
    record Rate(String name, String percent) {
    }

    /** One bar of the chart, and one line of the table. */
    record Tag(String name, long recipients, long opened, long clicked, Map<State, Long> states) {

        /** The bar from left to right, 100 units long. */
        public List<Part> parts() {
            List<Part> parts = new ArrayList<>();
            long before = 0;
            for (Map.Entry<State, Long> entry : states.entrySet()) {
                parts.add(new Part(entry.getKey().value(), number(100.0 * before / recipients),
                        number(100.0 * entry.getValue() / recipients), entry.getValue()));
                before += entry.getValue();
            }
            return parts;
        }

        /** One for each state there is. */
        public List<Long> counts() {
            return Arrays.stream(State.values()).map(state -> states.getOrDefault(state, 0L)).toList();
        }

        /** The bar for who cannot see it. */
        public String summary() {
            return name + ": " + String.join(", ",
                    states.entrySet().stream().map(entry -> entry.getValue() + " " + entry.getKey().value()).toList());
        }
    }

    record Part(String state, String x, String width, long recipients) {
    }

    static Report of(List<Map<String, Object>> rows) {
        Map<String, List<Map<String, Object>>> byTag = new TreeMap<>();
        rows.forEach(row -> byTag.computeIfAbsent((String) row.get("tag"), tag -> new ArrayList<>()).add(row));
        List<Tag> tags = byTag.entrySet().stream()
                .map(entry -> tag(entry.getKey().isEmpty() ? "(no tag)" : entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(Tag::recipients).reversed()).toList();
        return new Report(tags, rates(tag("all", rows)));
    }

    private static Tag tag(String name, List<Map<String, Object>> rows) {
        Map<State, Long> states = new EnumMap<>(State.class);
        rows.forEach(row -> states.merge(State.of((String) row.get("state")), count(row, "recipients"), Long::sum));
        return new Tag(name, sum(rows, "recipients"), sum(rows, "opened"), sum(rows, "clicked"), states);
    }

    private static List<Rate> rates(Tag all) {
        long delivered = all.states().getOrDefault(State.DELIVERED, 0L);
        long bounced = all.states().getOrDefault(State.BOUNCED, 0L);
        long failed = all.states().getOrDefault(State.FAILED, 0L);
        return List.of(new Rate("recipients", String.valueOf(all.recipients())),
                rate("delivered", delivered, all.recipients()),
                rate("bounced or failed", bounced + failed, all.recipients()),
                rate("under way", all.recipients() - delivered - bounced - failed, all.recipients()),
                // of those who can have seen it
                rate("opened", all.opened(), delivered), rate("clicked", all.clicked(), delivered));
    }

    private static Rate rate(String name, long part, long whole) {
        return new Rate(name, whole == 0 ? "–" : number(100.0 * part / whole) + " %");
    }

    private static long sum(List<Map<String, Object>> rows, String column) {
        return rows.stream().mapToLong(row -> count(row, column)).sum();
    }

    private static long count(Map<String, Object> row, String column) {
        return ((Number) row.get(column)).longValue();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
