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
package io.github.camelpostal.internal.jdbc;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Threads on which nobody has a transaction. Spring's and JTA's data sources hand out the connection of the calling thread's
 * transaction: what is written there is gone after a rollback, and switching autocommit on there commits the caller's work.
 */
public final class DatabaseThreads {

    private final String name;
    private final AtomicInteger count = new AtomicInteger();
    private @Nullable ExecutorService threads;

    /** @param name of the threads, before their number */
    public DatabaseThreads(String name) {
        this.name = name;
    }

    /** Begins the work on a thread of its own, also after {@link #close}: what is shared by several contexts outlives the first. */
    public synchronized <T> Future<T> submit(Callable<T> work) {
        ExecutorService open = threads;
        if (open == null) {
            open = Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, name + '-' + count.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });
            threads = open;
        }
        return open.submit(work);
    }

    /**
     * Does the work there, and waits for it. What it throws is thrown here.
     *
     * @param interrupted makes what is thrown if the caller must not wait; the work goes on, and the caller stays interrupted
     */
    public <T> T run(Callable<T> work, Function<InterruptedException, RuntimeException> interrupted) {
        try {
            return submit(work).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted.apply(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("The work failed", e.getCause());
        }
    }

    /** Waits for what is running, at most for this long: or it would open a database again whose owner has closed it. */
    public void close(Duration timeout) {
        ExecutorService closing = take();
        if (closing == null) {
            return;
        }
        closing.shutdown();
        try {
            if (closing.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closing.shutdownNow();
    }

    private synchronized @Nullable ExecutorService take() {
        ExecutorService taken = threads;
        threads = null;
        return taken;
    }
}
