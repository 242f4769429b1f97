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
package io.github.camelpostal.internal.suppression;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.github.camelpostal.suppression.SuppressionEntry;
import org.jspecify.annotations.Nullable;

/** Until when the entries of an address were removed by call, as a whole and for single streams. */
final class Removals {

    /** The stream under which a removal of everything is kept. */
    static final String ALL = "";

    private final Map<String, Instant> times = new HashMap<>();

    void add(@Nullable String stream, Instant at) {
        times.merge(stream == null ? ALL : stream, at, (a, b) -> a.isAfter(b) ? a : b);
    }

    @Nullable
    Instant ofAll() {
        return times.get(ALL);
    }

    boolean cover(SuppressionEntry entry) {
        return covers(times.get(ALL), entry)
                || entry.stream() != null && covers(times.get(entry.stream()), entry);
    }

    private static boolean covers(@Nullable Instant removed, SuppressionEntry entry) {
        return removed != null && !entry.since().isAfter(removed);
    }
}
