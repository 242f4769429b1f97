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
package io.github.camelpostal.internal.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;

import io.github.camelpostal.internal.ledger.RawSubmission.Outcome;
import io.github.camelpostal.ledger.StoredCopy;

/** One mail server of Postal in virtual time, with everything that goes wrong between it and a client. */
final class SimulatedPostal implements MessageRows {

    /** Who really submitted a row: what no client can see. */
    record Origin(String key, String recipient) {
    }

    /** Told of everything that is stored. */
    interface Events {
        void stored(MessageRow row);
    }

    final Interleaving world;
    final Map<Long, Origin> everStored = new TreeMap<>();
    final Map<Long, String> everTokens = new TreeMap<>();
    final Map<Origin, Integer> copies = new LinkedHashMap<>();
    final TreeMap<Long, MessageRow> rows = new TreeMap<>();
    final Set<Origin> doubled = new HashSet<>();
    Events events = row -> {
    };
    boolean faults = true;
    boolean readable = true;
    Duration clockAhead = Duration.ZERO;
    Duration latest = Duration.ofSeconds(20);
    double doubleInserts;
    private long nextId = 1;

    SimulatedPostal(Interleaving world) {
        this.world = world;
    }

    // ---- what clients do -----------------------------------------------------------------------------------------------

    @Override
    public Optional<MessageRow> read(long id, Duration atMost) {
        world.sleep(world.upTo(Duration.ofMillis(60)));
        if (!readable || faults && world.chance(0.01)) {
            throw new RowsUnavailableException(new TimeoutException());
        }
        return Optional.ofNullable(rows.get(id));
    }

    /** One call; the client waits up to five seconds. */
    Outcome submit(String key, List<String> recipients, String messageId) {
        if (!faults) {
            return whole(key, recipients, messageId, Duration.ZERO);
        }
        return switch (world.random.nextInt(9)) {
            case 0 -> new Outcome.NotTaken(new IllegalStateException("refused"));
            case 1 -> {
                world.sleep(world.upTo(Duration.ofSeconds(1)));
                yield new Outcome.NotTaken(new IllegalStateException("no connection"));
            }
            case 2 -> {
                world.sleep(world.upTo(Duration.ofSeconds(5)));
                yield unclear();
            }
            case 3 -> {
                // stored, at some time, and the client does not wait
                serve(key, recipients, messageId, recipients.size(), world.upTo(latest));
                world.sleep(world.upTo(Duration.ofSeconds(5)));
                yield unclear();
            }
            case 4 -> {
                serve(key, recipients, messageId, world.random.nextInt(recipients.size() + 1), Duration.ZERO);
                world.sleep(world.upTo(Duration.ofSeconds(5)));
                yield unclear();
            }
            case 5 -> {
                whole(key, recipients, messageId, Duration.ZERO);
                yield unclear();
            }
            default -> whole(key, recipients, messageId, world.upTo(Duration.ofMillis(100)));
        };
    }

    private static Outcome unclear() {
        return new Outcome.Unclear(new TimeoutException());
    }

    private Outcome whole(String key, List<String> recipients, String messageId, Duration delay) {
        Map<String, StoredCopy> stored = serve(key, recipients, messageId, recipients.size(), delay);
        for (int i = 0; i < 50 && stored.size() < recipients.size(); i++) {
            world.sleep(Duration.ofMillis(100));
        }
        return stored.size() < recipients.size() ? unclear() : new Outcome.Taken(stored);
    }

    // ---- what Postal does: goes on when the client is gone ---------------------------------------------------------------

    private Map<String, StoredCopy> serve(String key, List<String> recipients, String messageId, int number, Duration delay) {
        Map<String, StoredCopy> stored = new LinkedHashMap<>();
        world.spawn("postal", () -> {
            world.sleep(delay);
            for (String recipient : recipients.subList(0, number)) {
                world.sleep(world.upTo(Duration.ofMillis(30)));
                others(messageId, recipient);
                MessageRow row = insert(key, recipient, messageId);
                stored.put(recipient, new StoredCopy(row.id(), row.token()));
                if (world.chance(doubleInserts)) {
                    doubled.add(new Origin(key, recipient));
                    insert(key, recipient, messageId);
                }
            }
        });
        return stored;
    }

    private void others(String messageId, String recipient) {
        while (faults && world.chance(0.3)) {
            if (world.chance(0.3)) {
                // a copy that comes back to an address routed here
                put("", recipient, messageId, false);
            } else {
                foreign();
            }
        }
    }

    /** A mail of somebody else. */
    MessageRow foreign() {
        return put("", "someone@else.test", "x" + world.random.nextLong() + "@else.test", world.chance(0.7));
    }

    /** A mail of somebody else, to this recipient and with this Message-ID. */
    MessageRow foreign(String messageId, String recipient) {
        return put("", recipient, messageId, true);
    }

    private MessageRow insert(String key, String recipient, String messageId) {
        copies.merge(new Origin(key, recipient), 1, Integer::sum);
        return put(key, recipient, messageId, true);
    }

    private MessageRow put(String key, String recipient, String messageId, boolean outgoing) {
        nextId += faults && world.chance(0.15) ? world.random.nextInt(6) : 0;
        long id = nextId++;
        String token = "t" + Long.toString(world.random.nextLong() >>> 1, 36);
        MessageRow row = new MessageRow(id, token, outgoing, recipient, messageId, world.now().plus(clockAhead),
                world.chance(0.3));
        rows.put(id, row);
        everStored.put(id, new Origin(key, recipient));
        everTokens.put(id, token);
        events.stored(row);
        return row;
    }

    // ---- what administrators do ----------------------------------------------------------------------------------------

    /** Retention: everything is gone but what is stored from now on. */
    void purge() {
        rows.clear();
        foreign();
    }

    /** A backup from some mails ago is restored: ids are given away again. */
    void restore() {
        List<Long> ids = new ArrayList<>(rows.keySet());
        ids.subList(ids.size() / 2, ids.size()).forEach(rows::remove);
        nextId = rows.isEmpty() ? 1 : rows.lastKey() + 1;
    }
}
