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

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.camelpostal.internal.ledger.RawSubmission.Outcome;
import io.github.camelpostal.internal.ledger.SendOnceRequest.Addressees;
import io.github.camelpostal.internal.ledger.SimulatedPostal.Origin;
import io.github.camelpostal.ledger.LedgerRow.State;

/**
 * One run: two nodes with two workers each repeat a few keys over and over, while everything goes wrong that a seed chooses; then
 * everything works again, and each key is repeated until it is settled. Every promise is checked where it could be broken.
 */
final class SendOnceScenario {

    /** What goes wrong besides the ordinary. */
    enum Kind {
        /** Lost responses, late commits within the margin, crashes, ledger away: nothing may be sent twice. */
        ORDINARY,
        /** Nothing is known of Postal's ids at first. */
        COLD_START,
        /** Two keys have the same Message-ID, chosen by the application, and the same recipients. */
        OWN_MESSAGE_ID,
        /** Requests are stored later than anybody waits. */
        VERY_LATE,
        /** Rows vanish by retention. */
        PURGED,
        /** Postal's database is restored: ids are given away again. */
        RESTORED,
        /** {@code resendAfter} is 0. */
        NEVER_AGAIN,
        /** Postal stores a recipient twice. */
        DOUBLE_INSERT
    }

    static final String SERVER = "main";
    private static final Duration CHAOS = Duration.ofMinutes(4);

    private record Call(String node, Instant[] end) {
    }

    private final Kind kind;
    private final Interleaving world;
    private final SimulatedPostal postal;
    private final FaultyLedger ledger;
    private final SendOnceSettings settings;
    private final SendOnceCounters counters = new SendOnceCounters();
    private final Map<String, List<String>> keys = new LinkedHashMap<>();
    private final Map<Origin, List<Call>> calls = new HashMap<>();
    private final Map<String, Node> nodes = new HashMap<>();
    private final List<MessageRow> usedBefore = new ArrayList<>();
    private final boolean eventsArrive;
    private boolean chaos = true;

    /** What a process has in memory. */
    private final class Node {
        final MarkKeeper marks;
        final SendOnce sendOnce;
        final EventSettlement events;

        Node() {
            Clock clock = world.clock(Duration.ofMillis(world.random.nextInt(60_000) - 30_000));
            marks = new MarkKeeper(SERVER, ledger, settings, clock, counters);
            sendOnce = new SendOnce(SERVER, ledger, postal, settings, marks, clock, world::sleep, new RandomIds(world.random),
                    counters);
            events = new EventSettlement(SERVER, ledger, marks, counters);
        }
    }

    SendOnceScenario(long seed, Kind kind) {
        this.kind = kind;
        this.world = new Interleaving(seed);
        this.postal = new SimulatedPostal(world);
        this.ledger = new FaultyLedger(world);
        Duration resendAfter = kind == Kind.NEVER_AGAIN ? Duration.ZERO : Duration.ofSeconds(30);
        this.settings = new SendOnceSettings(resendAfter, Duration.ofSeconds(10), Duration.ofDays(7), Duration.ofSeconds(5),
                20, 200, Duration.ofSeconds(30), 20, Duration.ofSeconds(29), Duration.ofSeconds(3))
                .checked(Duration.ofSeconds(1), Duration.ofSeconds(5));
        this.eventsArrive = world.chance(0.5);
        int number = 1 + world.random.nextInt(3);
        for (int i = 0; i < number; i++) {
            List<String> recipients = new ArrayList<>(List.of("a@x.test", "b@x.test", "c@x.test", "D@x.test")
                    .subList(0, 1 + world.random.nextInt(4)));
            keys.put("key-" + i, recipients);
        }
        if (kind == Kind.OWN_MESSAGE_ID) {
            keys.put("key-twin", keys.get("key-0"));
        }
    }

    SendOnceCounters run() {
        try {
            prepare();
            for (String node : List.of("one", "two")) {
                start(node);
            }
            disturb();
            world.runUntil(world.now().plus(CHAOS));
            calm();
            settleEverything();
            checkWhatIsStored();
            return counters;
        } finally {
            world.killAll();
        }
    }

