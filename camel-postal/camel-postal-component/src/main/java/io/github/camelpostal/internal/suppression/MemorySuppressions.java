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
package io.github.camelpostal.internal.suppression;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

import io.github.camelpostal.suppression.RecipientAddress;
import io.github.camelpostal.suppression.RecipientEvent;
import io.github.camelpostal.suppression.SuppressionEntry;
import org.jspecify.annotations.Nullable;

/**
 * The list in memory: it keeps what happened and works out an entry when it is asked for, so there is nothing that a late
 * event would have to put right. Not safe for several threads.
 */
public final class MemorySuppressions {

    /** Failures are remembered for the doubling this long. */
    static final Duration MEMORY = Duration.ofDays(730);
    private static final int SWEEP_EVERY = 10_000;

    private final Map<String, AddressHistory> addresses = new TreeMap<>();
    // what arrived or failed, by domain and time
    private final Map<String, NavigableMap<Instant, Set<Result>>> domains = new HashMap<>();
    private final Duration lateness;
    private final BrakeLog log = new BrakeLog();
    private int untilSweep = SWEEP_EVERY;

    /**
     * @param lateness how late an event may come and still find all that it is to be weighed against
     */
    public MemorySuppressions(Duration lateness) {
        this.lateness = lateness;
    }

    public void record(RecipientEvent event, Instant now) {
        sweep(now);
        AddressHistory history = history(event.address());
        if (event instanceof RecipientEvent.Delivery delivery) {
            history.delivered(delivery.at());
            results(delivery.address(), delivery.at()).add(new Result(delivery.address(), delivery.message()));
        } else if (event instanceof RecipientEvent.Failure failure) {
            FailedMessage.of(failure).ifPresent(failed -> failed(failure, history, failed));
        } else {
            add(ListingRules.entry(event));
        }
    }

    private void failed(RecipientEvent.Failure failure, AddressHistory history, FailedMessage failed) {
        FailedMessage known = history.known(failed);
        FailedMessage current = history.add(failed);
        Result result = new Result(failure.address(), failure.message());
        if (known != null && !known.at().equals(current.at())) {
            forget(failure.address(), known.at(), result, history);
        }
        results(failure.address(), current.at()).add(result);
        if (current != known) {
            // only to say it: whether the brake is on is worked out whenever the list is asked
            List<FailedMessage> triggers = history.triggers();
            if (triggers.contains(current)) {
                brakes(failure.address(), current, true);
            }
        }
    }

    // another kind of failure of the same message may have happened at that very time
    private void forget(String address, Instant at, Result result, AddressHistory history) {
        boolean needed = history.failures().stream()
                .anyMatch(f -> f.message().equals(result.message()) && f.at().equals(at));
        if (!needed && !at.equals(history.lastDelivery())) {
            results(address, at).remove(result);
        }
    }

    public void add(SuppressionEntry entry) {
        history(entry.address()).add(entry);
    }

    public void remove(String address, @Nullable String stream, Instant at) {
        history(address).remove(stream, at);
    }

    /** The entries of a normalized address, those that have expired too. */
    public List<SuppressionEntry> entries(String address) {
        AddressHistory history = addresses.get(address);
        return history == null || history.isHealthy()
                ? List.of()
                : history.entries(address, trigger -> brakes(address, trigger, false));
    }

    /** All addresses of which something is known, sorted. */
    public List<String> addresses() {
        return new ArrayList<>(addresses.keySet());
    }

    private AddressHistory history(String address) {
        return addresses.computeIfAbsent(address, key -> new AddressHistory());
    }

    private Set<Result> results(String address, Instant at) {
        return domains.computeIfAbsent(RecipientAddress.domainOf(address), key -> new TreeMap<>())
                .computeIfAbsent(at, key -> new HashSet<>());
    }

    private boolean brakes(String address, FailedMessage trigger, boolean say) {
        AddressHistory known = addresses.get(address);
        Boolean decided = known == null ? null : known.decision(trigger);
        if (decided != null) {
            return decided;
        }
        String domain = RecipientAddress.domainOf(address);
        Instant from = trigger.at().minus(ListingRules.BRAKE_WINDOW);
        Set<Result> results = new HashSet<>();
        Set<String> candidates = new HashSet<>();
        NavigableMap<Instant, Set<Result>> times = domains.getOrDefault(domain, Collections.emptyNavigableMap());
        times.subMap(from, false, trigger.at(), true).values().forEach(results::addAll);
        results.forEach(result -> candidates.add(result.address()));
        if (candidates.size() <= ListingRules.BRAKE_ENTRIES) {
            return false;
        }
        long entries = candidates.stream().filter(candidate -> hasTrigger(candidate, from, trigger.at())).count();
        boolean braked = ListingRules.brakes(entries, results.size());
        if (braked && say) {
            log.braked(domain, trigger.at(), entries, results.size());
        }
        return braked;
    }

    private boolean hasTrigger(String address, Instant after, Instant upTo) {
        AddressHistory history = addresses.get(address);
        // a healthy address is forgotten an hour before the last results of its domain
        return history != null
                && history.triggers().stream().anyMatch(t -> t.at().isAfter(after) && !t.at().isAfter(upTo));
    }

    private void sweep(Instant now) {
        if (--untilSweep > 0) {
            return;
        }
        untilSweep = SWEEP_EVERY;
        Instant late = now.minus(lateness);
        Instant old = now.minus(MEMORY);
        // what is forgotten now can no longer be counted, so the brake's decisions are kept in its place
        addresses.forEach((address, history) -> history.decide(late, trigger -> brakes(address, trigger, false)));
        addresses.values().forEach(history -> history.forgetBefore(late, old));
        addresses.values().removeIf(history -> history.isHealthy() && history.lastDelivery() != null
                && history.lastDelivery().isBefore(late));
        domains.values().forEach(domain -> domain.headMap(late.minus(ListingRules.BRAKE_WINDOW), false).clear());
        domains.values().removeIf(Map::isEmpty);
    }

    /** One message to one address. */
    private record Result(String address, String message) {
    }
}
