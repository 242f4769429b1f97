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

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.github.camelpostal.payload.FailureReason.Category;

/**
 * What the single words of a reply, and its codes, speak for: for replies in words that no rule knows. The weights are
 * learned from the labelled replies of the tests; nobody writes them by hand. They add up, so that a reply of any length
 * costs one look-up for each of its words.
 */
final class WordWeights {

    // "rejected" and "rejecting" say the same
    private static final int STEM = 5;

    // every reply has it: which reasons are common
    static final String ANY = "*";

    private static final Category[] CATEGORIES = Category.values();

    private final Map<String, double[]> weights;
    // the others are Postal's own, of which no server speaks
    private final int[] taught;

    private WordWeights(Map<String, double[]> weights) {
        this.weights = weights;
        this.taught = IntStream.range(0, CATEGORIES.length)
                .filter(i -> weights.values().stream().anyMatch(ofSign -> ofSign[i] != 0)).toArray();
    }

    /** The file's form: a line {@code sign = category weight | category weight} for each sign. */
    static WordWeights read(String text) {
        Map<String, double[]> weights = new TreeMap<>();
        text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            int end = line.indexOf(" = ");
            double[] ofSign = new double[CATEGORIES.length];
            for (String one : line.substring(end + 3).split(" \\| ")) {
                int space = one.indexOf(' ');
                ofSign[Category.of(one.substring(0, space)).ordinal()] = Double.parseDouble(one.substring(space + 1));
            }
            weights.put(line.substring(0, end), ofSign);
        });
        return new WordWeights(weights);
    }

    /** What a reply shows of itself: its codes and words, and how the longer ones begin. */
    static Set<String> signs(ServerReply reply) {
        Set<String> signs = new LinkedHashSet<>();
        signs.add(ANY);
        if (reply.reply() > 0) {
            signs.add(reply.reply() + "");
            signs.add(reply.reply() / 100 + "xx");
        }
        reply.code().ifPresent(code -> {
            signs.add("x." + code.subject() + "." + code.detail());
            signs.add("x." + code.subject());
        });
        for (String word : reply.words().split(" ")) {
            if (word.chars().allMatch(c -> c == '.' || Character.isDigit(c))) {
                continue;
            }
            String sign = word.indexOf('/') >= 0 ? "url/" : word.chars().anyMatch(Character::isDigit) ? "#" : word;
            signs.add(sign);
            if (sign.length() > STEM) {
                signs.add(sign.substring(0, STEM) + "*");
            }
        }
        return signs;
    }

    Opinion of(ServerReply reply) {
        double[] scores = new double[CATEGORIES.length];
        int known = 0;
        for (String sign : signs(reply)) {
            double[] ofSign = weights.get(sign);
            if (ofSign != null) {
                known++;
                for (int i : taught) {
                    scores[i] += ofSign[i];
                }
            }
        }
        return known == 0 ? new Opinion(Category.UNKNOWN, 0) : strongest(scores, Math.sqrt(known));
    }

    private Opinion strongest(double[] scores, double known) {
        int best = Category.UNKNOWN.ordinal();
        for (int i : taught) {
            best = scores[i] > scores[best] ? i : best;
        }
        double sum = 0;
        for (int i : taught) {
            sum += Math.exp((scores[i] - scores[best]) / known);
        }
        return new Opinion(CATEGORIES[best], 1 / sum);
    }

    /**
     * What the words say.
     *
     * @param certainty from 0 to 1, compared with all other categories
     */
    record Opinion(Category category, double certainty) {
    }
}
