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
package io.github.camelpostal.internal.conversation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.camelpostal.conversation.Automatic;
import io.github.camelpostal.internal.text.DataRows;
import io.github.camelpostal.internal.text.FoldedText;

/**
 * The rules that tell automatic mail, read from {@code automatic-rules.tsv}: verdict, conditions, source. They are asked
 * from top to bottom and the first one whose conditions all hold decides.
 * <p>
 * A condition is {@code name ~ pattern}, or {@code !name ~ pattern} for its opposite. The name is that of a header field, a
 * trait of {@link HeaderTraits}, or a pattern of names between slashes. Conditions are joined by {@code &&}. In a pattern,
 * {@code @NAME@} stands for all phrases of that name in {@code automatic-phrases.tsv}.
 */
final class AutomaticRules {

    private static final String RULES = "automatic-rules.tsv";

    private static final String PHRASES = "automatic-phrases.tsv";

    private static final AutomaticRules INSTANCE = new AutomaticRules();

    private final List<Rule> rules = new ArrayList<>();

    private AutomaticRules() {
        DataRows phrases = DataRows.read(AutomaticRules.class, PHRASES);
        for (String[] row : DataRows.read(AutomaticRules.class, RULES).rows()) {
            List<Condition> conditions = Arrays.stream(row[1].split(" && ")).map(text -> condition(text, phrases)).toList();
            rules.add(new Rule(Automatic.valueOf(row[0].toUpperCase(Locale.ROOT).replace('-', '_')), conditions));
        }
    }

    static AutomaticRules instance() {
        return INSTANCE;
    }

    Automatic decide(HeaderTraits traits) {
        return rules.stream().filter(rule -> rule.holds(traits)).findFirst().map(Rule::verdict).orElse(Automatic.HUMAN);
    }

    private record Rule(Automatic verdict, List<Condition> conditions) {

        boolean holds(HeaderTraits traits) {
            return conditions.stream().allMatch(condition -> condition.holds(traits));
        }
    }

    private interface Condition {

        boolean holds(HeaderTraits traits);
    }

    private static Condition condition(String text, DataRows phrases) {
        boolean not = text.startsWith("!");
        int tilde = text.indexOf(" ~ ");
        String name = text.substring(not ? 1 : 0, tilde).strip();
        Pattern value = Pattern.compile(expand(text.substring(tilde + 3).strip(), phrases));
        Condition condition;
        if (name.startsWith("/")) {
            Pattern names = Pattern.compile(name.substring(1, name.length() - 1));
            condition = traits -> traits.any(names, value);
        } else {
            condition = traits -> traits.any(name, value);
        }
        return not ? traits -> !condition.holds(traits) : condition;
    }

    private static String expand(String pattern, DataRows phrases) {
        String expanded = pattern;
        for (String kind : phrases.rows().stream().map(row -> row[0]).collect(Collectors.toSet())) {
            String mark = '@' + kind + '@';
            if (expanded.contains(mark)) {
                String all = phrases.of(kind).stream().map(row -> FoldedText.of(row[2])).distinct()
                        .map(Pattern::quote).collect(Collectors.joining("|", "(?:", ")"));
                expanded = expanded.replace(mark, all);
            }
        }
        return expanded;
    }
}
