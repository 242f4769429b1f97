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
import java.util.Map;

/** How long nothing is sent, and why. */
final class Pauses {

    private final String server;
    private final TrackerClock clock;

    Pauses(String server, TrackerClock clock) {
        this.server = server;
        this.clock = clock;
    }

    /** @param cause two pauses with the same cause are one, and the longer one counts */
    Map<String, Object> of(String cause, Duration length) {
        return Map.of("server", server, "cause", cause, "paused_until", clock.in(length));
    }
}
