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
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Time that passes only when {@link #advance} says so, and then at once: a day in a millisecond. What is due is done on the
 * thread that lets time pass, one after the other, in the order in which it is due.
 */
public final class VirtualTimeScheduler implements Scheduler {
    private static final Logger LOG = LoggerFactory.getLogger(VirtualTimeScheduler.class);

    private final PriorityQueue<Entry> entries = new PriorityQueue<>(
            Comparator.comparing(Entry::due).thenComparingLong(Entry::number));
    private final Object oneAtATime = new Object();
    private Instant now;
    private long count;

    private record Entry(Instant due, long number, Runnable work) {
    }

    public VirtualTimeScheduler(Instant start) {
        this.now = start;
    }

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public boolean isVirtual() {
        return true;
    }

    /** In UTC. */
    @Override
    public Clock clock() {
        return new VirtualClock(this);
    }

    @Override
    public synchronized void after(Duration wait, Runnable work) {
        entries.add(new Entry(now.plus(wait), ++count, work));
    }

    /**
     * Lets time pass, and returns when everything that became due meanwhile is done, with what followed from it. With
     * {@link Duration#ZERO} only what is due now is done.
     */
    @Override
    public void advance(Duration time) {
        synchronized (oneAtATime) {
            Instant end = now().plus(time);
            for (Entry next = nextUntil(end); next != null; next = nextUntil(end)) {
                run(next.work());
            }
            synchronized (this) {
                now = end;
            }
        }
    }

    /** How long until something is due; empty when nothing is left to do. */
    public synchronized Optional<Duration> nextWait() {
        return Optional.ofNullable(entries.peek()).map(next -> Duration.between(now, next.due()));
    }

    private synchronized @Nullable Entry nextUntil(Instant end) {
        if (entries.isEmpty() || entries.peek().due().isAfter(end)) {
            return null;
        }
        Entry next = entries.remove();
        now = next.due();
        return next;
    }

    private static void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("A step of the sandbox failed; what it worked on stays as it is", e);
        }
    }

    private static final class VirtualClock extends Clock {
        private final VirtualTimeScheduler scheduler;

        VirtualClock(VirtualTimeScheduler scheduler) {
            this.scheduler = scheduler;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return scheduler.now();
        }
    }
}
