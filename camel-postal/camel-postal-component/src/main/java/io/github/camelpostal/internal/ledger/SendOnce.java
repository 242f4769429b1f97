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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.camelpostal.internal.ledger.RawSubmission.Outcome;
import io.github.camelpostal.internal.ledger.SendOnceCounters.Count;
import io.github.camelpostal.ledger.LedgerRow;
import io.github.camelpostal.ledger.LedgerRow.State;
import io.github.camelpostal.ledger.LedgerUnavailableException;
import io.github.camelpostal.ledger.MessageMark;
import io.github.camelpostal.ledger.PostalSendLedger;
import io.github.camelpostal.ledger.StoredCopy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a mail with a key through one mail server, so that repeating it is always safe: claim the key in the ledger, call, write
 * down the result; or find out at Postal what an earlier call came to.
 */
public final class SendOnce {

    private static final Logger LOG = LoggerFactory.getLogger(SendOnce.class);
    /** Another node's write makes the decision anew; after so many times somebody else is clearly at work. */
    private static final int MOST_DECISIONS = 5;

    private final String mailServer;
    private final PostalSendLedger ledger;
    private final SendOnceSettings settings;
    private final Clock clock;
    private final RandomIds random;
    private final SendOnceCounters counters;
    private final MarkKeeper marks;
    private final SettlementScan scan;
    private final Settlement settlement;
    private final PendingWatch pending;

    /**
     * @param mailServer what the ledger calls the mail server: the same on all nodes and after a change of the API key
     * @param marks      shared with the consumers that learn ids of this mail server
     */
    public SendOnce(String mailServer, PostalSendLedger ledger, MessageRows rows, SendOnceSettings settings, MarkKeeper marks,
            Clock clock, Pause pause, RandomIds random, SendOnceCounters counters) {
        this.mailServer = mailServer;
        this.ledger = ledger;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.counters = counters;
        this.marks = marks;
        this.pending = new PendingWatch(mailServer, rows, clock);
        this.scan = new SettlementScan(mailServer, ledger, rows, settings, clock, random, counters, pending);
        this.settlement = new Settlement(ledger, scan, marks, settings, clock, pause, counters);
    }

    /**
     * Sends the request, unless an earlier call with this key did.
     *
     * @param call makes one call of {@code send/raw}; called at most once
     */
    public SendOnceResult send(String key, SendOnceRequest request, RawSubmission call) {
        try {
            for (int i = 0; i < MOST_DECISIONS; i++) {
                Optional<SendOnceResult> result = decide(key, request, call);
                if (result.isPresent()) {
                    return result.get();
                }
            }
            return ledger.get(key).map(SendOnce::inProgress)
                    .orElseGet(() -> new SendOnceResult.Uncertain("in progress elsewhere", Set.of(), Set.of(), Set.of(), null));
        } catch (LedgerUnavailableException e) {
            return new SendOnceResult.LedgerAway(e);
        }
    }

    /** Empty if the row was changed by somebody else meanwhile, and nothing was sent. */
    private Optional<SendOnceResult> decide(String key, SendOnceRequest request, RawSubmission call) {
        PostalSendLedger.Reading reading = ledger.look(key);
        RecentTime time = new RecentTime(ledger, clock, clock.instant(), reading.time());
        Optional<LedgerRow> stored = Optional.ofNullable(reading.row());
        Instant now = time.read();
        return switch (SendDecision.next(stored, mailServer, request.fingerprint(), now)) {
            case CLAIM -> claim(key, request, time).flatMap(row -> call(row, row.recipients(), row, time, call));
            case CLAIM_AGAIN -> claimed(stored.orElseThrow(), now, marks.current().orElse(null))
                    .flatMap(row -> call(row, row.recipients(), row, time, call));
            case REFUSE_KEY -> Optional.of(new SendOnceResult.KeyReused());
            case RETURN_RESULT -> {
                counters.add(Count.DUPLICATES);
                yield Optional.of(SendOnceResult.Sent.of(stored.orElseThrow(), true));
            }
            case REPORT_IN_PROGRESS -> Optional.of(inProgress(stored.orElseThrow()));
            case SETTLE -> settle(stored.orElseThrow(), now, call);
        };
    }

    private static SendOnceResult inProgress(LedgerRow row) {
        return new SendOnceResult.Uncertain("in progress elsewhere", Set.of(), Set.of(), Set.copyOf(row.recipients()), null);
    }

