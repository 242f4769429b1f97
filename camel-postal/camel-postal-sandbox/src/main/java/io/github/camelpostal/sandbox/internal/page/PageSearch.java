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

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.camelpostal.sandbox.internal.page.Mailbox.Row;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for, and how it stands in URLs. Each word must be found somewhere, letter case aside; {@code tag:welcome},
 * {@code to:}, {@code from:}, {@code subject:}, {@code status:}, {@code id:} and {@code message-id:} look into one field, and
 * quotes keep words together.
 *
 * @param text   as typed
 * @param box    {@code in}, {@code out}, or empty for both
 * @param status one of Postal's words, or empty for all
 * @param page   counted from 1
 */
record PageSearch(String text, String box, String status, int page) {
    private static final Pattern WORD = Pattern.compile("(?:([a-zA-Z-]+):)?(?:\"([^\"]*)\"?|(\\S+))");
    private static final Map<String, Function<Row, String>> FIELDS = Map.of(
            "from", Row::from, "to", Row::to, "subject", Row::subject, "tag", Row::tag, "status", Row::status,
            "message-id", Row::messageId, "id", row -> Long.toString(row.id()));
    private static final int LONGEST = 500;

    static PageSearch of(PageRequest request) {
        String text = request.query("q").strip();
        String page = request.query("page");
        return new PageSearch(text.substring(0, Math.min(LONGEST, text.length())),
                request.query("box").matches("in|out") ? request.query("box") : "",
                request.query("status").matches("[A-Za-z]{1,20}") ? request.query("status") : "",
                page.matches("[1-9][0-9]{0,6}") ? Integer.parseInt(page) : 1);
    }

    /** All but the status, of which the page shows how many there are. */
    Predicate<Row> words() {
        Predicate<Row> all = row -> box.isEmpty() || row.incoming() == box.equals("in");
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            String value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
            all = all.and(word(matcher.group(1), value, matcher.group()));
        }
        return all;
    }

    boolean wants(String rowStatus) {
        return status.isEmpty() || status.equalsIgnoreCase(rowStatus);
    }

    PageSearch onPage(int number) {
        return new PageSearch(text, box, status, number);
    }

    PageSearch withStatus(String other) {
        return new PageSearch(text, box, other, 1);
    }

    PageSearch withBox(String other) {
        return new PageSearch(text, other, status, 1);
    }

    /** For the end of a URL: empty, or from the question mark on. */
    String asQuery() {
        List<String> pairs = Stream.of(pair("q", text), pair("box", box), pair("status", status),
                pair("page", page == 1 ? "" : Integer.toString(page))).filter(pair -> !pair.isEmpty()).toList();
        return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    }

    private static String pair(String name, String value) {
        return value.isEmpty() ? "" : name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static Predicate<Row> word(@Nullable String field, String value, String whole) {
        Function<Row, String> look = field == null ? null : FIELDS.get(field.toLowerCase(Locale.ROOT));
        if (look == null) { // no field, or something that only looks like one, such as a time
            String word = plain(field == null ? value : whole);
            return row -> FIELDS.values().stream().anyMatch(each -> contains(each.apply(row), word));
        }
        String word = plain(value);
        return "id".equalsIgnoreCase(field) ? row -> word.equals(look.apply(row)) : row -> contains(look.apply(row), word);
    }

    /** A Message-ID is found with its brackets and without. */
    private static String plain(String word) {
        return word.replaceAll("^<|>$", "").toLowerCase(Locale.ROOT);
    }

    private static boolean contains(@Nullable String text, String word) {
        return text != null && text.toLowerCase(Locale.ROOT).contains(word);
    }
}
