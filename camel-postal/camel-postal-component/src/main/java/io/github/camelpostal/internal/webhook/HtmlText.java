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
package io.github.camelpostal.internal.webhook;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The readable text of an HTML mail: for people and searches, not for security decisions.
 *
 * <p>It reads every character once, so that no mail, however broken, takes long.
 */
final class HtmlText {

    private static final Set<String> UNSEEN = Set.of("script", "style", "head", "title");
    private static final Set<String> LINE_BREAKS = Set.of("br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6",
            "table", "ul", "ol", "blockquote", "hr", "pre");
    private static final Map<String, String> ENTITIES = Map.ofEntries(Map.entry("amp", "&"), Map.entry("lt", "<"),
            Map.entry("gt", ">"), Map.entry("quot", "\""), Map.entry("apos", "'"), Map.entry("nbsp", " "),
            Map.entry("auml", "ä"), Map.entry("ouml", "ö"), Map.entry("uuml", "ü"), Map.entry("Auml", "Ä"),
            Map.entry("Ouml", "Ö"), Map.entry("Uuml", "Ü"), Map.entry("szlig", "ß"), Map.entry("eacute", "é"),
            Map.entry("egrave", "è"), Map.entry("euro", "€"), Map.entry("ndash", "–"), Map.entry("mdash", "—"),
            Map.entry("hellip", "…"), Map.entry("rsquo", "’"), Map.entry("lsquo", "‘"), Map.entry("ldquo", "“"),
            Map.entry("rdquo", "”"), Map.entry("copy", "©"));
    private static final int LONGEST_ENTITY = 10;

    private final String html;
    private final StringBuilder text = new StringBuilder();
    private int position;

    private HtmlText(String html) {
        this.html = html;
    }

    static String of(String html) {
        return new HtmlText(html).read();
    }

    private String read() {
        while (position < html.length()) {
            char c = html.charAt(position);
            if (c == '<' && startsTag()) {
                tag();
            } else if (c == '&') {
                entity();
            } else {
                append(c);
                position++;
            }
        }
        return text.toString().strip();
    }

    private boolean startsTag() {
        char next = position + 1 < html.length() ? html.charAt(position + 1) : ' ';
        return Character.isLetter(next) || next == '/' || next == '!' || next == '?';
    }

    private void tag() {
        if (html.startsWith("<!--", position)) {
            position = after("-->", position);
            return;
        }
        int nameStart = html.charAt(position + 1) == '/' ? position + 2 : position + 1;
        int nameEnd = nameStart;
        while (nameEnd < html.length() && Character.isLetterOrDigit(html.charAt(nameEnd))) {
            nameEnd++;
        }
        String name = html.substring(nameStart, nameEnd).toLowerCase(Locale.ROOT);
        boolean opens = nameStart == position + 1;
        position = after(">", nameEnd);
        if (opens && UNSEEN.contains(name)) {
            skipTo(name);
        } else if (LINE_BREAKS.contains(name)) {
            lineBreak(name.equals("br"));
        }
    }

    private void skipTo(String name) {
        for (int end = html.indexOf("</", position); end >= 0; end = html.indexOf("</", end + 2)) {
            if (html.regionMatches(true, end + 2, name, 0, name.length())) {
                position = after(">", end);
                return;
            }
        }
        position = html.length();
    }

    private int after(String mark, int from) {
        int found = html.indexOf(mark, from);
        return found < 0 ? html.length() : found + mark.length();
    }

    private void entity() {
        int end = position + 1;
        int limit = Math.min(html.length() - 1, position + LONGEST_ENTITY);
        while (end < limit && html.charAt(end) != ';') {
            end++;
        }
        String name = end < html.length() && html.charAt(end) == ';' ? html.substring(position + 1, end) : "";
        String value = name.startsWith("#") ? numbered(name.substring(1)) : ENTITIES.get(name);
        if (value == null) {
            append('&');
            position++;
        } else {
            text.append(value);
            position = end + 1;
        }
    }

    private static String numbered(String number) {
        try {
            boolean hexadecimal = number.startsWith("x") || number.startsWith("X");
            int codePoint = hexadecimal ? Integer.parseInt(number.substring(1), 16) : Integer.parseInt(number);
            return Character.isValidCodePoint(codePoint) && codePoint > 0 ? Character.toString(codePoint) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private void append(char c) {
        if (!Character.isWhitespace(c)) {
            text.append(c);
        } else if (!text.isEmpty() && !Character.isWhitespace(text.charAt(text.length() - 1))) {
            text.append(' ');
        }
    }

    /** Blocks share a line break; every {@code br} is one. */
    private void lineBreak(boolean always) {
        while (!text.isEmpty() && text.charAt(text.length() - 1) == ' ') {
            text.setLength(text.length() - 1);
        }
        if (!text.isEmpty() && (always || text.charAt(text.length() - 1) != '\n')) {
            text.append('\n');
        }
    }
}
