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
package io.github.camelpostal.sandbox.delivery;

import io.github.camelpostal.sandbox.outbound.Event;
import io.github.camelpostal.sandbox.store.Delivery;
import io.github.camelpostal.sandbox.store.Message;
import io.github.camelpostal.sandbox.store.MessageStore;

/** Writes delivery rows, and has each one told to the webhooks: in Postal, no row without its event (contract 2.11). */
final class History {
    private final MessageStore store;
    private final Events events;

    History(MessageStore store, Events events) {
        this.store = store;
        this.events = events;
    }

    Message write(Message message, Delivery.Attempt attempt) {
        MessageStore.Recorded recorded = store.record(message.id(), attempt);
        Event.ofDelivery(recorded.message(), recorded.delivery()).ifPresent(events::fire);
        return recorded.message();
    }
}
