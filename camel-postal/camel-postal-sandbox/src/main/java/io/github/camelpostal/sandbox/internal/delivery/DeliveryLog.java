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

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import io.github.camelpostal.sandbox.internal.store.Delivery;
import io.github.camelpostal.sandbox.internal.store.Message;
import io.github.camelpostal.sandbox.internal.store.MessageStore;
import io.github.camelpostal.sandbox.internal.store.Status;
import io.github.camelpostal.sandbox.internal.webhook.Event;

/**
 * Writes delivery rows, and has each one told to the webhooks: in Postal, no row without its event (protocol 2.11). Ends a hold
 * that nobody has ended in time.
 */
final class DeliveryLog {
    private final MessageStore store;
    private final EventSender events;
    private final Scheduler scheduler;

    DeliveryLog(MessageStore store, EventSender events, Scheduler scheduler) {
        this.store = store;
        this.events = events;
        this.scheduler = scheduler;
    }

    Message write(Message message, Delivery.Attempt attempt) {
        MessageStore.MessageDelivery recorded = store.record(message.id(), attempt);
        if (attempt.status() == Status.HELD) {
            expire(recorded.message());
        }
        Event.ofDelivery(recorded.message(), recorded.delivery()).ifPresent(events::fire);
        return recorded.message();
    }

    /** A decision without a transmission, after which the message leaves the queue. */
    AttemptResult decided(Message message, Status status, String details) {
        write(message, Delivery.Attempt.decided(status, details));
        return AttemptResult.DONE;
    }

    /** Ends this hold when its time is over, unless it is over before. */
    void expire(Message held) {
        Instant end = Objects.requireNonNull(held.state().holdExpiry(), "holdExpiry");
        Duration left = Duration.between(scheduler.now(), end);
        scheduler.after(left.isNegative() ? Duration.ZERO : left, () -> {
            store.find(held.id()).filter(now -> now.status() == Status.HELD
                    && end.equals(now.state().holdExpiry())).ifPresent(this::cancelHold);
        });
    }

    /** No event tells of it (protocol 2.11). */
    Message cancelHold(Message held) {
        return write(held, Delivery.Attempt.decided(Status.HOLD_CANCELLED, "The hold was ended without an action."));
    }
}
