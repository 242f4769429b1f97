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
import java.util.Locale;
import java.util.stream.Stream;

import io.github.camelpostal.internal.reason.RealRepliesTest.Reply;
import io.github.camelpostal.internal.reason.WordWeights.Opinion;
import io.github.camelpostal.payload.FailureReason;
import io.github.camelpostal.payload.FailureReason.Category;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The words that decide where no rule knows a phrase: where they come from, and what they may not do. */
class WordWeightsTest {

    private static final Path FILE = Path.of("src/main/resources/io/github/camelpostal/reason/reason-words.txt");

    private static final String HEAD = """
            # What single words speak for, in replies that no rule knows well. Learned from %d labelled replies of the tests
            # and examples of the rules, and from %d phrases of the rules (%08x). Do not edit: WordWeightsTest writes this file with
            # -Dpostal.reasons.write=true, and learns again with -Dpostal.reasons.all=true whether it is right.
            #
            # The weights of all words add up, and the reason with the highest sum is the likeliest. '*' stands for any reply,
            # 'word*' for words that begin so, '#' for a word with a digit, 'url/' for one with a slash, x.1.1 and x.1 for
            # enhanced status codes, 550 and 5xx for reply codes.

            """;

    private static final WordWeights FEW = WordWeights.read("""
            # a comment
            full = mailbox-full 3.0 | system 0.5
            spool = system 3.0
            5xx = unknown-user 1.0
            """);

    @Test
    void theFileWasLearnedFromTheLabelledRepliesOfToday() throws IOException {
        List<Reply> replies = replies();
        List<Reply> phrases = phrases();
        String head = HEAD.formatted(replies.size(), phrases.size(), Stream.of(replies, phrases).flatMap(List::stream)
                .map(lesson -> lesson.text() + lesson.category().text()).toList().hashCode());
        boolean write = Boolean.getBoolean("postal.reasons.write");
        if (write || Boolean.getBoolean("postal.reasons.all")) {
            String learned = head + String.join("\n", new WordTeacher(replies, phrases).lines()) + "\n";
            if (write) {
                Files.writeString(FILE, learned);
            }
            assertThat(Files.readString(FILE, StandardCharsets.UTF_8)).isEqualTo(learned);
        }
        assertThat(Files.readString(FILE, StandardCharsets.UTF_8))
                .as("rules or replies have changed: learn again with -Dpostal.reasons.write=true").startsWith(head);
    }

    @Test
    void theReasonThatMostWordsSpeakForIsTheLikeliest() {
        Opinion opinion = FEW.of(ServerReply.of("452 The spool is full, really: the SPOOL"));
        assertThat(opinion.category()).isEqualTo(Category.SYSTEM);
        assertThat(opinion.certainty()).isBetween(0.4, 0.6);
        assertThat(FEW.of(ServerReply.of("452 full")).category()).isEqualTo(Category.MAILBOX_FULL);
    }

    @Test
    void wordsThatNobodyHasLearnedSayNothing() {
        assertThat(FEW.of(ServerReply.of("450 abracadabra")).certainty()).isCloseTo(0, Offset.offset(0.0));
    }

    @Test
    void whereNoRuleKnowsTheWordsTheyDecideAndNoAddressIsDead() {
        ReasonClassifier classifier = ReasonClassifier.withWords(WordWeights.read("user = unknown-user 9.0 | system 0.1"));
        FailureReason reason = RealRepliesTest.classify(classifier, "554 abracadabra user");
        assertThat(reason).isEqualTo(new FailureReason(Category.UNKNOWN_USER, false, "single-words"));
    }

    @Test
    void anAddressIsNotDeadWhereTheWordsSpeakForSomethingElse() {
        String reply = "550 5.1.1 User unknown";
        assertThat(RealRepliesTest.classify(ReasonClassifier.standard(), reply).permanent()).isTrue();
        FailureReason reason = RealRepliesTest.classify(ReasonClassifier.withWords(
                WordWeights.read("user = relay 0.7 | unknown-user 0.1")), reply);
        assertThat(reason.category()).isEqualTo(Category.UNKNOWN_USER);
        assertThat(reason.permanent()).isFalse();
    }

    @Test
    void rulesOfTheUserAndSentencesOfPostalAreNotDoubted() {
        ReasonClassifier own = ReasonClassifier.withRulesInFront("""
                rule: gateway
                reason: system
                text: says the gateway
                example: 550 5.1.1 Spam, spam, spam, says the gateway
                """);
        assertThat(RealRepliesTest.classify(own, "550 5.7.1 Spam, spam and a virus, says the gateway").rule())
                .isEqualTo("gateway");
        assertThat(own.classify("HardFail", "Maximum number of delivery attempts (18) has been reached.", "550 5.7.1 Spam")
                .orElseThrow().category()).isEqualTo(Category.EXPIRED);
    }

    @Test
    void aReplyOfManyWordsCostsOneLookUpForEach() {
        String reply = ("550 " + "aaaaaaaaaa-bbbbbbbbbb/cccc ".repeat(100_000)).toUpperCase(Locale.ROOT);
        assertThat(WordWeights.signs(ServerReply.of(reply))).hasSizeLessThan(10);
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

    // of a set no phrase means anything alone
    private static List<Reply> phrases() {
        return ReasonClassifier.standard().rules().stream()
                .filter(rule -> rule.details().isEmpty() && !rule.replies().contains("none"))
                .flatMap(rule -> rule.texts().stream().map(text -> text.words() + " " + text.then())
                        .filter(phrase -> !phrase.contains("|"))
                        .map(phrase -> new Reply(phrase.replace("*", "").strip(), rule.category())))
                .toList();
    }
}
