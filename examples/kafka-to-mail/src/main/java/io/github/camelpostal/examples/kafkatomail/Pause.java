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
package io.github.camelpostal.examples.kafkatomail;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.camelpostal.api.PostalAccessException;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the consumer while Postal cannot take mail, and asks Postal now and then whether it can.
 *
 * <p>A suspended Kafka consumer goes on polling with its partitions paused, so it stays in its group however long it takes:
 * nothing is rebalanced, and {@code max.poll.interval.ms} does not matter. The time between two questions doubles up to a
 * maximum, and starts from the beginning only when Postal has taken a mail: a Postal that responds to probes and fails at mails
 * is not sent one mail after the other.
 */
final class Pause {

    private static final Logger LOG = LoggerFactory.getLogger(Pause.class);

    private final Waits waits;
    private final Callable<Optional<Exception>> probe;
    private final ScheduledExecutorService clock;
    private int troubles;
    private boolean waiting;
    private Class<?> told;

    /**
     * How long to wait.
     *
     * @param first    before the first question
     * @param most     between two questions at most
     * @param somebody where somebody has to act first, so that asking often helps nobody
     */
    record Waits(Duration first, Duration most, Duration somebody) {

        Duration after(int troubles, Exception why) {
            if (why instanceof PostalAccessException) {
                return somebody;
            }
            Duration doubled = first.multipliedBy(1L << Math.min(troubles - 1, 20));
            return doubled.compareTo(most) < 0 ? doubled : most;
        }
    }

    /** @param probe what is wrong with Postal; empty when it would take a mail */
    Pause(Waits waits, Callable<Optional<Exception>> probe, ScheduledExecutorService clock) {
        this.waits = waits;
        this.probe = probe;
        this.clock = clock;
    }

    /** Nothing is read until Postal responds. What is being worked on is not disturbed. */
    synchronized void hold(ServiceSupport consumer, Exception why) {
        if (consumer.isStoppingOrStopped()) {
            return;
        }
        consumer.suspend();
        if (!waiting) {
            waiting = true;
            waitFor(consumer, why);
        }
    }

    /** Postal has taken a mail, or rejected it permanently. */
    synchronized void over() {
        troubles = 0;
        told = null;
    }

    private void waitFor(ServiceSupport consumer, Exception why) {
        troubles++;
        Duration wait = waits.after(troubles, why);
        tell(why, wait);
        clock.schedule(() -> ask(consumer), wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void ask(ServiceSupport consumer) {
        Optional<Exception> trouble = runProbe();
        synchronized (this) {
            if (trouble.isPresent()) {
                waitFor(consumer, trouble.get());
                return;
            }
            waiting = false;
            LOG.info("Postal responds: going on where we stopped");
            consumer.resume();
        }
    }

    private Optional<Exception> runProbe() {
        try {
            return probe.call();
        } catch (Exception e) {
            return Optional.of(e);
        }
    }

    /** Once for each kind of trouble, not once for each question. */
    private void tell(Exception why, Duration wait) {
        if (why.getClass() == told) {
            LOG.debug("Still paused, asking Postal again in {}: {}", wait, why.getMessage());
        } else if (why instanceof PostalAccessException) {
            LOG.error("Paused until somebody acts, asking Postal again every {}. No mail passes, none is lost: {}", wait,
                    why.getMessage());
        } else {
            LOG.warn("Paused until Postal responds, asking again in {}. Nothing is lost: {}", wait, why.getMessage());
        }
        told = why.getClass();
    }
}
