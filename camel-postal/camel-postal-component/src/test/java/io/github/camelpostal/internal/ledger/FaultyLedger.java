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

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.github.camelpostal.ledger.InMemorySendLedger;
import io.github.camelpostal.ledger.LedgerRow;
import io.github.camelpostal.ledger.LedgerUnavailableException;
import io.github.camelpostal.ledger.MailServerMark;
import io.github.camelpostal.ledger.PostalSendLedger;

/** A ledger that is away now and then, also after it has written, and where others get in between any two operations. */
final class FaultyLedger implements PostalSendLedger {

    final PostalSendLedger store;
    private final Interleaving world;
    double faults;
    boolean away;

    FaultyLedger(Interleaving world) {
        this.world = world;
        this.store = new InMemorySendLedger(world.clock(Duration.ZERO));
    }

    private <T> T on(Supplier<T> operation) {
        world.step();
        if (away || world.chance(faults / 2)) {
            throw new LedgerUnavailableException("away", new TimeoutException());
        }
        T result = operation.get();
        world.step();
        if (world.chance(faults / 2)) {
            throw new LedgerUnavailableException("away, after it was done", new TimeoutException());
        }
        return result;
    }

    @Override
    public Instant now() {
        return on(store::now);
    }

    @Override
    public Optional<LedgerRow> putIfAbsent(LedgerRow row) {
        return on(() -> store.putIfAbsent(row));
    }

    @Override
    public Optional<LedgerRow> get(String key) {
        return on(() -> store.get(key));
    }

    @Override
    public boolean compareAndSet(LedgerRow expected, LedgerRow next) {
        return on(() -> store.compareAndSet(expected, next));
    }

    @Override
    public boolean removeIfEqual(LedgerRow expected) {
        return on(() -> store.removeIfEqual(expected));
    }

    @Override
    public List<LedgerRow> findByMessageId(String mailServer, String messageId) {
        return on(() -> store.findByMessageId(mailServer, messageId));
    }

    @Override
    public int expireAccepted(Duration retention) {
        return on(() -> store.expireAccepted(retention));
    }

    @Override
    public Optional<MailServerMark> mark(String mailServer) {
        return on(() -> store.mark(mailServer));
    }

    @Override
    public boolean advanceMark(MailServerMark expected, MailServerMark next) {
        return on(() -> store.advanceMark(expected, next));
    }
}
