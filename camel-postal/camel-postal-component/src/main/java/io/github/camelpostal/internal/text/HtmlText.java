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

import java.util.Locale;
import java.util.Set;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/**
 * The readable text of an HTML mail: for people and searches, not for security decisions. Blocks become lines, the cells of a
 * table are separated by tabs, and a link is followed by its target where the text does not show it.
 */
public final class HtmlText implements NodeFilter {

    private static final Set<String> HIDDEN = Set.of("script", "style", "head", "title", "template");
    private static final Set<String> BLOCKS = Set.of("p", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table",
            "ul", "ol", "dl", "dt", "dd", "blockquote", "hr", "pre", "section", "article", "header", "footer", "address");
    private static final Set<String> CELLS = Set.of("td", "th");

    private final StringBuilder text = new StringBuilder();
    private final boolean marksQuotes;
    private int quotes;

    private HtmlText(boolean marksQuotes) {
        this.marksQuotes = marksQuotes;
    }

    /** The text as a person reads it. */
    public static String of(String html) {
        return read(new HtmlText(false), html);
    }

    /** The same, with the mark of plain text in front of each quoted line, which only its indentation shows in HTML. */
    public static String withQuoteMarks(String html) {
        return read(new HtmlText(true), html);
    }

    private static String read(HtmlText reader, String html) {
        NodeTraversor.filter(reader, Jsoup.parse(html));
        return reader.text.toString().strip();
    }

    @Override
    public FilterResult head(Node node, int depth) {
        if (node instanceof TextNode words) {
            append(words.getWholeText());
        } else if (node instanceof Element element) {
            String name = element.normalName();
            if (HIDDEN.contains(name)) {
                return FilterResult.SKIP_ENTIRELY;
            }
            if (name.equals("br")) {
                endLine(true);
            } else if (BLOCKS.contains(name)) {
                endLine(false);
                quotes += name.equals("blockquote") ? 1 : 0;
            } else if (CELLS.contains(name)) {
                endCell();
            }
        }
        return FilterResult.CONTINUE;
    }

    @Override
    public FilterResult tail(Node node, int depth) {
        if (node instanceof Element element) {
            if (BLOCKS.contains(element.normalName())) {
                endLine(false);
                quotes -= element.normalName().equals("blockquote") ? 1 : 0;
            } else if (element.normalName().equals("a")) {
                appendTarget(element);
            }
        }
        return FilterResult.CONTINUE;
    }

    /** White space of the source counts as one blank; one that has to stay is not white space to Java. */
    private void append(String words) {
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i) == '\u00a0' ? ' ' : words.charAt(i);
            if (!Character.isWhitespace(c)) {
                markQuote();
                text.append(c);
            } else if (!text.isEmpty() && !Character.isWhitespace(text.charAt(text.length() - 1))) {
                text.append(' ');
            }
        }
    }

    private void markQuote() {
        if (marksQuotes && quotes > 0 && (text.isEmpty() || text.charAt(text.length() - 1) == '\n')) {
            text.append("> ");
        }
    }

    private void appendTarget(Element link) {
        String target = link.attr("href").strip();
        String scheme = target.toLowerCase(Locale.ROOT);
        boolean useful = scheme.startsWith("http:") || scheme.startsWith("https:") || scheme.startsWith("mailto:");
        String shown = target.replaceFirst("(?i)^(https?://|mailto:)", "");
        String words = link.text();
        if (useful && !words.isBlank() && !words.contains(shown)) {
            dropBlanks();
            text.append(" (").append(target.replaceAll("\\s", "")).append(')');
        }
    }

    private void endCell() {
        dropBlanks();
        if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
            text.append('\t');
        }
    }

    /** Blocks share a line break; every {@code br} is one. */
    private void endLine(boolean always) {
        dropBlanks();
        if (!text.isEmpty() && (always || text.charAt(text.length() - 1) != '\n')) {
            text.append('\n');
        }
    }

    private void dropBlanks() {
        while (!text.isEmpty() && (text.charAt(text.length() - 1) == ' ' || text.charAt(text.length() - 1) == '\t')) {
            text.setLength(text.length() - 1);
        }
    }
}
