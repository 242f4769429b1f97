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
package io.github.camelpostal.sandbox.internal.format;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Cuts the quoted earlier mail out of a text, as an endpoint with {@code strip_replies} has it (protocol 4.4). The marks are
 * those of English, German and French mail programs; whatever else stands in a mail stays.
 *
 * @param written what its author wrote, without CRs and without white space around it; {@code ""} when there was no text
 * @param quoted  what was cut out, the last found first; null when nothing was
 */
public record ReplyParts(String written, @Nullable String quoted) {
    private static final int QUOTED_LINES = 10;
    private static final String MAYBE_QUOTED = "^>*\\s*";

    /** From here on everything is quoted. Tried in this order, each on what the one before has left. */
    private static final List<Pattern> BEGINNINGS = List.of(
            mark("^-{2,10} $"),
            mark(MAYBE_QUOTED + "-{5} ?Original Message ?-{5}"),
            mark(MAYBE_QUOTED + "From:[^\\r\\n]*[\\r\\n]+Sent:"),
            mark(MAYBE_QUOTED + "From:[^\\r\\n]*[\\r\\n]+Date:"),
            mark(MAYBE_QUOTED + "-{5}Urspr.ngliche Nachricht-{5} "));
    private static final Pattern FRENCH_LINE = mark(MAYBE_QUOTED + "Le[^\\r\\n]{10,200}a .crit ?:\\s*$");
    private static final List<Pattern> LATER_BEGINNINGS = List.of(
            mark(MAYBE_QUOTED + "_{18}"),
            mark(MAYBE_QUOTED + "On(?s:.{10,200})wrote:\\s*$"),
            mark(MAYBE_QUOTED + "Sent from my"),
            mark(MAYBE_QUOTED + "=== Please reply above this line ==="));

    private static Pattern mark(String regex) {
        return Pattern.compile(regex, Pattern.MULTILINE | Pattern.UNIX_LINES);
    }

    /** @param text null for a mail without a text */
    public static ReplyParts separatedFrom(@Nullable String text) {
        if (text == null) {
            return new ReplyParts("", null);
        }
        TextCutter cutting = new TextCutter(text.replace("\r", ""));
        BEGINNINGS.forEach(cutting::everythingFrom);
        cutting.each(FRENCH_LINE);
        LATER_BEGINNINGS.forEach(cutting::everythingFrom);
        cutting.longQuotes();
        String quoted = cutting.quoted.strip();
        return new ReplyParts(cutting.rest.strip(), quoted.isEmpty() ? null : quoted);
    }

    /** What is left of the text, and what was cut out of it. */
    private static final class TextCutter {
        private String rest;
        private String quoted = "";

        TextCutter(String text) {
            this.rest = text;
        }

        void everythingFrom(Pattern mark) {
            Matcher found = mark.matcher(rest);
            if (found.find()) {
                cut(found.start(), rest.length());
            }
        }

        void each(Pattern line) {
            Matcher found = line.matcher(rest);
            while (found.find()) {
                cut(found.start(), found.end());
                found = line.matcher(rest);
            }
        }

        /** Ten lines or more, one after the other, that begin with {@code >}. */
        void longQuotes() {
            int start = 0;
            int at = 0;
            int lines = 0;
            while (at < rest.length()) {
                int end = rest.indexOf('\n', at) + 1;
                int next = end == 0 ? rest.length() : end;
                boolean quote = rest.charAt(at) == '>';
                lines = quote ? lines + 1 : 0;
                at = next;
                boolean over = !quote || at == rest.length() || rest.charAt(at) != '>';
                if (over && lines >= QUOTED_LINES) {
                    cut(start, at);
                    at = start;
                    lines = 0;
                } else if (!quote) {
                    start = at;
                }
            }
        }

        private void cut(int from, int to) {
            quoted = rest.substring(from, to) + "\n" + quoted;
            rest = rest.substring(0, from) + rest.substring(to);
        }
    }
}
