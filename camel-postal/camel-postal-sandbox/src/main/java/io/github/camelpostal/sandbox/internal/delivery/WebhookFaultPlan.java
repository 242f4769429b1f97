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

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What can go wrong between Postal and a receiver although both work as they should, on demand. Everything is off at first and
 * may be changed at any time.
 */
public final class WebhookFaultPlan {
    private final Deque<Runnable> heldBack = new ArrayDeque<>();
    private boolean holdingBack;
    private volatile int duplicates;
    private volatile boolean freezing;
    private volatile boolean tellingFirst;

    /**
     * From now on every request that is accepted, event or inbound mail, is sent so many times more with the same body, as by a
     * Postal that has missed the response (protocol 4.8). 0 ends it.
     */
    public void repeatRequests(int more) {
        duplicates = more;
    }

    /** Events and inbound mail that are due for the first time wait from now on, until they are released. */
    public synchronized void holdRequests() {
        holdingBack = true;
    }

    /** What was held is sent, in the order in which it came. */
    public void releaseRequests() {
        letGo(false);
    }

    /** What was held is sent, the newest first: Postal promises no order (protocol 4.6, 5.4). */
    public void releaseRequestsNewestFirst() {
        letGo(true);
    }

    /** From now on an event is sent once and never again, whatever the response, as if recording that had failed (protocol 5.4). */
    public void freezeEvents(boolean freeze) {
        freezing = freeze;
    }

    /**
     * From now on a sending call gets its response only when the first attempt at its messages is over and its events were sent:
     * events overtake the response (protocol 5.4). After 5 seconds it gets it in any case.
     */
    public void eventsBeforeResponse(boolean first) {
        tellingFirst = first;
    }

    /** Ends everything; what was held is sent. */
    public void clear() {
        repeatRequests(0);
        freezeEvents(false);
        eventsBeforeResponse(false);
        releaseRequests();
    }

    public boolean putsEventsBeforeResponse() {
        return tellingFirst;
    }

    boolean freezesEvents() {
        return freezing;
    }

    int duplicates() {
        return duplicates;
    }

    /** Starts the work now, or when requests are released. */
    void pass(Runnable start) {
        synchronized (this) {
            if (holdingBack) {
                heldBack.addLast(start);
                return;
            }
        }
        start.run();
    }

    private void letGo(boolean newestFirst) {
        Deque<Runnable> waiting;
        synchronized (this) {
            holdingBack = false;
            waiting = new ArrayDeque<>(heldBack);
            heldBack.clear();
        }
        while (!waiting.isEmpty()) {
            (newestFirst ? waiting.removeLast() : waiting.removeFirst()).run();
        }
    }
}
