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
package io.github.camelpostal.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ledger in the memory of this process, for tests and for applications that accept a duplicate after a restart. It knows
 * nothing of other nodes, and it grows with the number of mails within {@code ledgerRetention}.
 */
public final class InMemorySendLedger extends ServiceSupport implements PostalSendLedger {

    private static final Logger LOG = LoggerFactory.getLogger(InMemorySendLedger.class);

    private final Map<String, LedgerRow> rows = new ConcurrentHashMap<>();
    // (mail server, Message-ID) to keys: a search by Message-ID must not look at every row
    private final Map<List<String>, List<String>> keysByMessageId = new ConcurrentHashMap<>();
    private final Map<String, MailServerMark> marks = new ConcurrentHashMap<>();
    private final Clock clock;

    /** A ledger with the system's clock. */
    public InMemorySendLedger() {
        this(Clock.systemUTC());
    }

    /** A ledger whose time is this clock's. */
    public InMemorySendLedger(Clock clock) {
        this.clock = clock;
    }

    @Override
    protected void doStart() {
        LOG.warn("The send ledger is in memory: it does not survive a restart and is not shared with other nodes, "
                + "so a mail may be sent twice after either");
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public Optional<LedgerRow> putIfAbsent(LedgerRow row) {
        LedgerRow[] present = {null};
        rows.compute(row.key(), (key, stored) -> {
            present[0] = stored;
            if (stored != null) {
                return stored;
            }
            // inside, so that no removal of an earlier row of this key takes the new entry of the index away
            index(row);
            return row;
        });
        return Optional.ofNullable(present[0]);
    }

    @Override
    public Optional<LedgerRow> get(String key) {
        return Optional.ofNullable(rows.get(key));
    }

    @Override
    public boolean compareAndSet(LedgerRow expected, LedgerRow next) {
        boolean[] done = {false};
        rows.computeIfPresent(expected.key(), (key, stored) -> {
            done[0] = same(stored, expected);
            return done[0] ? next : stored;
        });
        return done[0];
    }

    @Override
    public boolean removeIfEqual(LedgerRow expected) {
        boolean[] done = {false};
        rows.computeIfPresent(expected.key(), (key, stored) -> {
            done[0] = same(stored, expected);
            if (done[0]) {
                unindex(stored);
            }
            return done[0] ? null : stored;
        });
        return done[0];
    }

    @Override
    public List<LedgerRow> findByMessageId(String mailServer, String messageId) {
        return keysByMessageId.getOrDefault(List.of(mailServer, messageId), List.of()).stream()
                .map(rows::get)
                .filter(row -> row != null && row.mailServer().equals(mailServer) && row.messageId().equals(messageId))
                .toList();
    }

    @Override
    public int expireAccepted(Duration retention) {
        Instant before = now().minus(retention);
        int removed = 0;
        for (LedgerRow row : List.copyOf(rows.values())) {
            if (row.state() == LedgerRow.State.ACCEPTED && row.changed().isBefore(before) && removeIfEqual(row)) {
                removed++;
            }
        }
        return removed;
    }

    @Override
    public long countOpen(String mailServer) {
        return rows.values().stream()
                .filter(row -> row.state() != LedgerRow.State.ACCEPTED && row.mailServer().equals(mailServer)).count();
    }

    @Override
    public Optional<MailServerMark> mark(String mailServer) {
        return Optional.ofNullable(marks.get(mailServer));
    }

    @Override
    public boolean advanceMark(@Nullable MailServerMark expected, MailServerMark next) {
        if (expected == null) {
            return marks.putIfAbsent(next.mailServer(), next) == null;
        }
        boolean[] done = {false};
        marks.computeIfPresent(expected.mailServer(), (server, stored) -> {
            done[0] = stored.revision() == expected.revision();
            return done[0] ? next : stored;
        });
        return done[0];
    }

    private static boolean same(LedgerRow stored, LedgerRow expected) {
        return stored.owner().equals(expected.owner()) && stored.revision() == expected.revision();
    }

    private static List<String> addressOf(LedgerRow row) {
        return List.of(row.mailServer(), row.messageId());
    }

    private void index(LedgerRow row) {
        keysByMessageId.merge(addressOf(row), List.of(row.key()),
                (present, added) -> Stream.concat(present.stream(), added.stream()).distinct().toList());
    }

    private void unindex(LedgerRow row) {
        keysByMessageId.computeIfPresent(addressOf(row), (address, keys) -> {
            List<String> left = keys.stream().filter(key -> !key.equals(row.key())).toList();
            return left.isEmpty() ? null : left;
        });
    }
}
