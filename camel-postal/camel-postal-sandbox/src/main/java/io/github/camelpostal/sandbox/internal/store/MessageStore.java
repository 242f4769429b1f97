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
package io.github.camelpostal.sandbox.internal.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * The messages of one mail server, in memory: gives ids and tokens, keeps the newest state of each message, tells the journal,
 * wakes those who wait for a change. Reading never waits for writing. Knows nothing of why anything changes.
 */
public final class MessageStore {
    private static final Duration HOLD = Duration.ofDays(7);

    private final ConcurrentSkipListMap<Long, Message> messages = new ConcurrentSkipListMap<>();
    private final Map<String, Long> idsByToken = new ConcurrentHashMap<>();
    private final Clock clock;
    private final RandomText texts;
    private final ChangeNotifier changes;
    private final String server;
    private final Journal journal;
    private long lastId;
    private long lastDeliveryId;

    /** Without a journal. */
    public MessageStore(Clock clock, RandomGenerator random, ChangeNotifier changes) {
        this(clock, new RandomText(random), changes, "", Journal.NONE);
    }

    /** @param server what the journal knows this store by; its messages are loaded from there */
    public MessageStore(Clock clock, RandomText texts, ChangeNotifier changes, String server, Journal journal) {
        this.clock = clock;
        this.texts = texts;
        this.changes = changes;
        this.server = server;
        this.journal = journal;
        this.lastId = journal.lastId(server);
        journal.load(server).forEach(this::load);
    }

    private void load(Message message) {
        messages.put(message.id(), message);
        idsByToken.put(message.token(), message.id());
        lastId = Math.max(lastId, message.id());
        message.state().deliveries().forEach(delivery -> lastDeliveryId = Math.max(lastDeliveryId, delivery.id()));
    }

    /** Stores a message and gives it the next id, whichever way it travels. */
    public Message add(Arrival arrival) {
        Message message;
        synchronized (this) {
            long id = ++lastId;
            message = new Message(id, texts.token(), now(), arrival, Message.State.of(arrival));
            messages.put(id, message);
            idsByToken.put(message.token(), id);
            journal.stored(server, message);
        }
        changes.happened();
        return message;
    }

    /** The next message gets an id so much higher, as after inserts that were rolled back. */
    public synchronized void skipIds(int count) {
        lastId += count;
    }

    /** Removes the messages with these ids, as Postal does at the end of their retention; their ids are never given again. */
    public void purge(long firstId, long lastOne) {
        synchronized (this) {
            for (Message message : List.copyOf(messages.subMap(firstId, true, lastOne, true).values())) {
                messages.remove(message.id());
                idsByToken.remove(message.token());
                journal.removed(server, message.id());
            }
        }
        changes.happened();
    }

    /** Appends a delivery row; its status becomes the message's. */
    public MessageDelivery record(long id, Delivery.Attempt attempt) {
        MessageDelivery recorded;
        synchronized (this) {
            Delivery delivery = new Delivery(++lastDeliveryId, now(), attempt);
            Instant holdExpiry = attempt.status() == Status.HELD ? delivery.timestamp().plus(HOLD) : null;
            recorded = new MessageDelivery(change(id, state -> state.with(delivery, holdExpiry)), delivery);
        }
        changes.happened();
        return recorded;
    }

    /** A message just after one of its delivery rows was written. */
    public record MessageDelivery(Message message, Delivery delivery) {
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

    public Optional<Message> find(long id) {
        return Optional.ofNullable(messages.get(id));
    }

    /** The message with this token, letter case included. */
    public Optional<Message> findByToken(String token) {
        return Optional.ofNullable(idsByToken.get(token)).map(messages::get);
    }

    public int size() {
        return messages.size();
    }

    /** Oldest first, a copy. */
    public List<Message> all() {
        return List.copyOf(messages.values());
    }

    /** Oldest first, as they are while the stream is read. */
    public Stream<Message> stream() {
        return messages.values().stream();
    }

    /** Newest first, as they are while the stream is read. */
    public Stream<Message> newestFirst() {
        return messages.descendingMap().values().stream();
    }

    /** A page of what fits, newest first. */
    public Search.Page search(Search search, int offset, int limit) {
        List<Message> page = new ArrayList<>();
        int found = 0;
        for (Message message : messages.descendingMap().values()) {
            if (search.fits(message)) {
                if (found >= offset && page.size() < limit) {
                    page.add(message);
                }
                found++;
            }
        }
        return new Search.Page(page, found);
    }

    private Message change(long id, UnaryOperator<Message.State> change) {
        Message message = messages.get(id);
        if (message == null) {
            throw new IllegalArgumentException("There is no message " + id);
        }
        Message changed = message.with(change.apply(message.state()));
        messages.put(id, changed);
        journal.stored(server, changed);
        return changed;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
