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
package io.github.camelpostal.sandbox.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * The messages of one mail server, in memory: gives ids and tokens, keeps the newest state of each message, wakes those who
 * wait for a change. Knows nothing of why anything changes.
 */
public final class MessageStore {
    private static final Duration HOLD = Duration.ofDays(7);

    private final TreeMap<Long, Message> messages = new TreeMap<>();
    private final Clock clock;
    private final RandomText texts;
    private final Changes changes;
    private long lastDeliveryId;

    public MessageStore(Clock clock, RandomGenerator random, Changes changes) {
        this.clock = clock;
        this.texts = new RandomText(random);
        this.changes = changes;
    }

    /** Stores a message and gives it the next id, whichever way it travels. */
    public Message add(Arrival arrival) {
        Message message;
        synchronized (this) {
            long id = messages.isEmpty() ? 1 : messages.lastKey() + 1;
            Message.State state = new Message.State(arrival.raw(), arrival.tag(), false, List.of(), null, List.of());
            message = new Message(id, texts.token(), now(), arrival, state);
            messages.put(id, message);
        }
        changes.happened();
        return message;
    }

    /** Appends a delivery row; its status becomes the message's. */
    public Recorded record(long id, Delivery.Attempt attempt) {
        Recorded recorded;
        synchronized (this) {
            Delivery delivery = new Delivery(++lastDeliveryId, now(), attempt);
            Instant holdExpiry = attempt.status() == Status.HELD ? delivery.timestamp().plus(HOLD) : null;
            recorded = new Recorded(change(id, state -> state.with(delivery, holdExpiry)), delivery);
        }
        changes.happened();
        return recorded;
    }

    /** A message just after one of its delivery rows was written. */
    public record Recorded(Message message, Delivery delivery) {
    }

    /** Remembers a click or a load. */
    public Message record(long id, Message.Visit visit) {
        return update(id, state -> state.with(visit));
    }

    /** Replaces the state of a message. */
    public Message update(long id, UnaryOperator<Message.State> change) {
        Message message;
        synchronized (this) {
            message = change(id, change);
        }
        changes.happened();
        return message;
    }

    public synchronized Optional<Message> find(long id) {
        return Optional.ofNullable(messages.get(id));
    }

    /** Oldest first. */
    public synchronized List<Message> all() {
        return List.copyOf(messages.values());
    }

    private Message change(long id, UnaryOperator<Message.State> change) {
        Message message = messages.get(id);
        if (message == null) {
            throw new IllegalArgumentException("There is no message " + id);
        }
        Message changed = message.with(change.apply(message.state()));
        messages.put(id, changed);
        return changed;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
