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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import io.github.camelpostal.suppression.RecipientAddress;
import io.github.camelpostal.suppression.SuppressionEntry;
import org.jspecify.annotations.Nullable;

/** Which of several entries stands in the way of a mail. */
public final class BlockingEntry {

    /** The order of entries in a list. */
    public static final Comparator<SuppressionEntry> ORDER = Comparator.comparing(SuppressionEntry::address)
            .thenComparing(entry -> entry.stream() == null ? "" : entry.stream()).thenComparing(SuppressionEntry::reason);

    private BlockingEntry() {
    }

    /** Of those that hold for a mail of this stream the one that holds longest. */
    public static Optional<SuppressionEntry> of(Collection<SuppressionEntry> entries, @Nullable String stream, Instant now) {
        return entries.isEmpty() // of nearly all recipients
                ? Optional.empty()
                : entries.stream().filter(entry -> entry.suppresses(stream, now)).reduce(AddressHistory::lasting);
    }

    /**
     * Recipients of a mail, without those that are no bare addresses: what cannot be on the list does not stand in the way,
     * and whether it can be sent to is not asked here. Lists, because of a thousand recipients nearly none is on the list,
     * and a map of them all would cost more than the look-up.
     *
     * @param given     as they were given
     * @param addresses the same, normalized, at the same places
     */
    public record Recipients(List<String> given, List<String> addresses) {

        public static Recipients of(Collection<String> all) {
            List<String> given = new ArrayList<>(all.size());
            List<String> addresses = new ArrayList<>(all.size());
            for (String one : all) {
                try {
                    addresses.add(RecipientAddress.normalize(one));
                } catch (IllegalArgumentException e) {
                    continue;
                }
                given.add(one);
            }
            return new Recipients(given, addresses);
        }

        /** What stands in the way, by recipient as it was given. */
        public Map<String, SuppressionEntry> blocked(Function<String, Collection<SuppressionEntry>> entries,
                @Nullable String stream, Instant now) {
            Map<String, SuppressionEntry> blocked = new LinkedHashMap<>();
            for (int i = 0; i < given.size(); i++) {
                String recipient = given.get(i);
                BlockingEntry.of(entries.apply(addresses.get(i)), stream, now)
                        .ifPresent(entry -> blocked.put(recipient, entry));
            }
            return blocked;
        }
    }
}
