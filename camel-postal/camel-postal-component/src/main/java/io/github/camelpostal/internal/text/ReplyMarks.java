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
package io.github.camelpostal.internal.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The lines by which mail programs mark what they quote, read from {@code reply-marks.tsv}. All methods take lines that
 * {@link FoldedText#of} has folded and that are not longer than a few hundred characters, so that every question takes a
 * bounded time.
 */
final class ReplyMarks {

    private static final ReplyMarks INSTANCE = new ReplyMarks(DataRows.read(ReplyMarks.class, "reply-marks.tsv"));

    private static final String DASH = "[-_=*\\u2010-\\u2015]";

    private static final Pattern RULE = Pattern.compile("^(?:_{20,}|-{30,}|={30,})$");

    private static final Pattern MOMENT = Pattern
            .compile("(?:19|20)\\d\\d|\\d{1,2}[./-]\\d{1,2}[./-]\\d{2}|\\d{1,2}[:.]\\d\\d|@");

    private static final Pattern TIME = Pattern.compile("\\d{1,2}[:.]\\d\\d");

    // "2017-11-24 16:32 GMT+01:00 Jane", "2013/7/20 Jane <jane@example.com>", "Wed, 30 Apr 2025, 15:19, Jane <jane@example.com>:"
    private static final Pattern WITHOUT_VERB = Pattern
            .compile("^(?:\\d{4}-\\d\\d-\\d\\d \\d{1,2}:\\d\\d gmt[+-]\\d\\d:\\d\\d .{1,80}"
                    + "|\\d{4}[/-]\\d{1,2}[/-]\\d{1,2} [^<>]{0,100}<[^<>\\s]{1,100}@[^<>\\s]{1,150}>:?)$");

    private static final Pattern ENDS_WITH_ADDRESS = Pattern.compile("@[^<>\\s]{1,150}> ?:$");

    private static final Pattern YEAR = Pattern.compile("\\b(?:19|20)\\d\\d\\b");

    private static final Pattern INSIDE_ADDRESS = Pattern.compile("<[^<>\\s]{0,150}$");

    private static final Pattern CLOSES_ADDRESS = Pattern.compile("^> ?[^<>]{0,40}:$");

    private static final Pattern WITHIN = Pattern
            .compile("(?:(?<=\\s)|(?<=[-.!?]))(?:On|Am|Le|El|Il|Op|Em|Den|Dnia|W dniu) (?=[\\p{L}\\d])");

    private static final Pattern LINK = Pattern
            .compile("\\[([^\\[\\]]{1,80})\\]\\([^()\\s]{1,200}\\)|<https?:[^<>\\s]{1,200}>");

    private static final int MAX_LABEL = 30;

    /** A field of a quoted header. */
    enum Label {
        FROM, DATE, TO, SUBJECT
    }

    private record Attribution(Pattern start, Pattern end, boolean ownStart) {
    }

    private final Map<String, Label> labels = new HashMap<>();
    private final Set<String> wholeLines = new HashSet<>();
    private final Set<String> separators = new HashSet<>();
    private final List<Attribution> attributions = new ArrayList<>();
    private final List<Pattern> devices = new ArrayList<>();
    private final Pattern separator = Pattern.compile("^" + DASH + "{2,} ?([^-].{2,60}?)[ :]*" + DASH + "{2,}$");

    private ReplyMarks(DataRows data) {
        for (Label label : Label.values()) {
            String kind = "label-" + label.name().toLowerCase(Locale.ROOT);
            data.of(kind).forEach(row -> labels.put(FoldedText.of(row[2]), label));
        }
        data.of("whole-line").forEach(row -> wholeLines.add(FoldedText.of(row[2])));
        data.of("separator").forEach(row -> separators.add(FoldedText.of(row[2])));
        for (String[] row : data.of("attribution")) {
            String start = row[2].isEmpty() ? "^" : "^" + FoldedText.of(row[2]) + "(?![\\p{L}])";
            attributions.add(new Attribution(Pattern.compile(start), Pattern.compile(FoldedText.of(row[3]) + "$"),
                    !row[2].isEmpty()));
        }
        data.of("device").forEach(row -> devices.add(Pattern.compile(FoldedText.of(row[2]))));
    }

    static ReplyMarks instance() {
        return INSTANCE;
    }

    /** "-----Original Message-----", "Begin forwarded message:". */
    boolean isSeparator(String line) {
        if (wholeLines.contains(line)) {
            return true;
        }
        var matcher = separator.matcher(line);
        return matcher.find() && separators.contains(matcher.group(1).strip());
    }

    /** The same words alone on a line, as BlackBerry writes them: a separator only where a quoted header follows. */
    boolean isSeparatorWithoutDashes(String line) {
        return separators.contains(line);
    }

    /** A long row of underscores: Outlook puts it before the quoted header, mailing lists before their footer. */
    boolean isRule(String line) {
        return RULE.matcher(line).matches();
    }

    boolean isDevice(String line) {
        String bare = LINK.matcher(line).replaceAll("$1").replaceAll("^[(<\\[ ]+|[)>\\] ]+$", "");
        return devices.stream().anyMatch(device -> device.matcher(bare).matches());
    }

    /** Whatever the words are, such a row above a quoted header is a separator. */
    boolean isWordsBetweenDashes(String line) {
        return separator.matcher(line).find();
    }

    /** A text that ends in the middle of an address, because the program wrapped it there. */
    boolean endsInsideAddress(String text) {
        return hasMoment(text) && INSIDE_ADDRESS.matcher(text).find();
    }

    /** The rest of such a line, which looks as if it were quoted: ">:". */
    boolean closesAddress(String line) {
        return CLOSES_ADDRESS.matcher(line).find();
    }

    boolean hasTime(String text) {
        return TIME.matcher(text).find();
    }

    /** Tells whether the line has the words that an attribution begins with, not only an address. */
    boolean beginsAttribution(String line) {
        return hasMoment(line) && attributions.stream()
                .anyMatch(attribution -> attribution.ownStart() && attribution.start().matcher(line).find());
    }

    /** Where an attribution begins behind other words, in a line that is not folded; -1 if it does not. */
    int attributionWithin(String line) {
        var matcher = WITHIN.matcher(line);
        while (matcher.find()) {
            if (isAttribution(FoldedText.of(line.substring(matcher.start())))) {
                return matcher.start();
            }
        }
        return -1;
    }

    /** The label of a line like "From: Jane", also with the asterisks of a bold label; null if it has none. */
    @Nullable
    Label label(String line) {
        int colon = line.indexOf(':');
        if (colon <= 0 || colon > MAX_LABEL) {
            return null;
        }
        return labels.get(line.substring(0, colon).replace('*', ' ').strip());
    }

    /** Tells whether the text ends as an attribution does: what is quoted below it decides the rest. */
    boolean endsAttribution(String text) {
        return attributions.stream().anyMatch(attribution -> attribution.end().matcher(text).find());
    }

    /** Tells whether a text is an attribution even though nothing below it is marked as quoted. */
    boolean isAttribution(String text) {
        boolean withoutVerb = WITHOUT_VERB.matcher(text).find()
                || hasTime(text) && YEAR.matcher(text).find() && ENDS_WITH_ADDRESS.matcher(text).find();
        return withoutVerb || hasMoment(text) && attributions.stream().anyMatch(
                attribution -> attribution.start().matcher(text).find() && attribution.end().matcher(text).find());
    }

    /** Tells whether a line begins as an attribution does that goes on in the next line. */
    boolean startsAttribution(String line) {
        return hasMoment(line) && (line.indexOf('@') >= 0
                || attributions.stream()
                        .anyMatch(attribution -> attribution.ownStart() && attribution.start().matcher(line).find()));
    }

    /** A year, a date, a time or an address. */
    boolean hasMoment(String text) {
        return MOMENT.matcher(text).find();
    }
}
