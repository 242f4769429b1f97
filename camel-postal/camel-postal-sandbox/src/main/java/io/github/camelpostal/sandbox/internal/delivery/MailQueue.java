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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.camelpostal.sandbox.Route;
import io.github.camelpostal.sandbox.internal.format.Addresses;
import io.github.camelpostal.sandbox.internal.store.Delivery;
import io.github.camelpostal.sandbox.internal.store.Direction;
import io.github.camelpostal.sandbox.internal.store.MailServer;
import io.github.camelpostal.sandbox.internal.store.Message;
import io.github.camelpostal.sandbox.internal.store.MessageStore;
import io.github.camelpostal.sandbox.internal.store.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue of one mail server, for both directions: has each message attempted, together with what else is due for the same
 * place, and tries again by Postal's clock (protocol 4.6, 4.7). Nothing happens on the caller's thread: a send gets its response
 * before its outcome exists.
 */
final class MailQueue {
    private static final Logger LOG = LoggerFactory.getLogger(MailQueue.class);
    private static final int MOST_BESIDE_THE_FIRST = 100;

    private final MailServer server;
    private final MessageStore store;
    private final Scheduler scheduler;
    private final Worker worker;
    private final WebhookSender webhookSender;
    private final WorkerMetrics metrics;
    /** By the place where the mail goes, so that a batch is found without a look at the rest. */
    private final Map<String, Map<Long, Entry>> waiting = new HashMap<>();
    private final Map<Long, Entry> byId = new HashMap<>();

    /** @param attempt counted from 1: the one that it waits for */
    private record Entry(long id, String place, int attempt, boolean manual, Instant due) {
    }

    MailQueue(MailServer server, MessageStore store, Scheduler scheduler, Worker worker, WebhookSender webhookSender,
            WorkerMetrics metrics) {
        this.server = server;
        this.store = store;
        this.scheduler = scheduler;
        this.worker = worker;
        this.webhookSender = webhookSender;
        this.metrics = metrics;
    }

    /** Queues a stored message for its first attempt. */
    void add(Message message) {
        add(message, 1, false, Duration.ZERO);
    }

    /** Queues it for this attempt, after this wait; replaces what the queue has of it. */
    void add(Message message, int attempt, boolean manual, Duration wait) {
        Entry entry = new Entry(message.id(), place(message), attempt, manual, scheduler.now().plus(wait));
        Runnable start = () -> {
            put(entry);
            scheduler.after(wait, () -> work(entry));
        };
        boolean posted = message.direction() == Direction.INCOMING && message.arrival().bounceForId() == 0;
        if (posted && attempt == 1) {
            webhookSender.begin(start);
        } else {
            start.run();
        }
    }

    /** Queues a message that was waiting for another attempt when the process before this one ended. */
    void resume(Message message) {
        List<Delivery> rows = message.state().deliveries();
        int failed = 0;
        while (failed < rows.size() && isFailure(rows.get(rows.size() - 1 - failed).attempt().status())) {
            failed++;
        }
        Instant due = rows.get(rows.size() - 1).timestamp().plus(RetrySchedule.afterMailAttempt(failed));
        Duration wait = Duration.between(scheduler.now(), due);
        add(message, failed + 1, false, wait.isNegative() ? Duration.ZERO : wait);
    }

    private static boolean isFailure(Status status) {
        return status == Status.SOFT_FAIL || status == Status.ERROR;
    }

    /** Has a waiting message attempted at once. Returns false when it is not waiting. */
    boolean hurry(Message message) {
        Entry late;
        synchronized (this) {
            late = byId.get(message.id());
        }
        if (late == null) {
            return false;
        }
        add(message, late.attempt(), late.manual(), Duration.ZERO);
        return true;
    }

    /** When the next attempt is due; empty when none is planned. */
    synchronized Optional<Instant> due(long id) {
        return Optional.ofNullable(byId.get(id)).map(Entry::due);
    }

    private synchronized void put(Entry entry) {
        Entry replaced = byId.put(entry.id(), entry);
        if (replaced != null) {
            forget(replaced);
        }
        waiting.computeIfAbsent(entry.place(), any -> new LinkedHashMap<>()).put(entry.id(), entry);
    }

    private void forget(Entry entry) {
        waiting.computeIfPresent(entry.place(), (place, there) -> {
            there.remove(entry.id());
            return there.isEmpty() ? null : there;
        });
    }

    private void work(Entry first) {
        store.find(first.id()).ifPresent(message -> metrics.dequeued(Duration.between(message.timestamp(), scheduler.now())));
        DeliveryBatch batch = new DeliveryBatch();
        take(first).forEach(entry -> attempt(entry, batch));
    }

    /** The message and up to 100 more that are due for the same place; none when another worker has it already. */
    private synchronized List<Entry> take(Entry first) {
        if (byId.get(first.id()) != first) {
            return List.of();
        }
        Instant now = scheduler.now();
        List<Entry> taken = new ArrayList<>(List.of(first));
        waiting.getOrDefault(first.place(), Map.of()).values().stream()
                .filter(other -> other != first && !other.due().isAfter(now))
                .limit(MOST_BESIDE_THE_FIRST).forEach(taken::add);
        taken.forEach(entry -> byId.remove(entry.id()));
        taken.forEach(this::forget);
        return taken;
    }

    private void attempt(Entry entry, DeliveryBatch batch) {
        Optional<Message> stored = store.find(entry.id());
        if (stored.isEmpty()) {
            return; // purged meanwhile
        }
        Message message = stored.get();
        AttemptResult next = worker.attempt(new DeliveryTask(message, entry.attempt(), entry.manual(), batch));
        LOG.debug("Message {}: attempt {}: {}", entry.id(), entry.attempt(), next);
        if (next instanceof AttemptResult.Retry retry) {
            repeat(entry, retry.after() == null ? RetrySchedule.afterMailAttempt(entry.attempt()) : retry.after());
        }
    }

    /** Plans the next attempt, unless somebody asked for one while this one was under way. */
    private void repeat(Entry failed, Duration wait) {
        Entry next = new Entry(failed.id(), failed.place(), failed.attempt() + 1, failed.manual(), scheduler.now().plus(wait));
        if (putUnlessWaiting(next)) {
            scheduler.after(wait, () -> work(next));
        }
    }

    private synchronized boolean putUnlessWaiting(Entry entry) {
        if (byId.containsKey(entry.id())) {
            return false;
        }
        put(entry);
        return true;
    }

    /** What Postal batches by: the domain, or the endpoint of the route. */
    private String place(Message message) {
        if (message.direction() == Direction.OUTGOING) {
            String rcptTo = message.arrival().rcptTo();
            return "out/" + (rcptTo == null ? "" : Addresses.domain(rcptTo));
        }
        String route = server.routeFor(message.arrival().recipient()).map(Route::pattern).orElse("");
        return "in/" + route + "/" + message.arrival().endpoint();
    }
}
