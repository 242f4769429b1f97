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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An scheduler that waits as long as it says. The clock only says what time it is written down as. */
public final class RealTimeScheduler implements Scheduler {
    private static final Logger LOG = LoggerFactory.getLogger(RealTimeScheduler.class);

    private final Clock clock;
    private final ScheduledExecutorService workers;

    /** @param workers closed by its owner; what is still to be done then is forgotten */
    public RealTimeScheduler(Clock clock, ScheduledExecutorService workers) {
        this.clock = clock;
        this.workers = workers;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public boolean isVirtual() {
        return false;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public void after(Duration wait, Runnable work) {
        try {
            workers.schedule(() -> run(work), wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The sandbox is closed: nothing new is started");
        }
    }

    private static void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("A step of the sandbox failed; what it worked on stays as it is", e);
        }
    }
}
