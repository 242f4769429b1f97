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

import static io.github.camelpostal.internal.ledger.WantedScan.later;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import io.github.camelpostal.ledger.LedgerRow;
import io.github.camelpostal.ledger.MessageMark;
import org.jspecify.annotations.Nullable;

/**
 * How far the reading of one mail server's messages has come, which keys it serves, and what the next scan is to do. Kept in
 * the ledger as text, so that all nodes share it and a crash loses a second of it. Used by one thread at a time.
 *
 * <p>
 * It says only what was read. What was found stands in the ledger's rows, written before the cursor is.
 */
final class ScanCursor {

    /** Whether a row's outcome can be told from what was read. */
    enum Coverage {
        /** Not yet. */
        OPEN,
        /** Every message that its calls can have stored was read. */
        COMPLETE,
        /** Reading cannot tell. */
        IMPOSSIBLE
    }

    private enum Phase {
        /** No scan yet. */
        NONE,
        /** Looking downward for a message older than a key without a mark. */
        DOWN,
        /** Reading upward. */
        UP
    }

    private final SendOnceSettings settings;

    private Phase phase = Phase.NONE;
    private Instant begun = Instant.EPOCH;
    private long from = WantedScan.NOWHERE;
    private @Nullable Instant fromTime;
    private @Nullable Instant before;
    private boolean deadEnd;
    private long next;
    private int missing;
    private @Nullable Instant missingSince;
    private long lastId;
    private String lastToken = "";
    private @Nullable Instant covered;
    private @Nullable Instant headSeen;
    private boolean atHead; // of this portion only
    private Instant until = Instant.EPOCH;
    private Duration lead = Duration.ZERO;
    private long reads;
    private long allowed;

    private @Nullable WantedScan wanted;

    private String holder = "";
    private Instant free = Instant.EPOCH;
    private @Nullable Instant wentBack;

    private ScanCursor(SendOnceSettings settings) {
        this.settings = settings;
    }

    static ScanCursor parse(String line, SendOnceSettings settings) {
        ScanText text = ScanText.parse(line);
        ScanCursor cursor = new ScanCursor(settings);
        cursor.phase = Phase.valueOf(text.text("phase", "NONE"));
        cursor.begun = text.time("begun", Instant.EPOCH);
        cursor.from = text.number("from", WantedScan.NOWHERE);
        cursor.fromTime = text.time("fromTime");
        cursor.before = text.time("before");
        cursor.deadEnd = text.has("deadEnd");
        cursor.next = text.number("next", 0);
        cursor.missing = (int) text.number("missing", 0);
        cursor.missingSince = text.time("missingSince");
        cursor.lastId = text.number("lastId", 0);
        cursor.lastToken = text.text("lastToken", "");
        cursor.covered = text.time("covered");
        cursor.headSeen = text.time("headSeen");
        cursor.until = text.time("until", Instant.EPOCH);
        cursor.lead = Duration.ofMillis(text.number("lead", 0));
        cursor.reads = text.number("reads", 0);
        cursor.allowed = text.number("allowed", 0);
        cursor.wanted = WantedScan.read(text);
        cursor.holder = text.text("holder", "");
        cursor.free = text.time("free", Instant.EPOCH);
        cursor.wentBack = text.time("wentBack");
        return cursor;
    }

    String text() {
        ScanText text = ScanText.empty().put("phase", phase.name()).put("begun", begun).put("from", from)
                .put("fromTime", fromTime).put("before", before).put("next", next).put("missing", missing)
                .put("missingSince", missingSince).put("lastId", lastId).put("lastToken", lastToken).put("covered", covered)
                .put("headSeen", headSeen).put("until", until).put("lead", lead.toMillis()).put("reads", reads)
                .put("allowed", allowed).put("holder", holder).put("free", free).put("wentBack", wentBack);
        if (deadEnd) {
            text.put("deadEnd", 1);
        }
        if (wanted != null) {
            wanted.write(text);
        }
        return text.toString();
    }

    // ---- what it says of a row -----------------------------------------------------------------------------------------

    /**
     * Whether the outcome of a row can be told.
     *
     * @param end   everything that was stored until then, by the ledger's clock, must have been read
     * @param after what was read before this moment, by the ledger's clock, does not count
     * @param ahead how far Postal's clock is known to be ahead of the ledger's
     */
    Coverage coverage(LedgerRow row, Instant end, Instant after, Duration ahead) {
        if (wentBack != null && !row.claimed().isAfter(wentBack)) {
            return Coverage.IMPOSSIBLE;
        }
        if (phase == Phase.NONE || !begun.isAfter(after)) {
            return Coverage.OPEN;
        }
        if (row.mark() == null && deadEnd) {
            return Coverage.IMPOSSIBLE;
        }
        boolean fromTheStart = row.mark() == null ? olderThan(row) : from <= row.mark().id();
        return phase == Phase.UP && fromTheStart && readBeyond(end, ahead) ? Coverage.COMPLETE : Coverage.OPEN;
    }

    private boolean olderThan(LedgerRow row) {
        return fromTime != null && fromTime.isBefore(row.claimed().minus(settings.margin()));
    }

    private boolean readBeyond(Instant end, Duration ahead) {
        return covered != null && covered.isAfter(end.plus(ahead).plus(settings.margin()))
                || headSeen != null && headSeen.isAfter(end.plus(settings.quiet()));
    }

    /** The last message read, if any: whatever is submitted after that gets a higher id. */
    @Nullable
    MessageMark last(Instant now) {
        return lastId == 0 ? null : new MessageMark(lastId, lastToken, now);
    }

