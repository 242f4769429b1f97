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
package io.github.camelpostal.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of outgoing mail when Postal would have handed it to the next mail server.
 *
 * <pre>{@code
 * Outcome.softFail("451 4.3.0 Try later").times(2).then(Outcome.delivered())
 * }</pre>
 */
public final class Outcome {
    private final List<Step> steps;

    private Outcome(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    /** What happens at one attempt. */
    public enum Kind {
        DELIVERED, SOFT_FAIL, HARD_FAIL, HELD, BOUNCED, CONNECTION_DROPPED, UNREACHABLE
    }

    /**
     * What happens at one attempt.
     *
     * @param reply what the other mail server says; null when that says nothing
     * @param after how long until the bounce comes back
     */
    public record Step(Kind kind, @Nullable String reply, Duration after) {
    }

    /** {@code Sent}. */
    public static Outcome delivered() {
        return of(Kind.DELIVERED, null);
    }

    /** {@code SoftFail} at every attempt, until Postal gives up. */
    public static Outcome softFail() {
        return softFail("451 4.3.0 Try again later");
    }

    /**
     * {@code SoftFail} at every attempt.
     *
     * @param reply what the other mail server says, such as {@code 451 4.3.0 Try later}. Where it speaks of a number of seconds
     *              or minutes, the next attempt is made 10 seconds after that (protocol 2.14)
     */
    public static Outcome softFail(String reply) {
        return of(Kind.SOFT_FAIL, reply);
    }

    /** {@code SoftFail} so many times, and then {@code Sent}. */
    public static Outcome softFail(String reply, int times) {
        return softFail(reply).times(times).then(delivered());
    }

    /** {@code HardFail}: the mailbox does not exist. */
    public static Outcome hardFail() {
        return hardFail("550 5.1.1 No such mailbox here");
    }

    /** {@code HardFail} with this reply of the other mail server, whether it came after RCPT or after DATA. */
    public static Outcome hardFail(String reply) {
        return of(Kind.HARD_FAIL, reply);
    }

    /** {@code Held}, without a reason of Postal's. */
    public static Outcome held() {
        return of(Kind.HELD, null);
    }

    /** {@code Sent}, and a bounce comes back at once. */
    public static Outcome bounced() {
        return bounced(Duration.ZERO);
    }

    /** {@code Sent}, and a bounce comes back when the time is over. */
    public static Outcome bounced(Duration after) {
        return new Outcome(List.of(new Step(Kind.BOUNCED, null, after)));
    }

    /** {@code SoftFail}: the other mail server closes the connection without a word. */
    public static Outcome connectionDropped() {
        return of(Kind.CONNECTION_DROPPED, null);
    }

    /**
     * {@code SoftFail}: no mail server of the domain can be reached. All other mail for the domain in the same batch gets the
     * same result without an attempt (protocol 2.14).
     */
    public static Outcome unreachable() {
        return of(Kind.UNREACHABLE, null);
    }

    /** The same at so many attempts; {@link #then} says what comes after, without it this goes on. */
    public Outcome times(int times) {
        if (times < 1) {
            throw new IllegalArgumentException("An outcome happens at least once, not " + times + " times");
        }
        return new Outcome(Collections.nCopies(times, steps).stream().flatMap(List::stream).toList());
    }

    /** What comes at the attempts after these. */
    public Outcome then(Outcome next) {
        List<Step> longer = new ArrayList<>(steps);
        longer.addAll(next.steps);
        return new Outcome(longer);
    }

    /** What happens at this attempt, counted from 1; the last step goes on. */
    public Step at(int attempt) {
        return steps.get(Math.min(attempt, steps.size()) - 1);
    }

    private static Outcome of(Kind kind, @Nullable String reply) {
        return new Outcome(List.of(new Step(kind, reply, Duration.ZERO)));
    }
}
