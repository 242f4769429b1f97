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
package io.github.camelpostal.internal.client;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/**
 * Postal's points in time: Unix seconds with a fraction (protocol 2.9).
 */
public final class PostalTime {

    private PostalTime() {
    }

    /** As Postal writes it. */
    public static BigDecimal seconds(Instant instant) {
        BigDecimal nanos = BigDecimal.valueOf(instant.getNano(), 9);
        return BigDecimal.valueOf(instant.getEpochSecond()).add(nanos).stripTrailingZeros();
    }

    /**
     * @param seconds as Postal wrote it
     * @throws IllegalArgumentException if that is no time that a mail can have
     */
    public static Instant instant(double seconds) {
        if (!(seconds >= 0 && seconds < 1e11)) {
            throw new IllegalArgumentException("not a time: " + seconds);
        }
        BigDecimal exact = BigDecimal.valueOf(seconds).setScale(9, RoundingMode.HALF_UP);
        BigDecimal whole = exact.setScale(0, RoundingMode.DOWN);
        return Instant.ofEpochSecond(whole.longValueExact(), exact.subtract(whole).movePointRight(9).longValueExact());
    }
}
