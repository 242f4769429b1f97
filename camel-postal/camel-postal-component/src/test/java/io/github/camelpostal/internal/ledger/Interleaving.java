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
package io.github.camelpostal.internal.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Runs tasks one step at a time, in an order that a seed decides, in virtual time. A task that is killed never does another
 * step: as a crashed process, not even its finally blocks have an effect.
 */
final class Interleaving {

    /** Ends a killed task. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash() {
            super("crashed", null, false, false);
        }
    }

    final class Task {
        final String group;
        private final Semaphore turn = new Semaphore(0);
        private Instant wakeAt = now;
        private boolean killed;
        private boolean done;
        private Throwable failure;

        Task(String group) {
            this.group = group;
        }
    }

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "interleaving");
        thread.setDaemon(true);
        return thread;
    });

    final Random random;
    private final List<Task> tasks = new ArrayList<>();
    private final ThreadLocal<Task> current = new ThreadLocal<>();
    private final Semaphore back = new Semaphore(0);
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
    double stallProbability;

    Interleaving(long seed) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L ^ 0x5DEECE66DL);
        random.nextLong();
    }

    Instant now() {
        return now;
    }

    /** A clock that is wrong by so much. */
    Clock clock(Duration wrongBy) {
        return new Clock() {
            @Override
            public Instant instant() {
                return now.plus(wrongBy);
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    Duration upTo(Duration most) {
        return Duration.ofMillis((long) (random.nextDouble() * most.toMillis()));
    }

    Task spawn(String group, Runnable body) {
        Task task = new Task(group);
        tasks.add(task);
        THREADS.execute(() -> {
            task.turn.acquireUninterruptibly();
            current.set(task);
            try {
                if (!task.killed) {
                    body.run();
                }
            } catch (Crash e) {
                // as wanted
            } catch (Throwable e) {
                task.failure = e;
            } finally {
                task.done = true;
                back.release();
            }
        });
        return task;
    }

    /** The group of the task that runs. */
    String group() {
        return current.get().group;
    }

    /** Here another task may go on, and this one may never do. */
    void step() {
        sleep(chance(stallProbability) ? upTo(Duration.ofSeconds(40)) : Duration.ofMillis(random.nextInt(8)));
    }

    void sleep(Duration time) {
        Task task = current.get();
        if (task == null) {
            return;
        }
        if (!task.killed) {
            task.wakeAt = now.plus(time);
            back.release();
            task.turn.acquireUninterruptibly();
        }
        if (task.killed) {
            throw new Crash();
        }
    }

    void kill(String group) {
        tasks.stream().filter(task -> task.group.equals(group)).forEach(task -> task.killed = true);
    }

    /** Runs until the given time, or until all tasks are done. */
    void runUntil(Instant end) {
        while (true) {
            tasks.removeIf(task -> task.done && task.failure == null);
            tasks.stream().filter(task -> task.failure != null).findFirst().ifPresent(task -> {
                throw new AssertionError("a task failed: " + task.failure, task.failure);
            });
            Instant next = tasks.stream().map(task -> task.killed ? now : task.wakeAt).min(Instant::compareTo)
                    .orElse(Instant.MAX);
            if (tasks.isEmpty() || next.isAfter(end)) {
                now = end.equals(Instant.MAX) ? now : end;
                return;
            }
            if (next.isAfter(now)) {
                now = next;
            }
            List<Task> ready = tasks.stream().filter(task -> task.killed || !task.wakeAt.isAfter(now)).toList();
            ready.get(random.nextInt(ready.size())).turn.release();
            back.acquireUninterruptibly();
        }
    }

    /** Ends all tasks, so that no thread is left. */
    void killAll() {
        tasks.forEach(task -> task.killed = true);
        while (tasks.stream().anyMatch(task -> !task.done)) {
            tasks.stream().filter(task -> !task.done).findFirst().ifPresent(task -> {
                task.turn.release();
                back.acquireUninterruptibly();
            });
        }
    }
}
