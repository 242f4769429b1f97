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

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The recipients to whom outgoing mail is held instead of sent (protocol 2.14): after the second message within 24 hours that
 * failed permanently, or after one that failed 18 times; for 30 days, or until a delivery succeeds. Letter case does not count.
 */
public final class SuppressionList {
    private static final Duration STAYS = Duration.ofDays(30);
    private static final Duration HARD_FAILS_COUNT = Duration.ofHours(24);

    private final Map<String, Entry> entries = new HashMap<>();
    private final Map<String, Deque<Instant>> hardFails = new HashMap<>();

    /**
     * One recipient.
     *
     * @param reason as in the details of a held message
     */
    public record Entry(String address, String reason, Instant until) {
    }

    public synchronized Optional<Entry> find(String address, Instant now) {
        return Optional.ofNullable(entries.get(key(address))).filter(entry -> entry.until().isAfter(now));
    }

    /** Returns false when it was there already. */
    public synchronized boolean add(String address, String reason, Instant now) {
        boolean isNew = find(address, now).isEmpty();
        entries.put(key(address), new Entry(address, reason, now.plus(STAYS)));
        return isNew;
    }

    /** Returns false when it was not there. */
    public synchronized boolean remove(String address) {
        return entries.remove(key(address)) != null;
    }

    /**
     * A message to this address has failed permanently.
     *
     * @param arrivedAt when the message came in, which is what Postal counts by
     * @return whether another did within 24 hours before, so that the address is to be suppressed
     */
    public synchronized boolean isRepeatedHardFail(String address, Instant arrivedAt, Instant now) {
        Deque<Instant> recent = hardFails.computeIfAbsent(key(address), any -> new ArrayDeque<>());
        recent.removeIf(earlier -> !earlier.isAfter(now.minus(HARD_FAILS_COUNT)));
        boolean repeated = !recent.isEmpty();
        recent.add(arrivedAt);
        return repeated;
    }

    private static String key(String address) {
        return address.toLowerCase(Locale.ROOT);
    }
}
