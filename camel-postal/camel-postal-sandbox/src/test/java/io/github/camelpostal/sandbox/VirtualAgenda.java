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
package io.github.camelpostal.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.github.camelpostal.sandbox.delivery.Agenda;

/** Time that passes when the test says so: a day in a millisecond. */
final class VirtualAgenda implements Agenda {
    private final List<Entry> entries = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-20T18:00:00Z");

    private record Entry(Instant due, Runnable work) {
    }

    @Override
    public Instant now() {
        return now;
    }

    Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    @Override
    public void after(Duration wait, Runnable work) {
        entries.add(new Entry(now.plus(wait), work));
    }

    /** Does what is due now, and what follows from it without waiting. */
    void settle() {
        pass(Duration.ZERO);
    }

    void pass(Duration time) {
        Instant end = now.plus(time);
        while (!entries.isEmpty()) {
            Entry next = entries.stream().min(Comparator.comparing(Entry::due)).orElseThrow();
            if (next.due().isAfter(end)) {
                break;
            }
            entries.remove(next);
            now = next.due();
            next.work().run();
        }
        now = end;
    }

    /** How long until something is due; null when nothing is left to do. */
    Duration nextWait() {
        return entries.stream().map(entry -> Duration.between(now, entry.due())).min(Comparator.naturalOrder()).orElse(null);
    }
}
