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
package io.github.camelpostal.payload;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/**
 * Postal's way to write times: Unix seconds as a decimal number. Never a {@code double}, which cannot hold the nanoseconds of
 * some of them.
 */
final class UnixTime {

    private static final int NANO_DIGITS = 9;

    private UnixTime() {
    }

    static BigDecimal of(Instant instant) {
        return of(Duration.ofSeconds(instant.getEpochSecond(), instant.getNano()));
    }

    static BigDecimal of(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.getSeconds())
                .add(BigDecimal.valueOf(duration.getNano(), NANO_DIGITS)).stripTrailingZeros();
        return seconds.scale() < 0 ? seconds.setScale(0) : seconds; // 10, not 1E+1
    }
}