    Instant free() {
        return free;
    }

    boolean heldBy(String reader) {
        return holder.equals(reader);
    }

    private boolean finished() {
        return phase == Phase.NONE || phase == Phase.UP && readBeyond(until, lead);
    }

    // ---- what keys want ------------------------------------------------------------------------------------------------

    /**
     * Has the row served: by this scan if it began late enough and low enough, else by the next one. While others wait for the
     * next scan this one is not made longer: on a busy mail server it would never end.
     *
     * @return whether anything changed
     */
    boolean want(LedgerRow row, Instant end, Instant after, Duration ahead) {
        long needed = settings.scanLimit() + 2L * row.recipients().size();
        boolean longEnough = !until.isBefore(end) && lead.compareTo(ahead) >= 0;
        if (begun.isAfter(after) && serves(row) && (longEnough || wanted == null)) {
            if (longEnough && allowed >= needed) {
                return false;
            }
            until = later(until, end);
            lead = lead.compareTo(ahead) > 0 ? lead : ahead;
            allowed = Math.max(allowed, needed);
            return true;
        }
        WantedScan more = (wanted == null ? WantedScan.nothing() : wanted).with(row, end, after, ahead, needed);
        boolean changed = !more.equals(wanted);
        wanted = more;
        return changed;
    }

    private boolean serves(LedgerRow row) {
        return row.mark() != null
                ? phase != Phase.NONE && from <= row.mark().id()
                : phase == Phase.UP ? olderThan(row) : before != null && !row.claimed().isBefore(before);
    }

    /** What others wanted, or learned, while this reader was reading. */
    void merge(ScanCursor stored) {
        wanted = stored.wanted;
        until = later(until, stored.until);
        lead = lead.compareTo(stored.lead) > 0 ? lead : stored.lead;
        allowed = Math.max(allowed, stored.allowed);
        wentBack = stored.wentBack;
    }

    /** Postal's ids went back, at the latest now: for keys claimed before, absence means nothing. */
    void idsWentBack(Instant now) {
        wentBack = now;
    }

    // ---- reading -------------------------------------------------------------------------------------------------------

    /**
     * Takes the right to read until {@code now} plus {@code lease}, and begins the next scan if this one is at its end.
     *
     * @param  highest the highest message known; null if none is
     * @return         false if there is nothing to read now
     */
    boolean take(String reader, Instant now, Duration lease, @Nullable MessageMark highest) {
        if (finished() && !begin(now, highest)) {
            return false;
        }
        holder = reader;
        free = now.plus(lease);
        return true;
    }

    private boolean begin(Instant now, @Nullable MessageMark highest) {
        if (wanted == null || !now.isAfter(wanted.after()) || wanted.from() == WantedScan.NOWHERE && highest == null) {
            return false;
        }
        begun = now;
        before = wanted.before();
        deadEnd = before != null && highest == null;
        lastId = 0;
        lastToken = "";
        covered = null;
        headSeen = null;
        until = wanted.until();
        lead = wanted.lead();
        reads = 0;
        allowed = wanted.reads();
        up(wanted.from());
        if (before != null && highest != null) {
            phase = Phase.DOWN;
            next = highest.id();
        }
        wanted = null;
        return true;
    }

    private void up(long start) {
        phase = Phase.UP;
        from = start;
        fromTime = start == 0 ? Instant.EPOCH : null;
        next = Math.max(1, start);
        missing = 0;
        missingSince = null;
        atHead = false;
    }

    boolean mayRead() {
        return !finished() && reads < allowed && !atHead;
    }

    long next() {
        return next;
    }

    void found(MessageRow row) {
        reads++;
        missing = 0;
        missingSince = null;
        if (phase == Phase.DOWN) {
            next--;
            if (row.timestamp().isBefore(Objects.requireNonNull(before).minus(settings.margin()))) {
                up(Math.min(from, row.id()));
            } else if (next == 0) {
                up(0);
            }
            return;
        }
        fromTime = fromTime == null ? row.timestamp() : fromTime;
        lastId = row.id();
        lastToken = row.token();
        covered = covered == null ? row.timestamp() : later(covered, row.timestamp());
        next++;
    }

    /**
     * @param asked   a moment before the message was asked for
     * @param highest the highest id known: below it, no number of missing ids is the end
     */
    void absent(Instant asked, long highest) {
        reads++;
        missing++;
        missingSince = missingSince == null ? asked : missingSince;
        if (phase == Phase.DOWN) {
            next--;
            if (missing >= settings.gap()) {
                // purged, or another database: what lies below cannot be told
                deadEnd = true;
                up(Math.min(from, next + missing + 1));
            } else if (next == 0) {
                up(0);
            }
            return;
        }
        next++;
        if (missing >= settings.gap() && next > highest) {
            headSeen = headSeen == null ? missingSince : later(headSeen, missingSince);
            next = Math.max(Math.max(1, from), lastId + 1);
            missing = 0;
            missingSince = null;
            atHead = true;
        }
    }

    /**
     * Gives the right to read back.
     *
     * @param earliest when the pace allows the next read
     */
    void release(Instant now, Instant earliest) {
        holder = "";
        free = earliest;
        if (!finished() && reads >= allowed) {
            free = now.plus(settings.scanRest());
            allowed = reads + settings.scanLimit();
        } else if (atHead) {
            // there is no sense in looking again before the quiet time is over
            free = later(earliest, until.plus(settings.quiet()).plusMillis(1));
        }
        atHead = false;
    }
}
