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
package io.github.camelpostal.internal.reason;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What another server said, cut to a bounded length, with its two codes and its words in the form in which rules are
 * written: lower case, no accents, no punctuation but what belongs to names and numbers, {@code @} for every address.
 */
final class ServerReply {

    /** Postal cuts at 250 (protocol 2.13); a bounce may quote more, and nobody explains himself after this much. */
    private static final int LONGEST = 2000;

    private static final Pattern NEXT_REPLY = Pattern
            .compile("\\s([45]\\d\\d)[ -](?:[45]\\.\\d{1,3}\\.\\d{1,3}\\s|[A-Z][a-z])");

    private final String words;
    private final int reply;
    private final Optional<EnhancedCode> code;

    private ServerReply(String words, int reply, Optional<EnhancedCode> code) {
        this.words = words;
        this.reply = reply;
        this.code = code;
    }

    static ServerReply of(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        String bare = firstReply(withoutType(cut));
        return new ServerReply(words(bare), reply(bare), EnhancedCode.in(bare));
    }

    String words() {
        return words;
    }

    /** Three digits, or 0 if the text starts with none: then no server spoke, but the network. */
    int reply() {
        return reply;
    }

    Optional<EnhancedCode> code() {
        return code;
    }

    /** Whether the codes, as far as there are any, all say that it is final. */
    boolean saysFinal() {
        if (reply == 0) {
            return code.filter(c -> c.type() == 5).isPresent();
        }
        return reply / 100 == 5 && code.map(c -> c.type() == 5).orElse(true);
    }

    // a Diagnostic-Code begins with its type (RFC 3464, 2.3.6)
    private static String withoutType(String text) {
        String trimmed = text.strip();
        int semicolon = trimmed.indexOf(';');
        boolean typed = semicolon > 0 && semicolon <= 12
                && trimmed.chars().limit(semicolon).allMatch(c -> Character.isLetter(c) || c == '-');
        return typed ? trimmed.substring(semicolon + 1).strip() : trimmed;
    }

    // transcripts in bounces go on with what the next command got: "550 User unknown 503 Need RCPT (recipient)"
    private static String firstReply(String text) {
        if (reply(text) > 0) {
            Matcher next = NEXT_REPLY.matcher(text);
            for (int from = 3; next.find(from); from = next.end()) {
                // "said: 450 4.2.0 Greylisted" is quoted: it is what this reply is about
                if (!text.startsWith(next.group(1)) && text.charAt(next.start() - 1) != ':') {
                    return text.substring(0, next.start());
                }
            }
        }
        return text;
    }

    private static int reply(String text) {
        if (text.length() < 3 || text.length() > 3 && Character.isLetterOrDigit(text.charAt(3))) {
            return 0;
        }
        for (int i = 0; i < 3; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return 0;
            }
        }
        int number = Integer.parseInt(text.substring(0, 3));
        return number >= 200 && number < 600 ? number : 0;
    }

    static String words(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        StringBuilder out = new StringBuilder(plain.length());
        int i = 0;
        boolean lineStart = true;
        while (i < plain.length()) {
            int end = i;
            while (end < plain.length() && !Character.isWhitespace(plain.charAt(end))) {
                end++;
            }
            if (end > i && !(lineStart && out.length() > 0 && isContinuation(plain, i, end))) {
                word(plain, i, end, out);
            }
            lineStart = end < plain.length() && plain.charAt(end) == '\n';
            i = end + 1;
        }
        return out.toString().strip();
    }

    // "550-5.1.1" at the start of the second line would tear the sentence apart
    private static boolean isContinuation(String text, int start, int end) {
        return end - start >= 3 && Character.isDigit(text.charAt(start)) && Character.isDigit(text.charAt(start + 1))
                && Character.isDigit(text.charAt(start + 2)) && (end - start == 3 || text.charAt(start + 3) == '-');
    }

    private static void word(String text, int start, int end, StringBuilder out) {
        int at = text.indexOf('@', start);
        if (at >= 0 && at < end && end - start > 1) {
            int address = beginOfAddress(text, start, at);
            if (address > start) {
                word(text, start, address, out);
            }
            out.append(out.length() > 0 && out.charAt(out.length() - 1) != ' ' ? " @ " : "@ ");
            return;
        }
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (Character.isLetterOrDigit(c) || c == '@' || c == '#' || c == '=') {
                out.append(c);
            } else if ((c == '.' || c == '/' || c == ':') && i + 1 < end && Character.isLetterOrDigit(text.charAt(i + 1))) {
                out.append(c);
            } else if (c != '\'' && c != '’' && Character.getType(c) != Character.NON_SPACING_MARK
                    && !(c == '-' && isElectronic(text, start, i)) && out.length() > 0
                    && out.charAt(out.length() - 1) != ' ') {
                out.append(' ');
            }
        }
        if (out.length() > 0 && out.charAt(out.length() - 1) != ' ') {
            out.append(' ');
        }
    }

    // "found:jane@example.com" is a word and an address
    private static int beginOfAddress(String text, int start, int at) {
        int begin = at;
        while (begin > start && ":;,<>()[]\"'".indexOf(text.charAt(begin - 1)) < 0) {
            begin--;
        }
        return begin;
    }

    // e-mail and email are one word
    private static boolean isElectronic(String text, int start, int hyphen) {
        return hyphen > 0 && text.charAt(hyphen - 1) == 'e' && text.startsWith("-mail", hyphen)
                && (hyphen - 1 == start || !Character.isLetterOrDigit(text.charAt(hyphen - 2)));
    }

    /**
     * An enhanced status code (RFC 3463).
     *
     * @param type 4 or 5
     */
    record EnhancedCode(int type, int subject, int detail) {

        static Optional<EnhancedCode> in(String text) {
            for (int i = 0; i + 4 < text.length(); i++) {
                char c = text.charAt(i);
                boolean starts = (c == '4' || c == '5') && text.charAt(i + 1) == '.'
                        && (i == 0 || !Character.isLetterOrDigit(text.charAt(i - 1)) && text.charAt(i - 1) != '.');
                if (starts) {
                    Optional<EnhancedCode> code = at(text, i);
                    if (code.isPresent()) {
                        return code;
                    }
                }
            }
            return Optional.empty();
        }

        private static Optional<EnhancedCode> at(String text, int start) {
            int subjectEnd = digits(text, start + 2);
            if (subjectEnd == start + 2 || subjectEnd >= text.length() || text.charAt(subjectEnd) != '.') {
                return Optional.empty();
            }
            int detailEnd = digits(text, subjectEnd + 1);
            // four numbers are an IP address
            boolean more = detailEnd + 1 < text.length() && text.charAt(detailEnd) == '.'
                    && Character.isDigit(text.charAt(detailEnd + 1));
            if (detailEnd == subjectEnd + 1 || more
                    || detailEnd < text.length() && Character.isLetterOrDigit(text.charAt(detailEnd))) {
                return Optional.empty();
            }
            return Optional.of(new EnhancedCode(text.charAt(start) - '0',
                    Integer.parseInt(text.substring(start + 2, subjectEnd)),
                    Integer.parseInt(text.substring(subjectEnd + 1, detailEnd))));
        }

        private static int digits(String text, int start) {
            int end = start;
            while (end < text.length() && end - start < 3 && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
                end++;
            }
            return end;
        }
    }
}
