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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.camelpostal.internal.ledger.MessageRows.RowsUnavailableException;
import io.github.camelpostal.internal.ledger.SendOnceCounters.Count;
import io.github.camelpostal.ledger.LedgerRow;
import io.github.camelpostal.ledger.LedgerRow.State;
import io.github.camelpostal.ledger.MessageMark;
import io.github.camelpostal.ledger.PostalSendLedger;
import org.jspecify.annotations.Nullable;

/** Finds out what became of the calls of one key, as far as the time of one exchange allows. Guesses nothing. */
final class Settlement {

    /**
     * What was found out. Recipients whose copy is known are in the row.
     *
     * @param row     as it is in the ledger now; empty if it is gone
     * @param missing without a trace at Postal
     * @param unknown neither found nor known to be absent
     * @param resend  whether {@code missing} may be sent to again now
     * @param mark    what the call that sends again can take as its mark: everything before it has been read
     */
    record Finding(Optional<LedgerRow> row, Set<String> missing, Set<String> unknown, boolean resend,
            @Nullable MessageMark mark) {

        static Finding allOpenUnknown(LedgerRow row) {
            return new Finding(Optional.of(row), Set.of(), row.open(), false, row.mark());
        }
    }

    /**
     * Whether what the ledger knows about ids is still true.
     *
     * @param holds false if a marked message is gone or has become another one
     * @param ahead how far Postal's clock is ahead of the ledger's, at least
     */
    private record MarkCheck(boolean holds, Duration ahead) {
    }

    private final PostalSendLedger ledger;
    private final SettlementScan scan;
    private final MarkKeeper marks;
    private final SendOnceSettings settings;
    private final Clock clock;
    private final Pause pause;
    private final SendOnceCounters counters;

    Settlement(PostalSendLedger ledger, SettlementScan scan, MarkKeeper marks, SendOnceSettings settings, Clock clock,
            Pause pause, SendOnceCounters counters) {
        this.ledger = ledger;
        this.scan = scan;
        this.marks = marks;
        this.settings = settings;
        this.clock = clock;
        this.pause = pause;
        this.counters = counters;
    }

