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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.github.camelpostal.payload.FailureReason;
import io.github.camelpostal.payload.FailureReason.Category;
import io.github.camelpostal.payload.FailureReason.Side;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules file: its order, its examples, its format. */
class ReasonRulesTest {

    private static final ReasonClassifier CLASSIFIER = ReasonClassifier.standard();

    @TestFactory
    Stream<DynamicTest> everyRuleDecidesItsExample() {
        return CLASSIFIER.rules().stream().flatMap(rule -> rule.examples().stream()
                .map(example -> DynamicTest.dynamicTest(rule.name(), () -> {
                    FailureReason reason = CLASSIFIER.classify(example.status(), example.details(), example.output())
                            .orElseThrow();
                    assertThat(reason.rule()).isEqualTo(rule.name());
                    assertThat(reason.category()).isEqualTo(rule.category());
                })));
    }

    @Test
    void whatDidNotFailHasNoReason() {
        assertThat(CLASSIFIER.classify("Sent", "Message for a@example.com accepted by mx", "250 2.0.0 Ok")).isEmpty();
        assertThat(CLASSIFIER.classify("Pending", "", "")).isEmpty();
    }

    @Test
    void aSoftFailThatIsFinalIsPermanentAndAHardFailThatIsNotIsNot() {
        // Postal repeats 50x and 53x (protocol 2.14)
        assertThat(classify("SoftFail", "501 5.1.3 Bad destination mailbox address syntax").permanent()).isTrue();
        assertThat(classify("HardFail", "554 5.7.1 Service unavailable; Client host [203.0.113.2] blocked").permanent())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"450 4.1.1 <a@example.com>: Recipient address rejected: User unknown in local recipient table",
            "550 4.1.1 user unknown", "451 5.1.1 user unknown", "550 5.1.1 User temporarily unknown, try again later",
            "user unknown"})
    void aReplyThatDoesNotSaySoClearlyIsNotPermanent(String output) {
        FailureReason reason = classify("HardFail", output);
        assertThat(reason.category()).isEqualTo(Category.UNKNOWN_USER);
        assertThat(reason.permanent()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            550 5.1.1 <a@example.com>... User unknown 503 5.0.0 Need RCPT (recipient)  | unknown-user | true
            552 5.2.2 Mailbox full 554 5.5.0 Error: no valid recipients                | mailbox-full | false
            550 4d2a User not found:a@example.com                                      | unknown-user | true
            550 5.4.7 Delivery time expired, the last reply was: mailbox full          | mailbox-full | false
            """)
    void theFirstReplyOfATranscriptDecides(String output, String category, boolean permanent) {
        FailureReason reason = classify("HardFail", output);
        assertThat(reason.category().text()).isEqualTo(category);
        assertThat(reason.permanent()).isEqualTo(permanent);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            550 Domain not found                       | unknown-domain | false
            550 5.1.2 Domain not found                 | unknown-domain | true
            556 5.1.10 Recipient domain has a null MX  | unknown-domain | true
            550 <a@example.com> does not exist         | unknown-user   | false
            550 5.1.1 <a@example.com> does not exist   | unknown-user   | true
            550 User <a@example.com> does not exist    | unknown-user   | true
            """)
    void aReplyThatDoesNotSayWhoIsMissingIsNotPermanent(String output, String category, boolean permanent) {
        FailureReason reason = classify("HardFail", output);
        assertThat(reason.category().text()).isEqualTo(category);
        assertThat(reason.permanent()).isEqualTo(permanent);
    }

    @Test
    void aStarInsideAPhraseIsAMistakeBecauseItWouldNeverBeFound() {
        assertThatThrownBy(() -> ReasonClassifier
                .withRulesInFront("rule: mine\nreason: spam\ntext: reject* spam\nexample: 550 rejects spam"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("Line 3");
    }

    @Test
    void theSendersSideIsAskedBeforeTheRecipients() {
        assertThat(classify("HardFail", "550 5.1.1 <a@example.com>: user unknown; your IP is listed on Spamhaus").side())
                .isEqualTo(Side.SENDER);
    }

    @Test
    void anAddressCannotSpeakInPostalsName() {
        FailureReason reason = CLASSIFIER.classify("HardFail",
                "Permanent SMTP delivery error for \"Server is in development mode\"@example.com", "550 5.1.1 user unknown")
                .orElseThrow();
        assertThat(reason.category()).isEqualTo(Category.UNKNOWN_USER);
    }

    @Test
    void anotherServerCannotSpeakInPostalsName() {
        assertThat(classify("HardFail", "550 Server is in development mode").side()).isNotEqualTo(Side.POSTAL);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            5.1.1 | smtp; 550 5.1.1 <a@example.com>: user unknown | unknown-user | true
            5.0.0 | smtp; 550 No such user here | unknown-user | true
            5.1.1 | x-unix; something odd | unknown-user | true
            4.2.2 | smtp; 452 4.2.2 mailbox full | mailbox-full | false
            5.7.1 | smtp; 554 5.7.1 spam | spam | false
            """)
    void aDeliveryReportIsReadLikeAReply(String status, String diagnostic, String category, boolean permanent) {
        FailureReason reason = CLASSIFIER.classifyReport(status, diagnostic);
        assertThat(reason.category().text()).isEqualTo(category);
        assertThat(reason.permanent()).isEqualTo(permanent);
    }

    @Test
    void usersRulesAreAskedFirst() {
        ReasonClassifier own = ReasonClassifier.withRulesInFront("""
                rule: our-partner
                reason: mailbox-full
                text: kaputt*
                reply: 5xx
                example: 550 5.1.1 Postfach kaputtgegangen
                """);
        assertThat(own.classify("HardFail", "", "550 5.1.1 Kaputt! User unknown").orElseThrow())
                .isEqualTo(new FailureReason(Category.MAILBOX_FULL, false, "our-partner"));
        assertThat(own.classify("HardFail", "", "550 5.1.1 User unknown").orElseThrow().category())
                .isEqualTo(Category.UNKNOWN_USER);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            550 Die Kollegin ist verzogen          | ours
            550 Der Kollege Schmidt ist umgezogen  | ours
            550 Verzogen ist die Kollegin          | none
            550 <a@example.com>: Recipient address rejected: ist verzogen | none
            550 Kollegin nicht da, Fragen bitte nur noch an die Zentrale in der Hauptstadt, denn sie ist umgezogen | none
            """)
    void aSetOfWordsStandsForAnyOfThemAndTwoSetsStandNearEachOther(String output, String rule) {
        ReasonClassifier own = ReasonClassifier.withRulesInFront("""
                words: people = Kollege | Kollegin
                words: people = recipient
                words: gone = verzogen | umgezogen
                rule: ours
                reason: inactive
                text: {people} .. {gone}
                example: 550 Kollege verzogen
                """);
        assertThat(own.classify("HardFail", "", output).orElseThrow().rule().equals("ours")).isEqualTo(rule.equals("ours"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            550 5.4.7 <a@example.com>: Recipient address rejected: Delivery time expired           | expired
            550 5.3.0 <a@example.com>: Recipient address rejected: Other or undefined mail system status | system
            451-response to "RCPT TO:<a@example.com>" was: 450 4.2.0 Greylisted                    | greylist
            504 no such user                                                                      | unknown-user
            550 5.5.0 Recipient rejected                                                          | unknown-user
            503 5.5.1 No recipients                                                               | protocol
            """)
    void whatIsSaidAroundTheReasonKillsNoAddress(String output, String category) {
        FailureReason reason = classify("HardFail", output);
        assertThat(reason.permanent()).isFalse();
        assertThat(reason.category().text()).isEqualTo(category);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            reason: spam | Line 1
            rule: a\\nreason: spain\\ntext: b\\nexample: b | spain
            rule: a\\nreason: spam\\nexample: b | Rule a in line 1
            rule: a\\nreason: spam\\ntext: b .. c .. d\\nexample: b | Line 3
            rule: a\\nreason: spam\\ncode: 5.1\\nexample: b | 5.1
            rule: a\\nreason: spam\\nreply: 700\\nexample: b | 700
            rule: a\\nreason: spam\\ntexts: b\\nexample: b | texts
            rule: a\\nreason: spam\\ntext: !\\nexample: b | Line 3
            rule: a\\nreason: spam\\ntext: {folk}\\nexample: b | {folk}
            words: folk\\nrule: a\\nreason: spam\\ntext: {folk}\\nexample: b | Line 1
            words: folk = b\\nrule: a\\nreason: spam\\ndetails: {folk}\\nexample: b | Line 4
            """)
    void aMistakeInARuleIsReportedWithItsPlace(String rules, String said) {
        assertThatThrownBy(() -> ReasonClassifier.withRulesInFront(rules.replace("\\n", "\n")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "user unknown ", "550-5.1.1 ", "@", "\u0301", "5.1.", "reject ", "  \n",
            "no such user no such "})
    void aHostileTextCostsNoMoreThanAnyOther(String piece) {
        String hostile = "550 " + piece.repeat(2_000_000 / piece.length());
        classify("HardFail", hostile);
        long start = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            CLASSIFIER.classify("HardFail", hostile, hostile);
        }
        // a walk takes well under a millisecond; one that is not linear takes minutes
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(2));
    }

    @Test
    void everyCategoryHasAWordOfItsOwnAndIsReachable() {
        List<Category> reachable = CLASSIFIER.rules().stream().map(ReasonRule::category).distinct().toList();
        assertThat(reachable).containsExactlyInAnyOrder(Category.values());
        for (Category category : Category.values()) {
            assertThat(Category.of(category.text())).isEqualTo(category);
        }
    }

    private static FailureReason classify(String status, String output) {
        return CLASSIFIER.classify(status, "Permanent SMTP delivery error when sending to mx.example.net", output)
                .orElseThrow();
    }
}
