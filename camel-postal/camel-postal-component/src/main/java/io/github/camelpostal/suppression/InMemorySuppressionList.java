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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import io.github.camelpostal.internal.suppression.BlockingEntry;
import io.github.camelpostal.internal.suppression.MemorySuppressions;
import org.jspecify.annotations.Nullable;

/**
 * A list that ends with the process, for tests and trials. Those who left would get mail again after a restart: use
 * {@link JdbcSuppressionList} where people can leave.
 */
public final class InMemorySuppressionList implements PostalSuppressionList {

    private final Clock clock;
    private final MemorySuppressions list;

    public InMemorySuppressionList() {
        this(Clock.systemUTC(), Duration.ofHours(24));
    }

    /**
     * @param clock    for what has expired
     * @param lateness how late an event may come and still be weighed exactly; what arrived is remembered this long
     */
    public InMemorySuppressionList(Clock clock, Duration lateness) {
        this.clock = clock;
        this.list = new MemorySuppressions(lateness);
    }

    @Override
    public Map<String, SuppressionEntry> find(Collection<String> addresses, @Nullable String stream) {
        Instant now = clock.instant();
        BlockingEntry.Recipients recipients = BlockingEntry.Recipients.of(addresses);
        synchronized (list) {
            return recipients.blocked(list::entries, stream, now);
        }
    }

    @Override
    public void record(RecipientEvent event) {
        synchronized (list) {
            list.record(event, clock.instant());
        }
    }

    @Override
    public void add(SuppressionEntry entry) {
        synchronized (list) {
            list.add(entry);
        }
    }

    @Override
    public void remove(String address, @Nullable String stream, Instant at) {
        synchronized (list) {
            list.remove(RecipientAddress.normalize(address), stream, at);
        }
    }

    @Override
    public void forEach(Consumer<SuppressionEntry> consumer) {
        current().forEach(consumer);
    }

    @Override
    public long size() {
        return current().size();
    }

    private List<SuppressionEntry> current() {
        Instant now = clock.instant();
        List<SuppressionEntry> entries = new ArrayList<>();
        synchronized (list) {
            for (String address : list.addresses()) {
                list.entries(address).stream()
                        .filter(entry -> Optional.ofNullable(entry.expires()).map(now::isBefore).orElse(true))
                        .sorted(BlockingEntry.ORDER).forEach(entries::add);
            }
        }
        return entries;
    }
}