    // ---- claiming ------------------------------------------------------------------------------------------------------

    private Optional<LedgerRow> claim(String key, SendOnceRequest request, RecentTime time) {
        SendOnceRequest.Addressees addressees = request.addressees().get();
        MessageMark mark = marks.current().orElse(null);
        Instant now = time.now();
        LedgerRow row = new LedgerRow(key, mailServer, request.fingerprint(), request.messageId().get(), request.ownMessageId(),
                addressees.recipients(), addressees.suppressed(), State.CLAIMED, random.token(), 0, now,
                now.plus(settings.lease()), 0, null, mark, Map.of(), now);
        if (ledger.putIfAbsent(row).isPresent()) {
            return Optional.empty();
        }
        counters.add(Count.CLAIMS);
        return Optional.of(row);
    }

    private Optional<LedgerRow> claimed(LedgerRow row, Instant now, @Nullable MessageMark mark) {
        LedgerRow claimed = row.claimedBy(random.token(), now, now.plus(settings.lease()), mark);
        return ledger.compareAndSet(row, claimed) ? Optional.of(claimed) : Optional.empty();
    }

    // ---- calling -------------------------------------------------------------------------------------------------------

    /**
     * @param claimed the row as it was claimed for this call
     * @param before  the row as it was before the claim; the same for the first call of a key
     */
    private Optional<SendOnceResult> call(LedgerRow claimed, List<String> recipients, LedgerRow before, RecentTime time,
            RawSubmission call) {
        Instant began = clock.instant();
        Instant now = time.now();
        LedgerRow row = claimed.calling(now, now.plus(settings.lease()));
        if (!ledger.compareAndSet(claimed, row)) {
            return Optional.empty();
        }
        if (Duration.between(began, clock.instant()).compareTo(settings.lease()) >= 0) {
            // stopped for longer than the lease just renewed, by a suspended machine perhaps: others take the claim for dead
            giveBack(row, before);
            return Optional.empty();
        }
        Outcome outcome = submit(row, recipients, call);
        if (outcome instanceof Outcome.Taken taken) {
            return Optional.of(taken(row, taken, time));
        } else if (outcome instanceof Outcome.NotTaken notTaken) {
            return Optional.of(notTaken(row, before, notTaken));
        }
        return Optional.of(unclear(row, (Outcome.Unclear) outcome));
    }

    private static Outcome submit(LedgerRow row, List<String> recipients, RawSubmission call) {
        try {
            return call.submit(row, recipients);
        } catch (RuntimeException e) {
            return new Outcome.Unclear(e);
        }
    }

    private SendOnceResult taken(LedgerRow row, Outcome.Taken taken, RecentTime time) {
        LedgerRow known = row.withCopies(taken.copies(), row.changed());
        try {
            known = recorded(row, taken.copies(), time);
            learn(row.mark(), taken.copies(), known.changed());
        } catch (LedgerUnavailableException e) {
            counters.add(Count.UNRECORDED);
            LOG.error("Postal has taken message {}, but the ledger could not be told; the key stays claimed and is settled "
                    + "later: {}", row.messageId(), e.getMessage());
        }
        return known.open().isEmpty()
                ? SendOnceResult.Sent.of(known, false)
                : uncertain("Postal did not confirm every recipient", known, null);
    }

    /** Writes the copies down, whoever holds the key by now: they are facts. */
    private LedgerRow recorded(LedgerRow row, Map<String, StoredCopy> copies, RecentTime time) {
        Optional<LedgerRow> current = Optional.of(row);
        while (current.isPresent()) {
            LedgerRow next = current.get().withCopies(copies, time.now());
            boolean ours = next.state() == State.CLAIMED && next.owner().equals(row.owner());
            if (ledger.compareAndSet(current.get(), next)) {
                return ours ? ended(next) : next;
            }
            current = ledger.get(row.key());
        }
        return row.withCopies(copies, row.changed());
    }

    private void learn(@Nullable MessageMark before, Map<String, StoredCopy> copies, Instant now) {
        if (before != null && copies.values().stream().anyMatch(copy -> copy.id() <= before.id())) {
            marks.idsWentBack();
        }
        copies.values().forEach(copy -> marks.learn(copy.id(), copy.token(), now));
    }