    private void prepare() {
        postal.latest = kind == Kind.VERY_LATE ? Duration.ofSeconds(150) : Duration.ofSeconds(20);
        postal.doubleInserts = kind == Kind.DOUBLE_INSERT ? 0.2 : 0;
        postal.clockAhead = Duration.ofSeconds(world.random.nextInt(9) - 4);
        world.stallProbability = List.of(0.0, 0.003, 0.02).get(world.random.nextInt(3));
        for (int i = 0; i < 30; i++) {
            postal.foreign();
            world.runUntil(world.now().plusSeconds(5));
        }
        if (kind == Kind.OWN_MESSAGE_ID) {
            usedBefore.add(postal.foreign("own@x.test", "a@x.test"));
        }
        if (kind != Kind.COLD_START) {
            new Node().marks.learn(postal.rows.lastKey(), postal.rows.lastEntry().getValue().token(), world.now());
        }
        ledger.faults = world.chance(0.5) ? 0.02 : 0;
        postal.events = this::event;
    }

    private void event(MessageRow row) {
        // events of a mail that had this Message-ID before any key did come late, too
        usedBefore.forEach(old -> world.spawn("events", () -> nodes.get("one").events.event(old.id(), old.token(), true,
                old.messageId(), old.rcptTo())));
        if (eventsArrive && world.chance(0.5)) {
            world.spawn("events", () -> {
                world.sleep(world.upTo(world.chance(0.5) ? Duration.ofMillis(50) : Duration.ofSeconds(90)));
                Node node = nodes.get(world.chance(0.5) ? "one" : "two");
                node.events.event(row.id(), row.token(), row.outgoing(), row.messageId(), row.rcptTo());
            });
        }
    }

    private void start(String name) {
        nodes.put(name, new Node());
        for (int worker = 0; worker < 2; worker++) {
            world.spawn(name, () -> {
                Node node = nodes.get(name);
                while (chaos) {
                    world.sleep(world.upTo(Duration.ofSeconds(15)));
                    List<String> all = List.copyOf(keys.keySet());
                    String key = all.get(world.random.nextInt(all.size()));
                    // an accepted key is repeated too, but that is soon dull
                    boolean dull = ledger.store.get(key).filter(row -> row.state() == State.ACCEPTED).isPresent();
                    if (!dull || world.chance(0.05)) {
                        send(node, key);
                    }
                }
            });
        }
        world.spawn(name, () -> {
            Node node = nodes.get(name);
            while (chaos) {
                world.sleep(Duration.ofSeconds(1 + world.random.nextInt(5)));
                node.sendOnce.continueInBackground();
            }
        });
    }

    private void disturb() {
        world.spawn("chaos", () -> {
            while (chaos) {
                world.sleep(world.upTo(Duration.ofSeconds(20)));
                switch (world.random.nextInt(6)) {
                    case 0, 1 -> crash(world.chance(0.5) ? "one" : "two");
                    case 2 -> {
                        ledger.away = true;
                        world.sleep(world.upTo(Duration.ofSeconds(20)));
                        ledger.away = false;
                    }
                    case 3 -> postal.readable = !postal.readable;
                    default -> postal.foreign();
                }
            }
        });
        world.spawn("admin", () -> {
            world.sleep(world.upTo(CHAOS));
            if (kind == Kind.PURGED) {
                postal.purge();
            } else if (kind == Kind.RESTORED) {
                postal.restore();
            }
        });
    }

    private void crash(String node) {
        world.kill(node);
        calls.values().forEach(made -> made.stream().filter(call -> call.end[0] == null && call.node.equals(node))
                .forEach(call -> call.end[0] = world.now()));
        nodes.put(node, new Node());
        world.sleep(world.upTo(Duration.ofSeconds(10)));
        start(node);
    }

    private void calm() {
        chaos = false;
        world.stallProbability = 0;
        ledger.away = false;
        ledger.faults = 0;
        postal.readable = true;
        postal.faults = false;
        // whatever goes on goes on to its end
        world.runUntil(Instant.MAX);
        // the last disturbance may have come meanwhile
        postal.readable = true;
        // a mark exists, also after a cold start
        MessageRow row = postal.foreign();
        nodes.get("one").events.event(row.id(), row.token(), true, row.messageId(), row.rcptTo());
    }