    /** @param claimed a row in state uncertain */
    Finding settle(LedgerRow claimed) {
        Instant deadline = clock.instant().plus(settings.settleTime());
        Optional<LedgerRow> row = Optional.of(claimed);
        try {
            MarkCheck check = check(claimed, deadline);
            if (!check.holds) {
                return impossible(claimed);
            }
            while (row.isPresent() && row.get().state() == State.UNCERTAIN) {
                Optional<Finding> finding = look(row.get(), check, deadline);
                if (finding.isPresent()) {
                    return finding.get();
                }
                Duration wait = scan.readOn(deadline);
                Duration left = Duration.between(clock.instant(), deadline);
                if (left.compareTo(wait) <= 0) {
                    break;
                }
                if (!wait.isZero()) {
                    pause.sleep(wait);
                }
                row = ledger.get(claimed.key());
            }
        } catch (RowsUnavailableException e) {
            // Postal is away: nothing can be said now
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        row = ledger.get(claimed.key());
        return row.map(Finding::allOpenUnknown).orElse(new Finding(row, Set.of(), Set.of(), false, null));
    }

    private Finding impossible(LedgerRow row) {
        counters.add(Count.SETTLED_UNKNOWN);
        return Finding.allOpenUnknown(row);
    }

    /** What can be said of the row now; empty if more has to be read. */
    private Optional<Finding> look(LedgerRow row, MarkCheck check, Instant deadline) {
        if (row.mark() == null && (row.ownMessageId() || scan.highestMark().isEmpty())) {
            return Optional.of(impossible(row));
        }
        Instant now = LedgerTime.now(ledger);
        Instant resendable = row.end().plus(settings.resendAfter());
        boolean late = settings.resends() && now.isAfter(resendable);
        List<LedgerRow> rivals = rivals(row);
        if (rivals.stream().filter(rival -> rival.state() != State.ACCEPTED).anyMatch(
                rival -> rival.recipients().containsAll(row.open()))) {
            // nothing that could be read would tell whose it is
            return Optional.of(impossible(row));
        }
        Instant after = lastChange(late ? resendable : row.end(), row, rivals);
        // who sends again must have looked at all that was stored until now, not only at what came soon after the call
        Instant end = late ? WantedScan.later(row.end(), resendable.minus(settings.margin())) : row.end();
        ScanCursor cursor = scan.cursor();
        return switch (cursor.coverage(row, end, after, check.ahead)) {
            case IMPOSSIBLE -> Optional.of(impossible(row));
            case OPEN -> {
                scan.want(row, end, after, check.ahead);
                yield Optional.empty();
            }
            // what was found was written before the cursor was, so the row must be read after the cursor
            case COMPLETE -> ledger.get(row.key()).filter(fresh -> fresh.owner().equals(row.owner()))
                    .map(fresh -> finding(fresh, rivals, late, cursor, now, deadline));
        };
    }

    private Finding finding(LedgerRow row, List<LedgerRow> rivals, boolean late, ScanCursor cursor, Instant now,
            Instant deadline) {
        Set<String> missing = row.open();
        Set<String> unknown = new LinkedHashSet<>();
        rivals.stream().filter(rival -> rival.state() != State.ACCEPTED).forEach(rival -> unknown.addAll(rival.recipients()));
        unknown.retainAll(missing);
        missing.removeAll(unknown);
        boolean resend = late && !missing.isEmpty() && check(row, deadline).holds;
        if (late && !resend && !missing.isEmpty()) {
            return impossible(row);
        }
        MessageMark read = cursor.last(now);
        return new Finding(Optional.of(row), missing, unknown, resend, unknown.isEmpty() && read != null ? read : row.mark());
    }

    /** Other keys with the same Message-ID and a recipient of this one; only with Message-IDs that applications choose. */
    private List<LedgerRow> rivals(LedgerRow row) {
        return !row.ownMessageId()
                ? List.of()
                : ledger.findByMessageId(row.mailServer(), row.messageId()).stream()
                        .filter(other -> !other.key().equals(row.key()))
                        .filter(other -> other.recipients().stream().anyMatch(row.recipients()::contains))
                        .toList();
    }

    /** With rivals, messages were left aside as long as it was open whose they are: they must be read again since then. */
    private static Instant lastChange(Instant after, LedgerRow row, List<LedgerRow> rivals) {
        Instant last = after;
        if (row.ownMessageId()) {
            last = WantedScan.later(last, row.changed());
            for (LedgerRow rival : rivals) {
                last = WantedScan.later(last, rival.changed());
            }
        }
        return last;
    }

    /** The marks must still be there with their tokens: otherwise ids were given away a second time, or rows were purged. */
    private MarkCheck check(LedgerRow row, Instant deadline) {
        Optional<MessageMark> highest = scan.highestMark();
        if (highest.isPresent() && stored(highest.get(), deadline).isEmpty()) {
            marks.idsWentBack();
            return new MarkCheck(false, Duration.ZERO);
        }
        MessageMark mark = row.mark();
        if (mark == null) {
            return new MarkCheck(true, Duration.ZERO);
        }
        Optional<MessageRow> marked = stored(mark, deadline);
        Duration ahead = marked.map(found -> Duration.between(mark.time(), found.timestamp())).orElse(Duration.ZERO);
        return new MarkCheck(marked.isPresent(), ahead.isNegative() ? Duration.ZERO : ahead);
    }

    private Optional<MessageRow> stored(MessageMark mark, Instant deadline) {
        Duration left = Duration.between(clock.instant(), deadline);
        return scan.read(mark.id(), left.isNegative() || left.isZero() ? Duration.ofSeconds(1) : left)
                .filter(found -> found.token().equals(mark.token()));
    }
}
