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
package io.github.camelpostal.sandbox.internal.store;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One row of a message's history: an attempt, or a decision not to attempt (protocol 2.10).
 *
 * @param id      counted per mail server
 * @param attempt what happened
 */
public record Delivery(long id, Instant timestamp, Attempt attempt) {

    /**
     * What happened at one attempt, before it is stored.
     *
     * @param details      for people; null when there is nothing to say
     * @param output       what the other side said; null when no transmission took place
     * @param transmission null when no transmission took place, which the API shows as {@code sent_with_ssl: false} and an
     *                     event as {@code null} (protocol 5.3)
     */
    public record Attempt(Status status, @Nullable String details, @Nullable String output,
            @Nullable Transmission transmission) {
        private static final int LONGEST = 250;

        public Attempt {
            details = cut(details);
            output = cut(output);
        }

        /** A decision without a transmission. */
        public static Attempt decided(Status status, String details) {
            return new Attempt(status, details, null, null);
        }

        private static @Nullable String cut(@Nullable String text) {
            return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST);
        }
    }

    /**
     * That something went over a wire.
     *
     * @param logId   eight letters or digits
     * @param seconds duration, two decimals; null if no connection came about
     */
    public record Transmission(boolean tls, String logId, @Nullable Double seconds) {
    }
}
