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

import io.github.camelpostal.sandbox.internal.delivery.WebhookFaultPlan;

/**
 * Makes something go wrong between one mail server and its receivers although both work as they should: duplicates, another
 * order, events that never come again. Everything is off at first and may be changed at any time, from any thread.
 *
 * <pre>{@code
 * server.webhookFaults().repeatRequests(1); // everything that is accepted is sent twice
 * }</pre>
 */
public final class WebhookFaults {
    private final WebhookFaultPlan plan;

    WebhookFaults(WebhookFaultPlan plan) {
        this.plan = plan;
    }

    /**
     * From now on every request that is accepted, event or inbound mail, is sent so many times more with the same body, as by a
     * Postal that has missed the response (protocol 4.8). 0 ends it.
     */
    public void repeatRequests(int more) {
        plan.repeatRequests(more);
    }

    /** Events and inbound mail that are due for the first time wait from now on, until they are released. */
    public void holdRequests() {
        plan.holdRequests();
    }

    /** What was held is sent, in the order in which it came. */
    public void releaseRequests() {
        plan.releaseRequests();
    }

    /** What was held is sent, the newest first: Postal promises no order (protocol 4.6, 5.4). */
    public void releaseRequestsNewestFirst() {
        plan.releaseRequestsNewestFirst();
    }

    /** From now on an event is sent once and never again, whatever the response, as if recording that had failed (protocol 5.4). */
    public void freezeEvents(boolean freeze) {
        plan.freezeEvents(freeze);
    }

    /**
     * From now on a sending call gets its response only when the first attempt at its messages is over and its events were sent:
     * events overtake the response (protocol 5.4). After 5 seconds it gets it in any case.
     */
    public void eventsBeforeResponse(boolean first) {
        plan.eventsBeforeResponse(first);
    }
}
