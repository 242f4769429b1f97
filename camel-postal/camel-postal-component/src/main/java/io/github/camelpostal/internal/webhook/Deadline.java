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
package io.github.camelpostal.internal.webhook;

import java.time.Duration;

/**
 * The moment at which Postal must have its response, on the JVM's monotonic clock.
 *
 * @param nanoTime in the terms of {@link System#nanoTime()}
 */
public record Deadline(long nanoTime) {

    /** The deadline that is this long from now; a negative duration means that it has passed. */
    public static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** Nanoseconds that are left; zero when it has passed. */
    public long remainingNanos() {
        return Math.max(0, nanoTime - System.nanoTime());
    }

    /** Whether there is no time left. */
    public boolean hasPassed() {
        return remainingNanos() == 0;
    }
}
