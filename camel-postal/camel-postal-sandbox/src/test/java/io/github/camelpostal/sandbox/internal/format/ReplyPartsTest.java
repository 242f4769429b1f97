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

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Where an endpoint with {@code strip_replies} cuts (protocol 4.4). */
class ReplyPartsTest {

    @Test
    void cutsFromAnAttributionLineToTheEnd() {
        assertThat(ReplyParts.separatedFrom("New.\r\n\r\nOn Monday, Bob\r\n<bob@customer.example> wrote:\r\n> Old.\r\n"))
                .isEqualTo(new ReplyParts("New.", "On Monday, Bob\n<bob@customer.example> wrote:\n> Old."));
    }

    @Test
    void cutsFromASignatureButNotFromATableOfDashes() {
        assertThat(ReplyParts.separatedFrom("Text\n-- \nBob\n")).isEqualTo(new ReplyParts("Text", "-- \nBob"));
        assertThat(ReplyParts.separatedFrom("Text\n--\nBob\n")).isEqualTo(new ReplyParts("Text\n--\nBob", null));
    }

    @Test
    void knowsTheMarksOfOtherMailPrograms() {
        assertThat(ReplyParts.separatedFrom("A\n----- Original Message -----\nB").written()).isEqualTo("A");
        assertThat(ReplyParts.separatedFrom("A\n-----Original Message-----\nB").written()).isEqualTo("A");
        assertThat(ReplyParts.separatedFrom("A\nFrom: Bob\nSent: Monday\nB").written()).isEqualTo("A");
        assertThat(ReplyParts.separatedFrom("A\n> From: Bob\n> Date: Monday\nB").written())
                .isEqualTo("A\n> From: Bob\n> Date: Monday\nB");
        assertThat(ReplyParts.separatedFrom("A\nFrom: Bob\nDate: Monday\nB").written()).isEqualTo("A");
        assertThat(ReplyParts.separatedFrom("A\n-----Ursprüngliche Nachricht----- \nB").written()).isEqualTo("A");
        assertThat(ReplyParts.separatedFrom("A\n__________________\nB").written()).isEqualTo("A");
        assertThat(ReplyParts.separatedFrom("A\nSent from my phone").written()).isEqualTo("A");
        assertThat(ReplyParts.separatedFrom("A\n=== Please reply above this line ===\nB").written()).isEqualTo("A");
    }

    @Test
    void takesOnlyTheLineOfAFrenchAttribution() {
        assertThat(ReplyParts.separatedFrom("A\nLe lundi 5 mai, Bob a écrit :\n> B"))
                .isEqualTo(new ReplyParts("A\n\n> B", "Le lundi 5 mai, Bob a écrit :"));
    }

    @Test
    void cutsTenQuotedLinesButNotNine() {
        String nine = "> x\n".repeat(9);
        assertThat(ReplyParts.separatedFrom("A\n" + nine + "B\n").quoted()).isNull();
        assertThat(ReplyParts.separatedFrom("A\n" + nine + "> x\nB\n"))
                .isEqualTo(new ReplyParts("A\nB", (nine + "> x\n").strip()));
        assertThat(ReplyParts.separatedFrom(nine + "> x")).isEqualTo(new ReplyParts("", (nine + "> x").strip()));
    }

    @Test
    void putsWhatWasFoundLaterFirst() {
        assertThat(ReplyParts.separatedFrom("A\nSent from my phone\n-- \nB").quoted())
                .isEqualTo("Sent from my phone\n\n-- \nB");
    }

    @Test
    void hasAnEmptyTextForAMailWithoutOne() {
        assertThat(ReplyParts.separatedFrom(null)).isEqualTo(new ReplyParts("", null));
    }
}
