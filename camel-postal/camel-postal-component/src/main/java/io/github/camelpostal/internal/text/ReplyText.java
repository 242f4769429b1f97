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
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.github.camelpostal.internal.text.ReplyMarks.Label;

/**
 * What a person wrote in a reply: the text without the mail that it answers and without the signature.
 * <p>
 * Lines that begin with {@code >} are left out wherever they stand, so answers between and below quoted lines remain. Where
 * a program quotes without marking the lines, everything from its separator, its quoted header or its "On … wrote:" on is
 * left out. A signature begins with a line of two dashes and ends where something is quoted. Names after "Best regards"
 * remain: no rule tells them from an answer.
 * <p>
 * Reads each line a bounded number of times and looks at no more than its beginning.
 */
public final class ReplyText {

    /** Longer than any line that a program writes between reply and quote. */
    private static final int MAX_LOOK = 300;

    /** Programs wrap "On … wrote:" at 72 characters; names and addresses are long. */
    private static final int MAX_ATTRIBUTION_LINES = 4;

    /** Outlook's quoted header has From, Sent, To, Cc and Subject, of which long ones are wrapped. */
    private static final int HEADER_LINES = 8;

    private final ReplyMarks marks = ReplyMarks.instance();
    private final List<String> lines;
    private final List<String> kept = new ArrayList<>();

    private ReplyText(String text) {
        this.lines = text.lines().toList();
    }

    /**
     * Returns the reply's own text without blank lines around it; empty if there is none.
     *
     * @param mail the plain text of a mail, or the text of its HTML
     */
    public static String of(String mail) {
        return new ReplyText(mail).read();
    }

    private String read() {
        boolean signature = false;
        int i = 0;
        while (i < lines.size()) {
            int attribution;
            if (isQuoted(i)) {
                signature = false;
                i++;
            } else if (isBlank(i)) {
                keep(i++, signature);
            } else if (quotesTheRest(i)) {
                break;
            } else if ((attribution = attributionLines(i)) > 0) {
                // above everything else it does not end the reply, whatever it says
                if (!isQuotedAfter(i + attribution) && hasText()) {
                    break;
                }
                keepWhatStandsBefore(i, attribution, signature);
                i += attribution;
            } else if (isSignatureMark(i)) {
                signature = true;
                i++;
            } else if (marks.isDevice(look(i))) {
                i++;
            } else {
                keep(i++, signature);
            }
        }
        return text();
    }

    /** "Yes. On Monday, Jane wrote:" on one line: what the person wrote is kept. */
    private void keepWhatStandsBefore(int i, int attribution, boolean signature) {
        if (attribution == 1 && !signature) {
            String line = lines.get(i).length() > MAX_LOOK ? lines.get(i).substring(0, MAX_LOOK) : lines.get(i);
            int start = marks.attributionWithin(line);
            if (start > 0) {
                kept.add(line.substring(0, start).replaceFirst("[-\\s]+$", ""));
            }
        }
    }

    private boolean hasText() {
        return kept.stream().anyMatch(line -> !line.isBlank());
    }

    private void keep(int i, boolean signature) {
        if (!signature) {
            kept.add(lines.get(i));
        }
    }

    /** A separator or a quoted header: from here on the lines are those of another mail. */
    private boolean quotesTheRest(int i) {
        String line = look(i);
        return marks.isSeparator(line) || marks.isRule(line) || isQuotedHeader(i)
                || (marks.isSeparatorWithoutDashes(line) || marks.isWordsBetweenDashes(line)) && isQuotedHeader(i + 1);
    }

    private boolean isQuotedHeader(int start) {
        if (start >= lines.size() || marks.label(look(start)) == null) {
            return false;
        }
        Set<Label> found = EnumSet.noneOf(Label.class);
        for (int i = start; i < Math.min(lines.size(), start + HEADER_LINES); i++) {
            Label label = marks.label(look(i));
            if (label != null) {
                found.add(label);
            }
        }
        return found.size() >= 3 && found.contains(Label.FROM) || isShortHeader(start);
    }

    /** An address and a moment below each other: some programs quote no more. */
    private boolean isShortHeader(int start) {
        String from = look(start);
        String date = start + 1 < lines.size() ? look(start + 1) : "";
        return marks.label(from) == Label.FROM && from.indexOf('@') >= 0 && marks.label(date) == Label.DATE
                && marks.hasTime(date);
    }

    /** Returns how many lines "On … wrote:" takes that begins here; 0 if none begins here. */
    private int attributionLines(int start) {
        StringBuilder joined = new StringBuilder();
        for (int count = 1; count <= MAX_ATTRIBUTION_LINES && start + count <= lines.size(); count++) {
            int i = start + count - 1;
            String line = look(i);
            boolean goesOn = count > 1 && marks.endsInsideAddress(joined.toString());
            if (line.isEmpty() || isQuoted(i) && !(goesOn && marks.closesAddress(line))
                    || count == 2 && !goesOn && !line.startsWith("<") && !marks.startsAttribution(look(start))
                    || count > 1 && !goesOn && !line.startsWith("<") && marks.isAttribution(line)
                    || count > 1 && !marks.beginsAttribution(look(start)) && marks.beginsAttribution(line)) {
                return 0;
            }
            joined.append(count > 1 && !goesOn ? " " : "").append(line);
            String text = joined.toString();
            boolean complete = marks.isAttribution(text) || isQuotedAfter(i + 1) && introduces(text);
            if (complete) {
                return count;
            }
        }
        return 0;
    }

    /** Above quoted lines less is asked for: some programs write no verb, some no date. */
    private boolean introduces(String text) {
        return marks.endsAttribution(text) || text.endsWith(":") && text.indexOf('@') >= 0 && marks.hasMoment(text);
    }

    private boolean isQuotedAfter(int start) {
        int i = start;
        // at most two blank lines: without a bound, blank lines would be read again for each line above them
        while (i < lines.size() && i < start + 2 && isBlank(i)) {
            i++;
        }
        return i < lines.size() && isQuoted(i);
    }

    private boolean isQuoted(int i) {
        String line = lines.get(i);
        int at = 0;
        while (at < 3 && at < line.length() && line.charAt(at) == ' ') {
            at++;
        }
        return at < line.length() && line.charAt(at) == '>';
    }

    private boolean isSignatureMark(int i) {
        String line = lines.get(i);
        return line.equals("--") || line.equals("-- ") || line.equals("--\u00a0");
    }

    private boolean isBlank(int i) {
        return look(i).isEmpty();
    }

    private String look(int i) {
        String line = lines.get(i);
        return FoldedText.of(line.length() > MAX_LOOK ? line.substring(0, MAX_LOOK) : line);
    }

    private String text() {
        int from = 0;
        int to = kept.size();
        while (from < to && kept.get(from).isBlank()) {
            from++;
        }
        while (to > from && kept.get(to - 1).isBlank()) {
            to--;
        }
        return String.join("\n", kept.subList(from, to));
    }
}
