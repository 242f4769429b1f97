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
package io.github.camelpostal.internal.time;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Runs an action when a time has passed, unless it is called off before, which is what happens to nearly all of them: a mail is
 * accepted and a request responded to long before that is late.
 *
 * <p>It waits on the JDK's timer thread; there is none of our own. But that thread wakes up for each time that ends before all
 * others, which with one call after the other is every one, and so each call would cost two switches of threads for nothing.
 * Therefore alarms of one quarter of a second share a timer, which ends before the first of them, and only those that have not
 * been called off by then get one of their own.
 */
public final class Alarm {

    private static final long SHARED = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long LONGEST = TimeUnit.DAYS.toNanos(365);
    /** So that times begin near zero, whatever the clock shows. */
    private static final long BEGINNING = System.nanoTime();
    private static final Map<Long, Group> GROUPS = new ConcurrentHashMap<>();

    private final long time;
    private final Group group;
    private @Nullable Runnable action;

    private Alarm(Runnable action, long time, Group group) {
        this.action = action;
        this.time = time;
        this.group = group;
    }

    /**
     * @param nanos  never earlier than that; at once where it is not positive
     * @param action run on a thread that is everybody's, so it must not wait
     */
    public static Alarm in(long nanos, Runnable action) {
        long now = now();
        long time = now + Math.max(0, Math.min(nanos, LONGEST));
        long number = time / SHARED;
        if (number * SHARED - now < SHARED) {
            Alarm alarm = new Alarm(action, time, Group.NONE);
            alarm.set();
            return alarm;
        }
        Group group = GROUPS.computeIfAbsent(number, Group::new);
        Alarm alarm = new Alarm(action, time, group);
        group.add(alarm);
        return alarm;
    }

    /** The action does not run any more, unless it has begun, and nothing here refers to it any longer. */
    public void cancel() {
        take();
        group.members.remove(this);
    }

    private void set() {
        after(time - now(), this::ring);
    }

    private void ring() {
        Runnable due = take();
        if (due != null) {
            due.run();
        }
    }

    private synchronized @Nullable Runnable take() {
        Runnable taken = action;
        action = null;
        return taken;
    }

    private static void after(long nanos, Runnable what) {
        CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, Runnable::run).execute(what);
    }

    private static long now() {
        return System.nanoTime() - BEGINNING;
    }

    /** Those that end within the same quarter of a second. */
    private static final class Group {

        static final Group NONE = new Group();

        private final Set<Alarm> members = ConcurrentHashMap.newKeySet();
        private volatile boolean open = true;

        private Group() {
        }

        Group(long number) {
            after(number * SHARED - now(), () -> split(number));
        }

        void add(Alarm alarm) {
            members.add(alarm);
            if (!open && members.remove(alarm)) { // it was split meanwhile, perhaps without this one
                alarm.set();
            }
        }

        private void split(long number) {
            GROUPS.remove(number);
            open = false;
            for (Alarm alarm : members) {
                if (members.remove(alarm)) {
                    alarm.set();
                }
            }
        }
    }
}
