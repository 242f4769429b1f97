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
package io.github.camelpostal.sandbox.internal.health;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long something took, in the buckets that Postal's library has by default. Thread-safe. */
public final class Histogram implements Metrics.Metric {
    private static final double[] BOUNDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, Double.POSITIVE_INFINITY};
    private static final String[] BOUND_TEXTS = {"0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "10",
            "+Inf"};
    private static final double NANOS = 1e9;

    private final String name;
    private final String help;
    private final List<String> labels;
    private final Map<String, Series> observed = new LinkedHashMap<>();

    /** What was seen of one series. */
    private static final class Series {
        private final long[] upTo = new long[BOUNDS.length];
        private double sum;

        void add(double seconds) {
            for (int i = 0; i < BOUNDS.length; i++) {
                upTo[i] += seconds <= BOUNDS[i] ? 1 : 0;
            }
            sum += seconds;
        }

        long count() {
            return upTo[BOUNDS.length - 1];
        }
    }

    Histogram(String name, String help, List<String> labels) {
        this.name = name;
        this.help = help;
        this.labels = labels;
        if (labels.isEmpty()) {
            observed.put("", new Series());
        }
    }

    /** @throws IllegalArgumentException when there are not as many values as labels */
    public synchronized void observe(Duration time, String... labelValues) {
        observed.computeIfAbsent(Metrics.series(labels, labelValues), first -> new Series()).add(time.toNanos() / NANOS);
    }

    @Override
    public String type() {
        return "histogram";
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String help() {
        return help;
    }

    @Override
    public synchronized String lines() {
        StringBuilder lines = new StringBuilder();
        observed.forEach((series, seen) -> {
            String before = series.isEmpty() ? "" : series + ",";
            for (int i = 0; i < BOUNDS.length; i++) {
                line(lines, "_bucket", before + "le=\"" + BOUND_TEXTS[i] + "\"", seen.upTo[i]);
            }
            line(lines, "_sum", series, seen.sum);
            line(lines, "_count", series, seen.count());
        });
        return lines.toString();
    }

    private void line(StringBuilder lines, String ending, String series, double value) {
        lines.append(name).append(ending).append(series.isEmpty() ? "" : "{" + series + "}").append(' ').append(value)
                .append('\n');
    }
}
