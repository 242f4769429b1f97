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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** What is to be done later, and what time it is. The one place where the sandbox's clock can be replaced by a faster one. */
public interface Scheduler {
    Instant now();

    /** Whether time stands still until somebody lets it pass. */
    boolean isVirtual();

    /**
     * Lets time pass, and returns when everything that became due meanwhile is done.
     *
     * @throws IllegalStateException if time passes by itself
     */
    default void advance(Duration time) {
        throw new IllegalStateException("Time passes by itself here: start the sandbox with builder().virtualTime()");
    }

    /** Shows the same time. */
    Clock clock();

    /** Runs the work on another thread when the wait is over; never on the caller's. */
    void after(Duration wait, Runnable work);

    /** Runs the work on another thread as soon as one is free. */
    default void soon(Runnable work) {
        after(Duration.ZERO, work);
    }
}
