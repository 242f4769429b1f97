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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.camelpostal.internal.reason.RealRepliesTest.Reply;
import org.junit.jupiter.api.Test;

/** The words that decide where no rule knows a phrase: where they come from, and what they may not do. */
class WordWeightsTest {

    private static final Path FILE = Path.of("src/main/resources/io/github/camelpostal/reason/reason-words.txt");

    private static final String HEAD = """
            # What single words speak for, in replies that no rule knows. Learned from the labelled replies of the tests and the
            # examples of the rules; do not edit: WordWeightsTest writes this file with -Dpostal.reasons.write=true.
            #
            # Weights of all words add up; the reason with the highest sum is the likeliest. '*' stands for any reply, 'word*'
            # for words that begin so, '#' for a word with a digit, 'url/' for one with a slash, x.1.1 and x.1 for enhanced
            # status codes, 550 and 5xx for reply codes.

            """;

    @Test
    void theFileIsWhatTheLabelledRepliesTeach() throws IOException {
        String learned = HEAD + String.join("\n", new WordTeacher(replies()).lines()) + "\n";
        if (Boolean.getBoolean("postal.reasons.write")) {
            Files.writeString(FILE, learned);
        }
        assertThat(Files.readString(FILE, StandardCharsets.UTF_8)).isEqualTo(learned);
    }

    private static List<Reply> replies() throws IOException {
        List<Reply> replies = new ArrayList<>();
        for (String file : List.of("smtp", "known", "public", "further", "collected", "foreign")) {
            replies.addAll(RealRepliesTest.replies(file + "-replies.tsv"));
        }
        ReasonClassifier.standard().rules().forEach(rule -> rule.examples().stream()
                .filter(example -> example.output().matches("[45]\\d\\d .*"))
                .forEach(example -> replies.add(new Reply(example.output(), rule.category()))));
        return replies;
    }
}
