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
package io.github.camelpostal.suppression;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Whom not to write to. The producer asks it before each mail, the consumer tells it what happened to recipients, and
 * people add and remove addresses.
 *
 * <pre>{@code
 * camel.component.postal.suppression-list = #bean:suppressions
 * }</pre>
 *
 * The list is safe for use by several threads; one in a database also by several nodes. Every method throws
 * {@link SuppressionListException} if the list cannot be reached.
 */
public interface PostalSuppressionList {

    /**
     * Which of these recipients must not get a mail now, in one look-up for all of them.
     *
     * @param  addresses bare addresses, in any case; the same one may come twice, as a recipient in {@code to} and {@code cc}
     * @param  stream    the stream of the mail, or null
     * @return           the entry that stands in the way, by address as it was given; addresses without an entry, and
     *                   those that are no bare mail address, are absent
     */
    Map<String, SuppressionEntry> find(Collection<String> addresses, @Nullable String stream);

    /** Tells what happened to a recipient; events may come late, twice and in any order. */
    void record(RecipientEvent event);

    /**
     * Puts an address on the list, whatever the rules say.
     *
     * @param entry ignored if the address was removed at or after its time
     */
    void add(SuppressionEntry entry);

    /**
     * Takes an address off the list: nothing that happened until then keeps it there.
     *
     * @param stream the stream whose entries are removed, or null: all entries of the address
     * @param at     events up to this time, also those that arrive later, do not put it back
     */
    void remove(String address, @Nullable String stream, Instant at);

    /** Gives every entry that holds now to the consumer, in the order of addresses; for an export or a page. */
    void forEach(Consumer<SuppressionEntry> consumer);

    /** How many entries hold now. */
    long size();
}
