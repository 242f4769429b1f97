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

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts something that only grows. Thread-safe. */
public final class Counter implements Metrics.Metric {
    private final String name;
    private final String help;
    private final List<String> labels;
    private final Map<String, Long> counts = Collections.synchronizedMap(new LinkedHashMap<>());

    Counter(String name, String help, List<String> labels) {
        this.name = name;
        this.help = help;
        this.labels = labels;
        if (labels.isEmpty()) {
            counts.put("", 0L);
        }
    }

    /** @throws IllegalArgumentException when there are not as many values as labels */
    public void increment(String... labelValues) {
        counts.merge(Metrics.series(labels, labelValues), 1L, Long::sum);
    }

    @Override
    public String type() {
        return "counter";
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
    public String lines() {
        StringBuilder lines = new StringBuilder();
        synchronized (counts) {
            counts.forEach((series, count) -> lines.append(name).append(series.isEmpty() ? "" : "{" + series + "}")
                    .append(' ').append((double) count).append('\n'));
        }
        return lines.toString();
    }
}
