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

import java.time.Duration;
import java.util.Optional;

/**
 * How long to wait for an event before Postal is asked, and when to stop asking.
 *
 * @param silence      the first wait; it doubles with each response that brings nothing new, up to 12 hours
 * @param bounceCheck  when to look once more at what was delivered, because a bounce may have come back and its event been
 *                     lost; zero means never, which saves a call for each mail
 */
record CheckSchedule(Duration silence, Duration bounceCheck) {

    private static final Duration LONGEST = Duration.ofHours(12);
    // About eight days: a hold expires after seven (protocol 2.11), and a retry is over long before.
    private static final int MOST_CHECKS = 24;

    /**
     * @param  checks how often Postal was asked since the state changed
     * @return        empty when there is nothing more to expect
     */
    Optional<Duration> until(State state, int checks) {
        return switch (state) {
            case ACCEPTED, DEFERRED, HELD -> checks < MOST_CHECKS ? Optional.of(doubled(checks)) : Optional.empty();
            case DELIVERED -> checks == 0 && !bounceCheck.isZero() ? Optional.of(bounceCheck) : Optional.empty();
            case FAILED, CANCELLED, BOUNCED -> Optional.empty();
        };
    }

    private Duration doubled(int checks) {
        Duration wait = silence.multipliedBy(1L << checks); // at most MOST_CHECKS
        return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    }
}
