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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelpostal.sandbox.internal.health.Counter;
import io.github.camelpostal.sandbox.internal.health.Histogram;
import io.github.camelpostal.sandbox.internal.health.Metrics;

/**
 * What Postal's worker counts (protocol 8). Postal's polls also when there is nothing to do, and counts that in the run times;
 * here each piece of work counts once. Nothing is counted as a task: there are no rows to tidy up.
 */
public final class WorkerMetrics {
    private static final Pattern NUMBERED_THREAD = Pattern.compile("postal-sandbox-worker-(\\d+)");

    private final Counter executions;
    private final Histogram runtime;
    private final Counter errors;
    private final Histogram latency;

    /** The kinds of work that a worker does. */
    enum Job {
        MAIL("ProcessQueuedMessagesJob"), EVENTS("ProcessWebhookRequestsJob");

        private final String label;

        Job(String label) {
            this.label = label;
        }
    }

    public WorkerMetrics(Metrics metrics) {
        executions = metrics.counter("postal_worker_job_executions", "Jobs in which there was something to do", "thread",
                "job");
        runtime = metrics.histogram("postal_worker_job_runtime", "Seconds that jobs took", "thread", "job");
        errors = metrics.counter("postal_worker_errors", "Jobs that failed by a mistake of the worker", "error");
        metrics.histogram("postal_worker_task_runtime", "Seconds that tasks took", "task");
        latency = metrics.histogram("postal_message_queue_latency", "Seconds from queueing to dequeueing a message");
    }

    /** The same scheduler, whose work is counted under this job. */
    Scheduler measuring(Job job, Scheduler scheduler) {
        return new Scheduler() {
            @Override
            public Instant now() {
                return scheduler.now();
            }

            @Override
            public boolean isVirtual() {
                return scheduler.isVirtual();
            }

            @Override
            public Clock clock() {
                return scheduler.clock();
            }

            @Override
            public void after(Duration wait, Runnable work) {
                scheduler.after(wait, () -> measured(job, work));
            }
        };
    }

    /** A message was taken from the queue this long after it came, whichever attempt it is for. */
    void dequeued(Duration sinceItCame) {
        latency.observe(sinceItCame);
    }

    private void measured(Job job, Runnable work) {
        long start = System.nanoTime();
        try {
            work.run();
        } catch (RuntimeException e) {
            errors.increment(e.getClass().getSimpleName());
            throw e;
        }
        String thread = thread();
        runtime.observe(Duration.ofNanos(System.nanoTime() - start), thread, job.label);
        executions.increment(thread, job.label);
    }

    /** Counted from 0; in virtual time there is only one. */
    private static String thread() {
        Matcher numbered = NUMBERED_THREAD.matcher(Thread.currentThread().getName());
        return numbered.matches() ? Integer.toString(Integer.parseInt(numbered.group(1)) - 1) : "0";
    }
}
