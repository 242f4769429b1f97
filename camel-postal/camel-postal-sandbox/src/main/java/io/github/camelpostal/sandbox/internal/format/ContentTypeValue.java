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

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of a {@code Content-Type} or {@code Content-Disposition} field as Postal's mail library understands it: what breaks
 * the grammar is repaired in the same few ways, and where that does not help, the type alone counts.
 *
 * @param type       in lower case; {@code text/plain} if it cannot be understood at all
 * @param parameters in their order, a name as it stands
 */
record ContentTypeValue(String type, List<Parameter> parameters) {
    private static final String TOKEN = "[\\x21-\\x27\\x2a-\\x2e0-9A-Z\\x5e-\\x7e]";
    private static final String BLANK = "(?:[ \\t\\r\\n]|\\((?:[^()\\\\]|\\\\.|\\([^()]*\\))*\\))";
    private static final String QUOTED = "\"((?:[^\"\\\\\\r\\n]|\\\\.|\\r?\\n[ \\t])*)\"";
    /** A comment behind quotes breaks the library's grammar. */
    private static final String PARAMETER = BLANK + "*(" + TOKEN + "+)=(?:" + BLANK + "*" + QUOTED
            + "[ \\t\\r\\n]*(?!\\()|((?:(?!\")"
            + TOKEN + "|=)+)" + BLANK + "*)";
    private static final Pattern TYPE = Pattern.compile("(" + TOKEN + "+)/(" + TOKEN + "+)");
    private static final Pattern DISPOSITION = Pattern.compile("(" + TOKEN + "+)");
    private static final Pattern NEXT_OF_TYPE = Pattern.compile("(?:" + BLANK + "*;+|" + BLANK + "+)" + PARAMETER);
    private static final Pattern NEXT_OF_DISPOSITION = Pattern.compile(";" + PARAMETER);
    private static final Pattern NAME_WITH_BLANKS = Pattern.compile("\\b(filename|name)=([^;\"\\r\\n]+\\s[^;\"\\r\\n]+)");
    private static final Pattern KEPT_CASE = Pattern.compile("(?i)(boundary|name|filename)=\\S*");
    private static final Pattern CHARSET_ALONE = Pattern.compile("(?i)\\s*([\\w-]+/[\\w-]+)\\s*;\\s?(ISO[\\w-]+)");
    private static final Pattern HALF_A_TYPE = Pattern.compile("(?i)(\\w+);\\s(.*)", Pattern.DOTALL);
    private static final Pattern TYPE_AND_REST = Pattern.compile("([\\w-]+/[\\w-]+);\\s+(.*)", Pattern.DOTALL);
    private static final Pattern TYPE_ALONE = Pattern.compile("(?i)([\\w-]+/[\\w-]+);.+", Pattern.DOTALL);
    private static final Pattern EXTENDED = Pattern.compile("([\\w-]+)?'(?:\\w\\w)?'(.*)", Pattern.DOTALL);
    private static final Pattern SAFE_TOKEN = Pattern
            .compile("[\\x21\\x23-\\x27\\x2a\\x2b\\x2d\\x2e\\x30-\\x39A-Z\\x5e-\\x7e]+");

    /** One parameter, its value without quotes, but with the backslashes that stood between them. */
    record Parameter(String name, String value) {
    }

    /** Of a {@code Content-Type} field. */
    static ContentTypeValue ofType(String field) {
        String value = withQuotedName(field.strip());
        if (value.isEmpty()) {
            return new ContentTypeValue("text/plain", List.of());
        }
        return parsed(value, TYPE, NEXT_OF_TYPE).or(() -> parsed(repaired(value), TYPE, NEXT_OF_TYPE)).orElseGet(() -> {
            Matcher alone = TYPE_ALONE.matcher(value);
            return new ContentTypeValue(alone.matches() ? alone.group(1).toLowerCase(Locale.ROOT) : "text/plain", List.of());
        });
    }

    /** Of a {@code Content-Disposition} field; empty if it breaks the grammar, which the library does not repair. */
    static Optional<ContentTypeValue> ofDisposition(String field) {
        return parsed(withQuotedName(field.strip()), DISPOSITION, NEXT_OF_DISPOSITION);
    }

