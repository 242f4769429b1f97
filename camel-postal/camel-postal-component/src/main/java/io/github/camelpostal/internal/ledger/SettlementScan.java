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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.github.camelpostal.internal.ledger.MessageRows.RowsUnavailableException;
import io.github.camelpostal.internal.ledger.SendOnceCounters.Count;
import io.github.camelpostal.ledger.LedgerRow;
import io.github.camelpostal.ledger.MailServerMark;
import io.github.camelpostal.ledger.MessageMark;
import io.github.camelpostal.ledger.PostalSendLedger;
import io.github.camelpostal.ledger.StoredCopy;

/**
 * Reads the messages of one mail server by id, for all its uncertain keys at once, one small portion at a time. Every node may
 * ask for a portion; the ledger lets one read at a time and sets the pace, so Postal's few web threads stay free.
 */
public final class SettlementScan {

    /** A portion whose reader crashed is read again by another after this time. */
    private static final Duration PORTION_LEASE = Duration.ofSeconds(10);
    private static final Duration PORTION = Duration.ofSeconds(1);

    private final String mailServer;
    private final PostalSendLedger ledger;
    private final MessageRows rows;
    private final StoredCopyRecorder recorder;
    private final SendOnceSettings settings;
    private final Clock clock;
    private final RandomIds random;
    private final SendOnceCounters counters;
    private final PendingWatch pending;

    SettlementScan(String mailServer, PostalSendLedger ledger, MessageRows rows, SendOnceSettings settings, Clock clock,
            RandomIds random, SendOnceCounters counters, PendingWatch pending) {
        this.mailServer = mailServer;
        this.ledger = ledger;
        this.rows = rows;
        this.recorder = new StoredCopyRecorder(ledger);
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.counters = counters;
        this.pending = pending;
    }

    ScanCursor cursor() {
        return ScanCursor.parse(ledger.mark(mailServer).map(MailServerMark::scan).orElse(""), settings);
    }

    /** Has the scan, or the next one, serve this row. */
    void want(LedgerRow row, Instant end, Instant after, Duration ahead) {
        while (true) {
            Optional<MailServerMark> stored = ledger.mark(mailServer);
            MailServerMark present = stored.orElse(MailServerMark.first(mailServer));
            ScanCursor cursor = ScanCursor.parse(present.scan(), settings);
            if (!cursor.want(row, end, after, ahead)
                    || ledger.advanceMark(stored.orElse(null), present.withScan(cursor.text()))) {
                return;
            }
        }
    }

    /**
     * Reads the next portion, if there is one and the pace allows it.
     *
     * @param  deadline                 by the clock; nothing is begun after it
     * @return                          how long to wait before there is sense in asking again; zero if more can be read at once
     * @throws RowsUnavailableException if Postal could not be asked; what was read before is kept
     */
    Duration readOn(Instant deadline) {
        Optional<MailServerMark> stored = ledger.mark(mailServer);
        if (stored.isEmpty()) {
            return PORTION;
        }
        Instant now = LedgerTime.now(ledger);
        ScanCursor cursor = ScanCursor.parse(stored.get().scan(), settings);
        if (now.isBefore(cursor.free())) {
            return Duration.between(now, cursor.free());
        }
        String reader = random.token();
        if (!cursor.take(reader, now, PORTION_LEASE, stored.get().mark())) {
            return Duration.ofMillis(100);
        }
        MailServerMark taken = stored.get().withScan(cursor.text());
        if (!ledger.advanceMark(stored.get(), taken)) {
            return Duration.ofMillis(10);
        }
        try {
            readPortion(cursor, now, highest(taken), deadline);
        } finally {
            release(cursor, reader, now);
        }
        return Duration.ZERO;
    }

    private static long highest(MailServerMark mark) {
        return mark.mark() == null ? 0 : mark.mark().id();
    }

    private void readPortion(ScanCursor cursor, Instant now, long highest, Instant deadline) {
        for (int i = 0; i < settings.readsPerSecond() && cursor.mayRead(); i++) {
            Duration left = Duration.between(clock.instant(), deadline);
            if (left.isNegative() || left.isZero()) {
                return;
            }
            Optional<MessageRow> row = read(cursor.next(), left);
            if (row.isPresent()) {
                record(row.get());
                cursor.found(row.get());
            } else {
                cursor.absent(now, highest);
            }
        }
    }

    private void record(MessageRow row) {
        if (!row.outgoing() || row.messageId() == null || row.rcptTo() == null) {
            return;
        }
        if (recorder.record(mailServer, row.messageId(), row.rcptTo(), new StoredCopy(row.id(), row.token()))) {
            counters.add(Count.SETTLED_FOUND);
            if (row.pending()) {
                pending.watch(row);
            }
        }
    }

    private void release(ScanCursor cursor, String reader, Instant began) {
        while (true) {
            Optional<MailServerMark> stored = ledger.mark(mailServer);
            ScanCursor present = ScanCursor.parse(stored.map(MailServerMark::scan).orElse(""), settings);
            if (stored.isEmpty() || !present.heldBy(reader)) {
                // it took too long, and another reader has begun where this one had: nothing is lost but time
                return;
            }
            cursor.merge(present);
            cursor.release(LedgerTime.now(ledger), began.plus(PORTION));
            if (ledger.advanceMark(stored.get(), stored.get().withScan(cursor.text()))) {
                return;
            }
        }
    }

    /** One message, counted. */
    Optional<MessageRow> read(long id, Duration atMost) {
        counters.add(Count.READS);
        return rows.read(id, atMost);
    }

    /** The highest message known to the ledger. */
    Optional<MessageMark> highestMark() {
        return ledger.mark(mailServer).map(MailServerMark::mark);
    }
}
