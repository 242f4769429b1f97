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
package io.github.camelpostal.internal.conversation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The last day (UTC) on which a token is accepted, as the number of days since the beginning of 2025. Three base32 digits
 * hold 89 years.
 */
record ExpiryDay(int number) {

    private static final long FIRST = LocalDate.of(2025, 1, 1).toEpochDay();

    private static final int COUNT = 1 << 15;

    static ExpiryDay of(Instant instant) {
        long number = LocalDate.ofInstant(instant, ZoneOffset.UTC).toEpochDay() - FIRST;
        if (number < 0 || number >= COUNT) {
            throw new ConversationRefusedException("conversationExpiry: the day of expiry must lie between 2025 and 2114");
        }
        return new ExpiryDay((int) number);
    }

    /** Today, on a clock that may be wrong: before 2025 nothing is expired, after 2114 everything. */
    static ExpiryDay today(Instant instant) {
        long number = LocalDate.ofInstant(instant, ZoneOffset.UTC).toEpochDay() - FIRST;
        return new ExpiryDay((int) Math.max(0, Math.min(number, COUNT)));
    }

    boolean isAfter(ExpiryDay other) {
        return number > other.number;
    }
}
