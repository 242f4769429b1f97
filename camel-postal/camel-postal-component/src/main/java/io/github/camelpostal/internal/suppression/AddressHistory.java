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

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.github.camelpostal.internal.suppression.FailedMessage.Kind;
import io.github.camelpostal.suppression.SuppressionEntry;
import io.github.camelpostal.suppression.SuppressionReason;
import org.jspecify.annotations.Nullable;

/** All that is known of one address, in memory. */
public final class AddressHistory {

    private final Map<String, FailedMessage> failures = new HashMap<>();
    private final Map<String, SuppressionEntry> fixed = new HashMap<>();
    private final Map<FailedMessage, Boolean> decisions = new HashMap<>();
    private final Removals removals = new Removals();
    private @Nullable Instant delivered;

    /** What is known of the same failure; null if it is news. */
    @Nullable
    FailedMessage known(FailedMessage failed) {
        return failures.get(key(failed));
    }

    /** The failure, or the same one at its earlier time. */
    FailedMessage add(FailedMessage failed) {
        FailedMessage known = known(failed);
        FailedMessage current = known == null ? failed : known.earlier(failed);
        failures.put(key(failed), current);
        return current;
    }

    private static String key(FailedMessage failed) {
        return failed.kind() + " " + failed.message();
    }

    void delivered(Instant at) {
        delivered = later(delivered, at);
    }

    void add(SuppressionEntry entry) {
        fixed.merge(entry.reason() + " " + (entry.stream() == null ? "" : entry.stream()), entry, AddressHistory::later);
    }

    void remove(@Nullable String stream, Instant at) {
        removals.add(stream, at);
    }

    boolean isHealthy() {
        return failures.isEmpty() && fixed.isEmpty() && removals.ofAll() == null;
    }

    @Nullable
    Instant lastDelivery() {
        return delivered;
    }

    void forgetBefore(Instant others, Instant all) {
        failures.values().removeIf(f -> f.at().isBefore(f.kind() == Kind.OTHER ? others : all));
        decisions.keySet().removeIf(f -> f.at().isBefore(all));
    }

    /** What the brake said of an old trigger; null of a new one. */
    @Nullable
    Boolean decision(FailedMessage trigger) {
        return decisions.get(trigger);
    }

    void decide(Instant before, Predicate<FailedMessage> braked) {
        if (!failures.isEmpty()) {
            triggers().stream().filter(trigger -> trigger.at().isBefore(before))
                    .forEach(trigger -> decisions.computeIfAbsent(trigger, braked::test));
        }
    }

    List<FailedMessage> triggers() {
        return ListingRules.triggers(failures.values());
    }

    Collection<FailedMessage> failures() {
        return failures.values();
    }

    /** All entries, those that have expired too. */
    List<SuppressionEntry> entries(String address, Predicate<FailedMessage> braked) {
        List<SuppressionEntry> entries = new ArrayList<>();
        for (SuppressionEntry entry : fixed.values()) {
            boolean disproved = entry.reason().isBounce() && delivered != null && delivered.isAfter(entry.since());
            if (!removals.cover(entry) && !disproved) {
                entries.add(entry);
            }
        }
        if (!failures.isEmpty()) {
            Instant since = removals.ofAll() == null ? delivered : later(delivered, removals.ofAll());
            ListingRules.entry(address, triggers(), since, braked).ifPresent(entries::add);
        }
        return entries;
    }

    static Instant later(@Nullable Instant known, Instant other) {
        return known == null || other.isAfter(known) ? other : known;
    }

    /** The later of two entries for the same reason and stream; of two of the same time the one that holds longer. */
    static SuppressionEntry later(SuppressionEntry a, SuppressionEntry b) {
        int order = a.since().compareTo(b.since());
        if (order == 0) {
            return lasting(a, b);
        }
        return order > 0 ? a : b;
    }

    /** The entry that stands longest in the way; of two such the one with the first reason. */
    static SuppressionEntry lasting(SuppressionEntry a, SuppressionEntry b) {
        Instant first = a.expires() == null ? Instant.MAX : a.expires();
        Instant second = b.expires() == null ? Instant.MAX : b.expires();
        int order = first.compareTo(second);
        if (order == 0) {
            SuppressionReason earlier = a.reason().compareTo(b.reason()) <= 0 ? a.reason() : b.reason();
            return a.reason() == earlier ? a : b;
        }
        return order > 0 ? a : b;
    }
}
