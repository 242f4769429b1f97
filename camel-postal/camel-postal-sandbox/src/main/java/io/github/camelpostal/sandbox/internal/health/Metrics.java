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

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** The metrics of one process, in the order in which they were registered, as Prometheus reads them. */
public final class Metrics {
    private final List<Metric> metrics = new CopyOnWriteArrayList<>();

    /** What has a name and some lines. */
    sealed interface Metric permits Counter, Histogram {
        String type();

        String name();

        String help();

        /** Each line ends in a newline. */
        String lines();
    }

    /**
     * Without labels it is shown as 0 from the start; with labels each series appears when it is first counted.
     *
     * @param labels the names of the labels, in the order in which their values are given
     */
    public Counter counter(String name, String help, String... labels) {
        Counter counter = new Counter(name, help, List.of(labels));
        metrics.add(counter);
        return counter;
    }

    /** Of seconds; like {@link #counter}. */
    public Histogram histogram(String name, String help, String... labels) {
        Histogram histogram = new Histogram(name, help, List.of(labels));
        metrics.add(histogram);
        return histogram;
    }

    /** The text format of Prometheus, version 0.0.4, the way Postal's library writes it: the type before the help. */
    public String text() {
        return metrics.stream()
                .map(metric -> "# TYPE " + metric.name() + " " + metric.type() + "\n# HELP " + metric.name() + " "
                        + metric.help() + "\n" + metric.lines())
                .collect(Collectors.joining());
    }

    /** The labels as they stand in a line, without the braces. */
    static String series(List<String> names, String... values) {
        if (names.size() != values.length) {
            throw new IllegalArgumentException("Labels are " + names + ", values are " + List.of(values));
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            text.append(i == 0 ? "" : ",").append(names.get(i)).append("=\"").append(escaped(values[i])).append('"');
        }
        return text.toString();
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
