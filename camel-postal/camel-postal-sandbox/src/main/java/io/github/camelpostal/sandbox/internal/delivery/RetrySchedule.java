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
package io.github.camelpostal.sandbox.internal.delivery;

import java.time.Duration;
import java.util.List;

/** Postal's two retry clocks (protocol 4.7, 5.4; measured in {@code recordings/retry}). */
final class RetrySchedule {
    /** Attempts at one message; the pick-up after the last wait gives up without another attempt. */
    static final int MAIL_ATTEMPTS = 18;

    private static final double FIRST_MAIL_WAIT_MILLIS = 300_000;
    private static final double GROWTH = 1.3;
    private static final List<Duration> EVENT_WAITS = List.of(
            Duration.ofMinutes(2), Duration.ofMinutes(3), Duration.ofMinutes(6), Duration.ofMinutes(10),
            Duration.ofMinutes(15));

    private RetrySchedule() {
    }

    /** The wait after the given failed attempt, counted from 1: five minutes, growing by 1.3. */
    static Duration afterMailAttempt(int attempt) {
        return Duration.ofMillis(Math.round(FIRST_MAIL_WAIT_MILLIS * Math.pow(GROWTH, attempt - 1)));
    }

    /** Whether an event is tried again after this failed attempt, counted from 1. */
    static boolean retriesEventAfter(int attempt) {
        return attempt <= EVENT_WAITS.size();
    }

    /** The wait after the given failed attempt at an event. */
    static Duration afterEventAttempt(int attempt) {
        return EVENT_WAITS.get(attempt - 1);
    }
}
