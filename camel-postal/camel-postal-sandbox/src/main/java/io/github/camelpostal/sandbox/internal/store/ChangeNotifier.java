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
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Wakes those who wait for something to happen, so that no test has to poll. Knows that something changed, never what. */
public final class ChangeNotifier {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition happened = lock.newCondition();
    private long count;

    /** Call after the change is visible. */
    public void happened() {
        lock.lock();
        try {
            count++;
            happened.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many there were. */
    public long count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the look finds something, in real time.
     *
     * @return what was found, or empty when the time was over
     * @throws IllegalStateException when the waiting thread is interrupted
     */
    public <T> Optional<T> await(Supplier<Optional<T>> look, Duration timeout) {
        long nanos = timeout.toNanos();
        lock.lock();
        try {
            Optional<T> found = look.get();
            while (found.isEmpty() && nanos > 0) {
                nanos = happened.awaitNanos(nanos);
                found = look.get();
            }
            return found;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting", e);
        } finally {
            lock.unlock();
        }
    }
}
