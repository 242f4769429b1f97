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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.camelpostal.internal.reason.ReasonRule.CodeRange;
import io.github.camelpostal.internal.reason.ReasonRule.Example;
import io.github.camelpostal.internal.reason.ReasonRule.Wording;
import io.github.camelpostal.payload.FailureReason.Category;
import org.jspecify.annotations.Nullable;

/** Reads a rules file; a mistake in it is reported with its line. */
final class ReasonRulesReader {

    private static final String NEXT = "\\s+\\|\\s+";

    private final List<ReasonRule> rules = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, List<String>> sets = new HashMap<>();
    private @Nullable Draft draft;
    private int line;
    private boolean weak;

    static List<ReasonRule> read(String text) {
        ReasonRulesReader reader = new ReasonRulesReader();
        text.lines().forEach(reader::line);
        reader.finish();
        return List.copyOf(reader.rules);
    }

    private void line(String text) {
        line++;
        String stripped = text.strip();
        if (stripped.isEmpty() || stripped.startsWith("#")) {
            return;
        }
        int colon = stripped.indexOf(':');
        if (colon < 1) {
            throw mistake("a line is 'key: value'");
        }
        String value = stripped.substring(colon + 1).strip();
        if (value.isEmpty()) {
            throw mistake("nothing follows the colon");
        }
        String key = stripped.substring(0, colon);
        if (key.equals("rule")) {
            finish();
            draft = new Draft(value, line);
        } else if (key.equals("words")) {
            set(value);
        } else if (key.equals("below")) {
            finish();
            below(value);
        } else if (draft == null) {
            throw mistake("a rule starts with 'rule: name'");
        } else {
            condition(draft, key, value);
        }
    }

    private void below(String value) {
        if (!value.equals("single words first")) {
            throw mistake("'below' can only be 'single words first'");
        }
        weak = true;
    }

    // "words: account = user | mailbox"; a further line with the same name adds to it
    private void set(String value) {
        String[] parts = value.split("\\s*=\\s*", 2);
        if (parts.length < 2 || !parts[0].matches("[a-z-]+")) {
            throw mistake("a set of words is 'words: name = one | another'");
        }
        List<String> set = sets.computeIfAbsent(parts[0], name -> new ArrayList<>());
        for (String phrase : parts[1].split(NEXT)) {
            set.add(words(phrase));
        }
    }

    private void condition(Draft draft, String key, String value) {
        switch (key) {
            case "reason" -> draft.category = category(value);
            case "delivery" -> draft.deliveries.addAll(List.of(value.split(NEXT)));
            case "details" -> wordings(value, draft.details);
            case "text" -> wordings(value, draft.texts);
            case "not" -> wordings(value, draft.exceptions);
            case "code" -> List.of(value.split(NEXT)).forEach(code -> draft.codes.add(code(code)));
            case "reply" -> List.of(value.split(NEXT)).forEach(reply -> draft.replies.add(reply(reply)));
            case "permanent" -> {
                if (!value.equals("never")) {
                    throw mistake("'permanent' can only be 'never'");
                }
                draft.never = true;
            }
            case "example" -> draft.examples.add(example(value));
            default -> throw mistake("no key is called " + key);
        }
    }

    private Category category(String value) {
        try {
            return Category.of(value);
        } catch (IllegalArgumentException e) {
            throw mistake(e.getMessage());
        }
    }

    private void wordings(String value, List<Wording> into) {
        for (String alternative : value.split(NEXT)) {
            String[] parts = alternative.split("\\s+\\.\\.\\s+", -1);
            if (parts.length > 2) {
                throw mistake("one '..' is the most in '" + alternative + "'");
            }
            into.add(new Wording(wordsOrSet(parts[0], into), parts.length == 2 ? wordsOrSet(parts[1], into) : ""));
        }
    }

