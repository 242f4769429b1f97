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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.camelpostal.internal.reason.RealRepliesTest.Reply;
import io.github.camelpostal.payload.FailureReason.Category;

/**
 * Learns {@link WordWeights} from labelled replies and phrases: multinomial logistic regression by gradient descent with momentum. The
 * same replies give the same weights, on every machine.
 */
final class WordTeacher {

    // a sign of one lesson is chance
    private static final int LEAST = 2;
    private static final double PHRASE = 0.3;
    private static final int STEPS = 300;
    private static final double STEP = 10;
    private static final double MOMENTUM = 0.9;
    // keeps weights small that few replies ask for
    private static final double DECAY = 0.00003;
    // weights below this decide nothing and make the file long
    private static final double SMALLEST = 0.5;

    private static final int CATEGORIES = Category.values().length;

    private final boolean[] taught = new boolean[CATEGORIES];

    private final List<Lesson> lessons = new ArrayList<>();
    private final Map<String, Integer> numbers = new TreeMap<>();

    /**
     * A teacher of these lessons.
     *
     * @param phrases what the rules know: each is no whole reply, so it counts less, and says nothing about how common a reason is
     */
    WordTeacher(List<Reply> replies, List<Reply> phrases) {
        List<Signs> all = Stream.concat(
                replies.stream().map(reply -> new Signs(WordWeights.signs(ServerReply.of(reply.text())), reply.category(), 1)),
                phrases.stream().map(phrase -> new Signs(ofPhrase(phrase.text()), phrase.category(), PHRASE))).toList();
        Map<String, Long> counts = all.stream().flatMap(signs -> signs.signs.stream())
                .collect(Collectors.groupingBy(sign -> sign, TreeMap::new, Collectors.counting()));
        counts.forEach((sign, count) -> {
            if (count >= LEAST) {
                numbers.put(sign, numbers.size());
            }
        });
        // a common category counts more than a rare one, but less than its number of replies
        double[] worth = new double[CATEGORIES];
        all.forEach(signs -> worth[signs.category.ordinal()] += signs.worth);
        double sum = Arrays.stream(worth).map(Math::sqrt).sum();
        for (Signs signs : all) {
            int category = signs.category.ordinal();
            taught[category] = true;
            lessons.add(new Lesson(signs.signs.stream().filter(numbers::containsKey).mapToInt(numbers::get).sorted().toArray(),
                    category, signs.worth / (Math.sqrt(worth[category]) * sum)));
        }
    }

    private static Set<String> ofPhrase(String phrase) {
        Set<String> signs = WordWeights.signs(ServerReply.of(phrase));
        signs.remove(WordWeights.ANY);
        return signs;
    }

    /** The lines of the file. */
    List<String> lines() {
        double[][] learned = learn();
        List<String> lines = new ArrayList<>();
        numbers.forEach((sign, number) -> {
            String weights = Arrays.stream(Category.values())
                    .filter(category -> Math.abs(learned[number][category.ordinal()]) >= SMALLEST)
                    .map(category -> category.text() + String.format(Locale.ROOT, " %.1f", learned[number][category.ordinal()]))
                    .collect(Collectors.joining(" | "));
            if (!weights.isEmpty()) {
                lines.add(sign + " = " + weights);
            }
        });
        return lines;
    }

    private double[][] learn() {
        double[][] weights = new double[numbers.size()][CATEGORIES];
        double[][] speeds = new double[numbers.size()][CATEGORIES];
        for (int step = 0; step < STEPS; step++) {
            double[][] slopes = new double[numbers.size()][CATEGORIES];
            lessons.forEach(lesson -> lesson.addSlopes(weights, slopes, taught));
            for (int sign = 0; sign < weights.length; sign++) {
                for (int i = 0; i < CATEGORIES; i++) {
                    speeds[sign][i] = MOMENTUM * speeds[sign][i] + slopes[sign][i] + DECAY * weights[sign][i];
                    weights[sign][i] -= STEP * speeds[sign][i];
                }
            }
        }
        return weights;
    }

    /** What a lesson shows, before its signs have numbers. */
    private record Signs(Set<String> signs, Category category, double worth) {
    }

    /**
     * One lesson.
     *
     * @param worth how much its mistake counts
     */
    private record Lesson(int[] signs, int category, double worth) {

        void addSlopes(double[][] weights, double[][] slopes, boolean[] taught) {
            double share = 1 / Math.sqrt(Math.max(1, signs.length));
            double[] chances = new double[CATEGORIES];
            for (int sign : signs) {
                for (int i = 0; i < CATEGORIES; i++) {
                    chances[i] += weights[sign][i] * share;
                }
            }
            double highest = Arrays.stream(chances).max().orElse(0);
            double sum = 0;
            for (int i = 0; i < CATEGORIES; i++) {
                chances[i] = taught[i] ? StrictMath.exp(chances[i] - highest) : 0;
                sum += chances[i];
            }
            for (int i = 0; i < CATEGORIES; i++) {
                double slope = (chances[i] / sum - (i == category ? 1 : 0)) * worth * share;
                for (int sign : signs) {
                    slopes[sign][i] += slope;
                }
            }
        }
    }
}
