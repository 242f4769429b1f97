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
package io.github.camelpostal.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import com.sun.management.ThreadMXBean;

/**
 * Measures several ways to do the same thing, in turns within one process, so that whatever else the machine does meets them
 * all alike. What counts is how they compare, not how fast this machine is.
 */
final class Contest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long WARM_UP = TimeUnit.SECONDS.toNanos(Long.getLong("warmUp", 8));
    private static final long TURN = TimeUnit.MILLISECONDS.toNanos(Long.getLong("turn", 3000));
    private static final int ROUNDS = Integer.getInteger("rounds", 7);

    private final Map<String, Caller> contestants = new LinkedHashMap<>();

    /** Makes the calls of one thread. */
    interface Caller {
        Call open() throws Exception;
    }

    /** One call; a failure ends the contest. */
    interface Call extends AutoCloseable {

        void make() throws Exception;

        /** Makes it again and again for so long, one after the other. */
        default Count makeFor(long nanos) throws Exception {
            long calls = 0;
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < nanos) {
                make();
                calls++;
            }
            return new Count(calls, System.nanoTime() - begin);
        }

        @Override
        default void close() throws Exception {
            // most have nothing to close
        }
    }

    Contest add(String name, Caller caller) {
        contestants.put(name, caller);
        return this;
    }

    Map<String, Caller> contestants() {
        return contestants;
    }

    /** The turns of each contestant, in the order of the rounds. */
    Map<String, List<Turn>> run(int threads) throws Exception {
        Map<String, List<Turn>> turns = new LinkedHashMap<>();
        for (Map.Entry<String, Caller> contestant : contestants.entrySet()) {
            turn(contestant.getValue(), threads, WARM_UP);
            turns.put(contestant.getKey(), new ArrayList<>());
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (Map.Entry<String, Caller> contestant : contestants.entrySet()) {
                turns.get(contestant.getKey()).add(turn(contestant.getValue(), threads, TURN));
            }
        }
        return turns;
    }

    private static Turn turn(Caller caller, int threads, long nanos) throws Exception {
        CyclicBarrier together = new CyclicBarrier(threads + 1);
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        List<Future<Count>> counts = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            counts.add(callers.submit(() -> callFor(nanos, caller, together)));
        }
        try {
            together.await(); // all have made their first call
            Map<Long, Long> allocatedBefore = allocated();
            together.await(); // all have made their last call
            long allocated = allocatedSince(allocatedBefore); // while the threads are alive, or their share is lost
            together.await();
            long calls = 0;
            double perSecond = 0;
            for (Future<Count> count : counts) {
                calls += count.get().calls();
                perSecond += count.get().perSecond();
            }
            return new Turn(perSecond, (double) allocated / calls);
        } catch (BrokenBarrierException e) {
            for (Future<Count> count : counts) {
                count.get(); // throws what the call threw
            }
            throw e;
        } finally {
            callers.shutdownNow();
        }
    }

    private static Count callFor(long nanos, Caller caller, CyclicBarrier together) throws Exception {
        try (Call call = caller.open()) {
            call.make();
            together.await();
            // its own clock: on a busy machine this thread may begin long before the one that waits for it goes on
            Count count = call.makeFor(nanos);
            together.await();
            together.await();
            return count;
        } catch (Exception e) {
            together.reset();
            throw e;
        }
    }

    record Count(long calls, long nanos) {

        double perSecond() {
            return calls * 1e9 / nanos;
        }
    }

    /** By thread: one that ends meanwhile must not take with it what it allocated in its whole life. */
    private static Map<Long, Long> allocated() {
        Map<Long, Long> allocated = new HashMap<>();
        long[] ids = THREADS.getAllThreadIds();
        long[] bytes = THREADS.getThreadAllocatedBytes(ids);
        for (int i = 0; i < ids.length; i++) {
            allocated.put(ids[i], Math.max(0, bytes[i]));
        }
        return allocated;
    }

    private static long allocatedSince(Map<Long, Long> before) {
        return allocated().entrySet().stream()
                .mapToLong(thread -> Math.max(0, thread.getValue() - before.getOrDefault(thread.getKey(), 0L))).sum();
    }

    /**
     * What one contestant did in one turn.
     *
     * @param perSecond calls
     * @param bytes     allocated per call, by all threads of this process
     */
    record Turn(double perSecond, double bytes) {
    }
}