    boolean isMultipart() {
        return type.startsWith("multipart/");
    }

    /** The value of a parameter, put together and decoded by RFC 2231 where it is written that way. */
    Optional<String> parameter(String name) {
        TreeMap<String, String> sections = new TreeMap<>();
        String plain = null;
        for (Parameter parameter : parameters) {
            if (parameter.name().equalsIgnoreCase(name)) {
                plain = parameter.value();
            } else if (parameter.name().toLowerCase(Locale.ROOT).startsWith(name + "*")) {
                sections.put(parameter.name(), parameter.value());
            }
        }
        return sections.isEmpty() ? Optional.ofNullable(plain) : Optional.of(decoded(String.join("", sections.values())));
    }

    /** As the library writes it: parameters sorted by name, quoted where they must be (recorded). */
    String text() {
        StringBuilder text = new StringBuilder(type);
        TreeMap<String, String> sorted = new TreeMap<>();
        parameters.forEach(parameter -> sorted.put(parameter.name(), parameter.value()));
        sorted.forEach((name, value) -> text.append("; ").append(name).append('=')
                .append(SAFE_TOKEN.matcher(value).matches() ? value : quoted(value)));
        return text.toString();
    }

    private static String decoded(String value) {
        Matcher extended = EXTENDED.matcher(value);
        if (!extended.find()) {
            return RubyCharset.percentDecoded(value, "UTF-8");
        }
        return RubyCharset.percentDecoded(extended.group(2), extended.group(1) == null ? "UTF-8" : extended.group(1));
    }

    private static Optional<ContentTypeValue> parsed(String value, Pattern first, Pattern next) {
        String text = value.replaceFirst("(?s);\\s*$", "");
        Matcher matcher = first.matcher(text);
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        String type = matcher.group().toLowerCase(Locale.ROOT);
        List<Parameter> parameters = new ArrayList<>();
        int at = matcher.end();
        matcher.usePattern(next);
        while (at < text.length() && matcher.region(at, text.length()).lookingAt()) {
            parameters.add(new Parameter(matcher.group(1), matcher.group(2) == null ? matcher.group(3) : matcher.group(2)));
            at = matcher.end();
        }
        return at < text.length() ? Optional.empty() : Optional.of(new ContentTypeValue(type, parameters));
    }

    /** A name with blanks in it that nobody has put in quotes. */
    private static String withQuotedName(String value) {
        return NAME_WITH_BLANKS.matcher(value)
                .replaceFirst(found -> Matcher.quoteReplacement(found.group(1) + "=\"" + found.group(2) + '"'));
    }

    /** One separator, no blanks around equals signs, lower case except for one boundary or name; then the known mistakes. */
    private static String repaired(String value) {
        String even = value.replaceAll("\\s*=\\s*", "=").replaceAll("[; ]+", "; ").replaceFirst("(?s);\\s*$", "");
        Matcher kept = KEPT_CASE.matcher(even);
        String lower = kept.find()
                ? even.substring(0, kept.start()).toLowerCase(Locale.ROOT) + kept.group()
                        + even.substring(kept.end()).toLowerCase(Locale.ROOT)
                : even.toLowerCase(Locale.ROOT);
        Matcher charset = CHARSET_ALONE.matcher(lower);
        if (charset.matches()) {
            return charset.group(1) + "; charset=" + charset.group(2);
        }
        if (lower.equalsIgnoreCase("text")) {
            return "text/plain";
        }
        Matcher half = HALF_A_TYPE.matcher(lower);
        if (half.matches()) {
            return "text/plain; " + half.group(2);
        }
        Matcher type = TYPE_AND_REST.matcher(lower);
        return type.find() ? type.group(1) + "; " + requoted(type.group(2)) : lower;
    }

    /** Blanks part the parameters from each other, and every value is put in quotes, whatever stands in it. */
    private static String requoted(String parameters) {
        List<String> all = new ArrayList<>();
        for (String parameter : parameters.split("\\s+")) {
            String[] pair = parameter.split("=", 2);
            all.add(pair[0] + "=" + quoted(pair.length < 2 ? "" : pair[1].replaceAll(";$", "")));
        }
        return String.join("; ", all);
    }

    private static String quoted(String value) {
        String bare = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1")
                : value;
        return '"' + bare.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