    private SendOnceResult notTaken(LedgerRow row, LedgerRow before, Outcome.NotTaken refused) {
        Set<String> accepted = row.copies().keySet();
        try {
            giveBack(row, before);
        } catch (LedgerUnavailableException e) {
            LOG.warn("The claim of message {} could not be given back; its key is settled when the lease has expired: {}",
                    row.messageId(), e.getMessage());
        }
        return new SendOnceResult.NotTaken(refused.cause(), accepted);
    }

    /** The call did nothing: the first one leaves no trace, a later one leaves the row as it was. */
    private void giveBack(LedgerRow row, LedgerRow before) {
        if (before.calls() == 0 && ledger.removeIfEqual(row)) {
            return;
        }
        Optional<LedgerRow> current = Optional.of(row);
        while (current.isPresent() && current.get().owner().equals(row.owner()) && current.get().state() == State.CLAIMED) {
            LedgerRow next = current.get().backTo(before, LedgerTime.now(ledger));
            if (ledger.compareAndSet(current.get(), next)) {
                return;
            }
            current = ledger.get(row.key());
        }
    }

    private SendOnceResult unclear(LedgerRow row, Outcome.Unclear unclear) {
        counters.add(Count.UNCERTAIN_CALLS);
        LedgerRow known = row;
        try {
            known = ended(row);
        } catch (LedgerUnavailableException e) {
            LOG.warn(
                    "The ledger could not be told that the call for message {} is uncertain; its key is settled when the lease "
                            + "has expired: {}",
                    row.messageId(), e.getMessage());
        }
        return known.state() == State.ACCEPTED
                ? SendOnceResult.Sent.of(known, false)
                : uncertain("the response of Postal is lost", known, unclear.cause());
    }

    /** Writes down that the call is over, also if somebody took the claim over: the waiting time counts from here. */
    private LedgerRow ended(LedgerRow row) {
        Optional<LedgerRow> current = Optional.of(row);
        while (current.isPresent()) {
            LedgerRow present = current.get();
            boolean ours = present.owner().equals(row.owner());
            if (present.state() == State.ACCEPTED || present.state() == State.CLAIMED && !ours) {
                return present;
            }
            LedgerRow next = present.uncertain(LedgerTime.now(ledger));
            if (ledger.compareAndSet(present, next)) {
                return next;
            }
            current = ledger.get(row.key());
        }
        return row;
    }

    private static SendOnceResult uncertain(String reason, LedgerRow row, @Nullable Exception cause) {
        return new SendOnceResult.Uncertain(reason, row.copies().keySet(), Set.of(), row.open(), cause);
    }

    // ---- settling ------------------------------------------------------------------------------------------------------

    private Optional<SendOnceResult> settle(LedgerRow stored, Instant now, RawSubmission call) {
        LedgerRow row = stored;
        if (stored.state() == State.CLAIMED) {
            row = stored.takenOver(random.token(), now);
            if (!ledger.compareAndSet(stored, row)) {
                return Optional.empty();
            }
        }
        Settlement.Finding finding = settlement.settle(row);
        LedgerRow settled = finding.row().orElse(null);
        if (settled == null || settled.state() != State.UNCERTAIN) {
            return Optional.empty();
        }
        if (finding.resend()) {
            counters.add(Count.SETTLED_MISSING, finding.missing().size());
            RecentTime time = RecentTime.read(ledger, clock);
            return claimed(settled, time.now(), finding.mark())
                    .flatMap(again -> call(again, List.copyOf(finding.missing()), settled, time, call));
        }
        return Optional.of(new SendOnceResult.Uncertain("an earlier call of this key is not settled",
                settled.copies().keySet(), finding.missing(), finding.unknown(), null));
    }

    /**
     * Goes on with reading for the keys that wait for it, looks after Pending messages; to be called every second or so, by any
     * number of nodes. Failures are left to the next time.
     */
    public void continueInBackground() {
        try {
            Instant deadline = clock.instant().plus(settings.settleTime());
            scan.readOn(deadline);
            pending.look(settings.settleTime());
        } catch (LedgerUnavailableException | MessageRows.RowsUnavailableException e) {
            LOG.debug("Settling goes on later", e);
        }
    }

    /** Removes accepted rows that are older than the retention; to be called now and then. */
    public int expire() {
        return ledger.expireAccepted(settings.retention());
    }
}
