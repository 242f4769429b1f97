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

import io.github.camelpostal.sandbox.internal.delivery.ApiFaultPlan;
import io.github.camelpostal.sandbox.internal.delivery.ApiFaultPlan.Fault;
import org.jspecify.annotations.Nullable;

/**
 * Makes requests to the sandbox fail, to see what a client does then.
 *
 * <pre>{@code
 * sandbox.apiFaults().respond(503);                                 // every call, until clear()
 * sandbox.apiFaults().on("send/message").next(1).loseResponse();    // stored and queued, but the client never learns it
 * sandbox.apiFaults().on("send/message").next(2).delay(Duration.ofSeconds(3));
 * sandbox.apiFaults().clear();
 * }</pre>
 *
 * <p>Without {@link #on} a fault hits the four calls of the API, without {@link #next} it stays until {@link #clear()}. Several
 * faults may hit one request: a delay before a 503, for example. May be used from any thread.
 */
public final class ApiFaults {
    private final ApiFaultPlan plan;
    private final @Nullable String path;
    private final int requests;

    ApiFaults(ApiFaultPlan plan) {
        this(plan, null, ApiFaultPlan.UNTIL_CLEARED);
    }

    private ApiFaults(ApiFaultPlan plan, @Nullable String path, int requests) {
        this.plan = plan;
        this.path = path;
        this.requests = requests;
    }

    /**
     * Faults of one call only, or of one path.
     *
     * @param callOrPath {@code send/message}, {@code send/raw}, {@code messages/message}, {@code messages/deliveries}, or a path
     *                   such as {@code /.well-known/jwks.json}
     */
    public ApiFaults on(String callOrPath) {
        return new ApiFaults(plan, callOrPath, requests);
    }

    /** Faults of only so many requests, counted from now. */
    public ApiFaults next(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("At least one request must be hit");
        }
        return new ApiFaults(plan, path, count);
    }

    /** The request waits this long, in real time, before anything is done. */
    public void delay(Duration time) {
        add(new Fault.Delay(time));
    }

    /** The connection ends without a response, before anything is done. */
    public void resetConnection() {
        add(new Fault.Reset());
    }

    /** A proxy in front gives this status, such as 502 or 503; Postal never sees the request. */
    public void respond(int status) {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("A fault has a status from 400 to 599, not " + status);
        }
        add(new Fault.Status(status));
    }

    /** A send stores and queues so many messages and then crashes: HTTP 500, though something was sent (protocol 2.7). */
    public void failAfterRecipients(int recipients) {
        add(new Fault.Break(recipients));
    }

    /** Everything is done at once, and events are sent, but the response comes so much later, in real time. */
    public void delayResponse(Duration time) {
        add(new Fault.LateResponse(time));
    }

    /** Everything is done, and the connection ends without a response. */
    public void loseResponse() {
        add(new Fault.LostResponse());
    }

    /**
     * A send stores and queues the messages of so many recipients, and the connection ends without a response: the web process
     * died in the middle. 0 is before the first, {@link #loseResponse()} after the last.
     */
    public void loseResponseAfterRecipients(int recipients) {
        add(new Fault.LostAfter(recipients));
    }

    /**
     * The connection ends as soon as the request has arrived, and so much later, in the sandbox's time, everything is done as if
     * the client were still there: what a client takes for lost commits afterwards.
     */
    public void commitAfterDisconnect(Duration delay) {
        add(new Fault.LateCommit(delay));
    }

    /** From now on nothing goes wrong any more, on no path. */
    public void clear() {
        plan.clear();
    }

    private void add(Fault fault) {
        plan.add(path, fault, requests);
    }
}
