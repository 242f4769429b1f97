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
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.github.camelpostal.internal.reason.Phrases.Hits;
import io.github.camelpostal.internal.reason.Phrases.Phrase;
import io.github.camelpostal.internal.reason.RealRepliesTest.Reply;
import io.github.camelpostal.internal.reason.ReasonRule.Wording;
import io.github.camelpostal.payload.FailureReason;
import org.junit.jupiter.api.Test;

/** What the rules make of a reply that nobody had seen: they are asked without the phrases that only this reply has. */
class UnknownWordingsTest {

    // of all replies with -Dpostal.reasons.all=true, which takes a quarter of a minute
    private static final int EVERY = Boolean.getBoolean("postal.reasons.all") ? 1 : 25;

    private final List<ReasonRule> rules = ReasonClassifier.standard().rules();
    private final Phrases phrases = new Phrases();
    private final List<List<int[]>> ids = rules.stream().map(rule -> rule.texts().stream().map(this::ids).toList()).toList();

    @Test
    void fourOfFiveGetTheirLabelWithoutThePhrasesThatOnlyTheyHaveAndNoneIsWronglyPermanent() throws IOException {
        phrases.close();
        List<Reply> replies = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String file : List.of("smtp", "known", "public", "further", "collected")) {
            for (Reply reply : RealRepliesTest.replies(file + "-replies.tsv")) {
                if (seen.add(ServerReply.of(reply.text()).words().replaceAll("[^a-z]+", " "))) {
                    replies.add(reply);
                }
            }
        }
        List<List<BitSet>> said = replies.stream().map(reply -> said(reply.text())).toList();
        int asked = 0;
        int right = 0;
        for (int i = 0; i < replies.size(); i += EVERY) {
            FailureReason reason = RealRepliesTest.classify(ReasonClassifier.of(without(said, i)), replies.get(i).text());
            asked++;
            right += reason.category() == replies.get(i).category() ? 1 : 0;
            assertThat(reason.permanent() && !replies.get(i).category().aboutAddress()).as(replies.get(i).text()).isFalse();
        }
        assertThat(right).as("of %d", asked).isGreaterThanOrEqualTo(asked * 4 / 5);
    }

    private List<ReasonRule> without(List<List<BitSet>> said, int reply) {
        List<ReasonRule> others = new ArrayList<>();
        for (int r = 0; r < rules.size(); r++) {
            ReasonRule rule = rules.get(r);
            BitSet own = (BitSet) said.get(reply).get(r).clone();
            for (int i = 0; i < said.size() && !own.isEmpty(); i++) {
                if (i != reply) {
                    own.andNot(said.get(i).get(r));
                }
            }
            others.add(own.isEmpty() ? rule : without(rule, own));
        }
        return others;
    }

    private static ReasonRule without(ReasonRule rule, BitSet phrases) {
        List<Wording> texts = new ArrayList<>(List.of(new Wording("nothing that a server says", "")));
        for (int w = 0; w < rule.texts().size(); w++) {
            if (!phrases.get(w)) {
                texts.add(rule.texts().get(w));
            }
        }
        return new ReasonRule(rule.name(), rule.line(), rule.category(), rule.deliveries(), rule.details(), texts,
                rule.exceptions(), rule.codes(), rule.replies(), rule.never(), rule.weak(), rule.examples());
    }

    private List<BitSet> said(String text) {
        Hits hits = phrases.in(ServerReply.of(text).words());
        return ids.stream().map(wordings -> {
            BitSet said = new BitSet();
            for (int w = 0; w < wordings.size(); w++) {
                int[] one = wordings.get(w);
                said.set(w, one.length == 1 ? hits.contains(one[0]) : hits.inOrder(one[0], one[1]));
            }
            return said;
        }).toList();
    }

    private int[] ids(Wording wording) {
        return Stream.of(wording.words(), wording.then()).filter(words -> !words.isEmpty()).mapToInt(words -> {
            List<Phrase> set = Stream.of(words.split(" \\| ", -1)).map(one -> one.endsWith("*")
                    ? new Phrase(one.substring(0, one.length() - 1), true)
                    : new Phrase(one, false)).toList();
            return set.size() == 1 ? phrases.add(set.get(0)) : phrases.addAny(set);
        }).toArray();
    }
}