    private void settleEverything() {
        for (String key : keys.keySet()) {
            boolean[] settled = {false};
            world.spawn("end", () -> {
                for (int i = 0; i < 100 && !settled[0]; i++) {
                    settled[0] = send(nodes.get("one"), key) instanceof SendOnceResult.Sent;
                    world.sleep(Duration.ofSeconds(10));
                }
            });
            world.runUntil(Instant.MAX);
            if (kind != Kind.OWN_MESSAGE_ID && kind != Kind.PURGED && kind != Kind.RESTORED && kind != Kind.NEVER_AGAIN) {
                assertThat(settled[0])
                        .as("settled in the end: %s, %s, %s", key, ledger.store.get(key), ledger.store.mark(SERVER)).isTrue();
            }
        }
    }

    // ---- one exchange, and what must hold for it -----------------------------------------------------------------------

    private SendOnceResult send(Node node, String key) {
        boolean own = kind == Kind.OWN_MESSAGE_ID;
        RandomIds ids = new RandomIds(world.random);
        boolean[] called = {false};
        SendOnceRequest request = new SendOnceRequest("1:" + key, own, () -> own ? "own@x.test" : ids.messageId("x.test"),
                () -> new Addressees(keys.get(key), List.of()));
        SendOnceResult result = node.sendOnce.send(key, request, (row, recipients) -> {
            assertThat(called[0]).as("one call an exchange").isFalse();
            called[0] = true;
            return submit(key, recipients, row.messageId());
        });
        if (result instanceof SendOnceResult.Sent sent) {
            assertThat(sent.copies().keySet()).containsExactlyInAnyOrderElementsOf(keys.get(key));
            assertThat(sent.duplicate()).isEqualTo(!called[0]);
            checkAccepted(key, sent.copies().keySet());
            sent.copies().forEach((recipient, copy) -> {
                if (kind != Kind.RESTORED) {
                    assertThat(postal.everStored.get(copy.id())).isEqualTo(new Origin(key, recipient));
                    assertThat(postal.everTokens.get(copy.id())).isEqualTo(copy.token());
                }
            });
        } else if (result instanceof SendOnceResult.Uncertain uncertain) {
            checkAccepted(key, uncertain.accepted());
            Set<String> all = new LinkedHashSet<>(uncertain.accepted());
            all.addAll(uncertain.missing());
            all.addAll(uncertain.unknown());
            assertThat(all).isSubsetOf(keys.get(key));
            assertThat(all.size()).as("each once").isEqualTo(uncertain.accepted().size() + uncertain.missing().size()
                    + uncertain.unknown().size());
        } else if (result instanceof SendOnceResult.NotTaken notTaken) {
            checkAccepted(key, notTaken.accepted());
        } else {
            assertThat(result).isInstanceOf(SendOnceResult.LedgerAway.class);
            assertThat(called[0]).as("no call without the ledger").isFalse();
        }
        return result;
    }

    private void checkAccepted(String key, Collection<String> recipients) {
        for (String recipient : recipients) {
            assertThat(postal.copies).as("reported accepted, so it is at Postal").containsKey(new Origin(key, recipient));
        }
    }

    private Outcome submit(String key, List<String> recipients, String messageId) {
        Instant begin = world.now();
        List<Call> made = new ArrayList<>();
        for (String recipient : recipients) {
            List<Call> before = calls.computeIfAbsent(new Origin(key, recipient), origin -> new ArrayList<>());
            for (Call call : before) {
                assertThat(settings.resends()).as("never again").isTrue();
                assertThat(call.end[0]).as("no two calls at once").isNotNull();
                assertThat(begin).as("not within resendAfter").isAfterOrEqualTo(call.end[0].plus(settings.resendAfter()));
            }
            Call call = new Call(world.group(), new Instant[1]);
            before.add(call);
            made.add(call);
        }
        Outcome outcome = postal.submit(key, recipients, messageId);
        made.forEach(call -> call.end[0] = world.now());
        if (outcome instanceof Outcome.NotTaken) {
            calls.values().forEach(all -> all.removeAll(made));
        }
        return outcome;
    }

    private void checkWhatIsStored() {
        if (kind == Kind.VERY_LATE || kind == Kind.RESTORED) {
            return;
        }
        postal.copies.forEach((origin, number) -> assertThat(number)
                .as("copies of %s", origin).isEqualTo(postal.doubled.contains(origin) ? 2 : 1));
    }
}
