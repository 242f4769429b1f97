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

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts the outgoing messages of the last 60 minutes, each at the time at which it was processed (protocol 2.14). */
public final class SendVolume {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Deque<Instant> sent = new ArrayDeque<>();

    public synchronized void count(Instant now) {
        forget(now);
        sent.addLast(now);
    }

    public synchronized int lastHour(Instant now) {
        forget(now);
        return sent.size();
    }

    private void forget(Instant now) {
        while (!sent.isEmpty() && !sent.peekFirst().isAfter(now.minus(HOUR))) {
            sent.removeFirst();
        }
    }
}
