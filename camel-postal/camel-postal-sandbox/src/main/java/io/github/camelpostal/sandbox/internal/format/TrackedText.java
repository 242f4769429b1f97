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

import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What tracking does to one text of a mail (protocol 3.2). Postal searches by regular expression, not by reading HTML, and so
 * does this: links in attributes other than {@code href}, without quotes, or with odd characters are not found.
 *
 * @param tracksClicks whether links are rewritten and {@code +notrack} is removed
 * @param tracksHost   whether links to this host, with its port, are; by its exact spelling
 * @param link         the tracked link for a URL
 * @param pixel        the URL of the pixel; null when loads are not tracked
 */
public record TrackedText(boolean tracksClicks, Predicate<String> tracksHost, UnaryOperator<String> link,
        @Nullable String pixel) {
    private static final String URL = "https?://([A-Za-z0-9.:-]+)(?:/[A-Za-z0-9./+?&_%=~:;()\\[\\]#-]*+)?+";
    private static final Pattern IN_TEXT = Pattern.compile(URL + "(?=\\s|$)", Pattern.MULTILINE);
    private static final Pattern IN_HTML = Pattern.compile("href=['\"](" + URL + ")['\"]");
    private static final Pattern NOT_TRACKED = Pattern.compile("(https?)\\+notrack://");
    private static final Pattern PUNCTUATION_AT_END = Pattern.compile("[^A-Za-z0-9_]+$");

    /** A plain text; what a URL ends in that is no letter or digit is swallowed. */
    String plain(String text) {
        if (!tracksClicks) {
            return text;
        }
        return unmarked(IN_TEXT.matcher(text).replaceAll(found -> Matcher.quoteReplacement(tracksHost.test(found.group(1))
                ? link.apply(PUNCTUATION_AT_END.matcher(found.group()).replaceFirst(""))
                : found.group())));
    }

    /** An HTML text; its links stand in single quotes then. */
    String html(String text) {
        String linked = !tracksClicks
                ? text
                : unmarked(IN_HTML.matcher(text).replaceAll(found -> Matcher.quoteReplacement(tracksHost.test(found.group(2))
                        ? "href='" + link.apply(unescaped(found.group(1))) + "'"
                        : found.group())));
        return pixel == null ? linked : withPixel(linked);
    }

    private String withPixel(String html) {
        String invisible = "<p class='ampimg' style='display:none;visibility:none;margin:0;padding:0;line-height:0;'><img src='"
                + pixel + "' alt=''></p>";
        return html.contains("</body>") ? html.replace("</body>", invisible + "</body>") : html + invisible;
    }

    private static String unmarked(String text) {
        return NOT_TRACKED.matcher(text).replaceAll("$1://");
    }

    private static String unescaped(String url) {
        return url.replace("&#39;", "'").replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;",
                "&");
    }
}
