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
package io.github.camelpostal.sandbox.internal.page;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A point in time for people.
 *
 * @param text the time, and the day unless it is today
 * @param full with day and zone
 * @param iso  for machines
 */
record TimeLabel(String text, String full, String iso) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter FULL = DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm:ss.SSS z", Locale.ENGLISH);

    /** In the clock's zone; null for null. */
    static @Nullable TimeLabel orNone(@Nullable Instant at, Clock clock) {
        return at == null ? null : of(at, clock);
    }

    /** In the clock's zone. */
    static TimeLabel of(Instant at, Clock clock) {
        ZonedDateTime local = at.atZone(clock.getZone());
        boolean today = local.toLocalDate().equals(LocalDate.ofInstant(clock.instant(), clock.getZone()));
        return new TimeLabel(local.format(today ? TIME : DAY), local.format(FULL), at.toString());
    }
}
