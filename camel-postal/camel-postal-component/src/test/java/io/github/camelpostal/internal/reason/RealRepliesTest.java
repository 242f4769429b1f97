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
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.github.camelpostal.payload.FailureReason;
import io.github.camelpostal.payload.FailureReason.Category;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies of real servers, labelled by hand and by others. */
class RealRepliesTest {

    private static final String LABELLED = "smtp-replies.tsv";
    // written down from the manuals and sources of mail servers after the rules were written
    private static final String KNOWN = "known-replies.tsv";
    // written in the style of other receivers, each half before the rules were changed for it
    private static final String FURTHER = "further-replies.tsv";
    // replies that the public test suites of other projects hold, each with its source
    private static final String PUBLIC = "public-replies.tsv";
    // found in nineteen batches, each labelled before the rules were tried on it, with the batch and the source
    private static final String COLLECTED = "collected-replies.tsv";
    // the five commonest meanings, in German, French, Spanish, Portuguese, Italian, Russian, Chinese and Japanese
    private static final String FOREIGN = "foreign-replies.tsv";
    private static final ReasonClassifier CLASSIFIER = ReasonClassifier.standard();

    @Test
    void nineOfTenRealRepliesGetTheirLabel() throws IOException {
        List<String> wrong = new ArrayList<>();
        List<Reply> replies = replies(LABELLED);
        for (Reply reply : replies) {
            FailureReason reason = classify(reply.text);
            if (reason.category() != reply.category) {
                wrong.add(reply.category + " but " + reason.category() + " by " + reason.rule() + ": " + reply.text);
            }
        }
        assertThat(replies).hasSizeGreaterThan(160);
        assertThat(wrong).as(String.join("\n", wrong)).hasSizeLessThanOrEqualTo(replies.size() / 10);
    }

    @Test
    void repliesThatTheRulesWereNotWrittenForGetTheirLabelToo() throws IOException {
        List<Reply> replies = replies(KNOWN);
        long right = replies.stream().filter(reply -> classify(reply.text).category() == reply.category).count();
        assertThat(right).isGreaterThanOrEqualTo(replies.size() * 9 / 10);
        assertThat(replies).noneMatch(reply -> classify(reply.text).permanent() && !reply.category.aboutAddress());
    }

    @Test
    void repliesInTheStyleOfOtherReceiversGetTheirLabelAndAreNeverWronglyPermanent() throws IOException {
        getTheirLabel(FURTHER, 300, 90);
    }

    @Test
    void repliesOfOtherProjectsTestSuitesGetTheirLabelAndAreNeverWronglyPermanent() throws IOException {
        getTheirLabel(PUBLIC, 300, 95);
    }

    @Test
    void repliesCollectedFromLogsHelpPagesAndSourcesGetTheirLabelAndAreNeverWronglyPermanent() throws IOException {
        getTheirLabel(COLLECTED, 300, 95);
    }

    @Test
    void repliesInOtherLanguagesGetTheirLabelAndAreNeverWronglyPermanent() throws IOException {
        getTheirLabel(FOREIGN, 90, 95);
    }

    private static void getTheirLabel(String file, int moreThan, int percent) throws IOException {
        List<Reply> replies = replies(file);
        long right = replies.stream().filter(reply -> classify(reply.text).category() == reply.category).count();
        assertThat(replies).hasSizeGreaterThan(moreThan);
        assertThat(right).isGreaterThanOrEqualTo(replies.size() * percent / 100);
        assertThat(replies).noneMatch(reply -> classify(reply.text).permanent()
                && (!reply.category.aboutAddress() || reply.text.startsWith("4")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"550 5.1.1 <a@example.com>... Account Full", "550 5.1.1 <a@example.com> score too low",
            "550 5.1.1 user unknown or sender blocked", "553 mailfrom domain example.org does not exist",
            "554 not accepting messages from 203.0.113.2", "550 5.1.1 too many connections, user unknown",
            "550 5.2.1 Serviço indisponível, [example.com] não aceita email por IPv6.",
            "554 5.3.2 mailbox service unavailable", "550 message sending for this account is disabled",
            "550 5.1.1 RCP-P2 http://postmaster.example.com/response_codes#rcp not for this person",
            "552 5.2.2 user unknown", "552 user unknown", "550 User not local, relay disabled",
            "501 MAIL command contained an invalid address"})
    void aFinalReplyThatSpeaksOfSomethingElseAsWellIsNotPermanent(String reply) {
        assertThat(classify(reply).permanent()).isFalse();
    }

    @Test
    void theMeanRecallOfAllCategoriesIsHighToo() throws IOException {
        Map<Category, int[]> counts = new EnumMap<>(Category.class);
        for (Reply reply : replies(LABELLED)) {
            int[] count = counts.computeIfAbsent(reply.category, key -> new int[2]);
            count[0]++;
            count[1] += classify(reply.text).category() == reply.category ? 1 : 0;
        }
        double mean = counts.values().stream().mapToDouble(count -> (double) count[1] / count[0]).average().orElseThrow();
        assertThat(mean).isGreaterThan(0.9);
    }

    @Test
    void noRealReplyIsWronglyPermanent() throws IOException {
        for (Reply reply : replies(LABELLED)) {
            if (classify(reply.text).permanent()) {
                assertThat(reply.category.aboutAddress()).as(reply.text).isTrue();
                assertThat(reply.text).doesNotStartWith("4");
            }
        }
    }

    static FailureReason classify(String output) {
        return classify(CLASSIFIER, output);
    }

    static FailureReason classify(ReasonClassifier classifier, String output) {
        String details = output.matches("(?s)[245]\\d\\d.*")
                ? "Permanent SMTP delivery error when sending to mx.example.net"
                : "No SMTP servers were available for example.net. Tried mx.example.net.";
        return classifier.classify("HardFail", details, output).orElseThrow();
    }

    static List<Reply> replies(String file) throws IOException {
        try (InputStream in = RealRepliesTest.class.getResourceAsStream("/recipients/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(line -> line.split("\t"))
                    .map(fields -> new Reply(fields[0].replace("\\n", "\n"), Category.of(fields[1]))).toList();
        }
    }

    record Reply(String text, Category category) {
    }
}
