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
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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

    /** The normalized address by the one that was given, without those that are no bare addresses. */
    public static Map<String, String> bare(Collection<String> addresses) {
        Map<String, String> bare = new LinkedHashMap<>();
        for (String given : addresses) {
            try {
                bare.put(given, RecipientAddress.normalize(given));
            } catch (IllegalArgumentException e) {
                // what cannot be on the list does not stand in the way; whether it can be sent to is not asked here
                continue;
            }
        }
        return bare;
    }
}
