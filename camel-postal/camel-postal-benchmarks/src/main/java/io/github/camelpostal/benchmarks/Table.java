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
package io.github.camelpostal.benchmarks;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import io.github.camelpostal.benchmarks.Contest.Turn;

/**
 * Prints results as Markdown: medians, the smallest and largest of the rounds behind them, and the ratio to another contestant.
 * A ratio is the median of the ratios of each round, whose turns follow each other.
 */
final class Table {

    private final PrintStream out;

    Table(PrintStream out) {
        this.out = out;
    }

    /** @param rivals those to which ratios are shown */
    void print(String title, Map<String, List<Turn>> turns, List<String> rivals) {
        out.printf("%n### %s%n%n| | calls/s | allocated/call |", title);
        rivals.forEach(rival -> out.printf(" of %s |", rival));
        out.printf("%n| --- | --- | --- |%s%n", " --- |".repeat(rivals.size()));
        turns.forEach((name, ofName) -> {
            out.printf("| %s | %s | %s |", name, spread(ofName, Turn::perSecond, "%,.0f"),
                    spread(ofName, turn -> turn.bytes() / 1000, "%,.1f kB"));
            rivals.forEach(rival -> out.printf(" %s |", rival.equals(name) ? "1" : ratio(ofName, turns.get(rival))));
            out.println();
        });
    }

    /** How many times the time of one of them each takes, which is the ratio of speeds upside down. */
    void printTimes(String title, Map<String, List<Turn>> turns, String rival) {
        out.printf("%n### %s%n%n| | calls/s | allocated/call | times the time of %s |%n| --- | --- | --- | --- |%n", title,
                rival);
        turns.forEach((name, ofName) -> out.printf("| %s | %s | %s | %s |%n", name,
                spread(ofName, Turn::perSecond, "%,.0f"), spread(ofName, turn -> turn.bytes() / 1000, "%,.1f kB"),
                name.equals(rival) ? "1" : ratio(turns.get(rival), ofName)));
    }

    static String spread(double[] values, String format) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return String.format(Locale.ROOT, format + " (" + format + " to " + format + ")", median(sorted), sorted[0],
                sorted[sorted.length - 1]);
    }

    private static String spread(List<Turn> turns, ToDoubleFunction<Turn> value, String format) {
        return spread(turns.stream().mapToDouble(value).toArray(), format);
    }

    private static String ratio(List<Turn> own, List<Turn> rival) {
        double[] ratios = new double[own.size()];
        for (int round = 0; round < ratios.length; round++) {
            ratios[round] = own.get(round).perSecond() / rival.get(round).perSecond();
        }
        return spread(ratios, "%.2f");
    }

    private static double median(double[] sorted) {
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