    // a set stands for any of its phrases: they are kept as one text
    private String wordsOrSet(String phrase, List<Wording> into) {
        if (!phrase.startsWith("{") || !phrase.endsWith("}")) {
            return words(phrase);
        }
        List<String> set = sets.get(phrase.substring(1, phrase.length() - 1));
        if (set == null || draft != null && into == draft.details) {
            throw mistake(set == null ? "no set of words above is called " + phrase : "Postal's own sentence has no sets");
        }
        return String.join(" | ", set);
    }

    private String words(String phrase) {
        boolean open = phrase.endsWith("*");
        if (phrase.indexOf('*') >= 0 && phrase.indexOf('*') < phrase.length() - 1) {
            throw mistake("'*' stands at the end of '" + phrase + "' or nowhere; '..' lets words follow");
        }
        String words = ServerReply.words(open ? phrase.substring(0, phrase.length() - 1) : phrase);
        if (words.isEmpty()) {
            throw mistake("'" + phrase + "' has no word in it");
        }
        return open ? words + "*" : words;
    }

    // "5.1.1", "x.1.1", "x.7.606-649"
    private CodeRange code(String text) {
        String[] parts = text.split("\\.");
        try {
            if (parts.length == 3) {
                String[] details = parts[2].split("-");
                int from = Integer.parseInt(details[0]);
                return new CodeRange(parts[0].equals("x") ? 0 : Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), from,
                        details.length == 2 ? Integer.parseInt(details[1]) : from);
            }
        } catch (NumberFormatException e) {
            throw mistake("'" + text + "' is no enhanced status code");
        }
        throw mistake("'" + text + "' is no enhanced status code");
    }

    private String reply(String text) {
        if (!text.matches("none|4xx|5xx|[45][0-9][0-9]")) {
            throw mistake("'" + text + "' is no reply code");
        }
        return text;
    }

    private Example example(String value) {
        String[] parts = value.split("\\s+//\\s+", -1);
        return switch (parts.length) {
            case 1 -> new Example("HardFail", "Permanent SMTP delivery error when sending to mx.example.net", parts[0]);
            case 2 -> new Example(parts[0], parts[1], "");
            case 3 -> new Example(parts[0], parts[1], parts[2]);
            default -> throw mistake("an example is an output, or 'status // details // output'");
        };
    }

    private void finish() {
        Draft draft = this.draft;
        if (draft == null) {
            return;
        }
        if (draft.category == null || draft.examples.isEmpty() || draft.isEmpty()) {
            throw new IllegalArgumentException("Rule " + draft.name + " in line " + draft.line
                    + " needs a reason, a condition and an example");
        }
        if (!names.add(draft.name)) {
            throw new IllegalArgumentException("Two rules are called " + draft.name + ", one in line " + draft.line);
        }
        rules.add(draft.rule(draft.category, weak));
        this.draft = null;
    }

    private IllegalArgumentException mistake(@Nullable String what) {
        return new IllegalArgumentException("Line " + line + " of the rules: " + what);
    }

    /** A rule of which not all lines are read yet. */
    private static final class Draft {
        private final String name;
        private final int line;
        private final List<String> deliveries = new ArrayList<>();
        private final List<Wording> details = new ArrayList<>();
        private final List<Wording> texts = new ArrayList<>();
        private final List<Wording> exceptions = new ArrayList<>();
        private final List<CodeRange> codes = new ArrayList<>();
        private final List<String> replies = new ArrayList<>();
        private final List<Example> examples = new ArrayList<>();
        private @Nullable Category category;
        private boolean never;

        private Draft(String name, int line) {
            this.name = name;
            this.line = line;
        }

        private boolean isEmpty() {
            return deliveries.isEmpty() && details.isEmpty() && texts.isEmpty() && codes.isEmpty() && replies.isEmpty();
        }

        private ReasonRule rule(Category category, boolean weak) {
            return new ReasonRule(name, line, category, List.copyOf(deliveries), List.copyOf(details), List.copyOf(texts),
                    List.copyOf(exceptions), List.copyOf(codes), List.copyOf(replies), never, weak, List.copyOf(examples));
        }
    }
}
