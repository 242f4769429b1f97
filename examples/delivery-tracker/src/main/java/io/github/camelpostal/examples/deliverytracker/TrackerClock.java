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
package io.github.camelpostal.examples.deliverytracker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;

/** This process's time, in the type that every JDBC driver takes for a time with a zone. In the routes: the bean {@code clock}. */
final class TrackerClock {

    private final Clock clock;

    TrackerClock(Clock clock) {
        this.clock = clock;
    }

    public OffsetDateTime now() {
        return sql(clock.instant());
    }

    OffsetDateTime in(Duration wait) {
        return now().plus(wait);
    }

    /** Nothing is sent for so long. Two pauses with the same cause are one, and the longer one counts. */
    Map<String, Object> pause(String cause, Duration length) {
        return Map.of("cause", cause, "paused_until", in(length));
    }

    static OffsetDateTime sql(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
