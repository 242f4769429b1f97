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
        return devices.stream().anyMatch(device -> device.matcher(line).matches());
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
        return hasMoment(text) && attributions.stream().anyMatch(
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
