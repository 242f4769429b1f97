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
package io.github.camelpostal.testing.scaleout;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Mails that Postal stores long after the connection has ended: whoever looks meanwhile finds that they are not there, and
 * whoever believes it sends them twice.
 */
public final class LateCommits {

    private static final Duration LATEST = Duration.ofSeconds(20);

    private final Consumer<Duration> plan;
    private final Random random = new Random(20);
    private int count;
    private Instant last = Instant.EPOCH;

    /** @param plan makes Postal store the next mail that arrives so much later */
    public LateCommits(Consumer<Duration> plan) {
        this.plan = plan;
    }

    /** The next mail that arrives is one. */
    synchronized void next() {
        Duration delay = Duration.ofSeconds(1).plusMillis(random.nextLong(LATEST.toMillis() - 1000));
        plan.accept(delay);
        count++;
        Instant due = Instant.now().plus(delay);
        last = due.isAfter(last) ? due : last;
    }

    public synchronized int count() {
        return count;
    }

    /** Until the last one is stored: before that nobody can say how often its mail was. */
    public void await() throws InterruptedException {
        Instant end;
        synchronized (this) {
            end = last.plusSeconds(2);
        }
        new CountDownLatch(1).await(Math.max(0, Duration.between(Instant.now(), end).toMillis()), TimeUnit.MILLISECONDS);
    }
}
