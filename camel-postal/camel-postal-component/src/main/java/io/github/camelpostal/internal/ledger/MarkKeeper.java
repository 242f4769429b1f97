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

import io.github.camelpostal.internal.ledger.SendOnceCounters.Count;
import io.github.camelpostal.ledger.MailServerMark;
import io.github.camelpostal.ledger.MessageMark;
import io.github.camelpostal.ledger.PostalSendLedger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the highest message id that is known of a mail server, and notices when Postal's ids go back.
 *
 * <p>
 * A mark that is a second old is as good as a new one, only lower, so the ledger is read and written at most once a second, not
 * for every mail.
 */
public final class MarkKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(MarkKeeper.class);
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final String mailServer;
    private final PostalSendLedger ledger;
    private final SendOnceSettings settings;
    private final Clock clock;
    private final SendOnceCounters counters;

    // guarded by this; never held while the ledger is asked, or one slow read would stop every send
    private @Nullable MessageMark known;
    private boolean unwritten;
    private boolean readOnce;
    private Instant asked = Instant.EPOCH;

    public MarkKeeper(String mailServer, PostalSendLedger ledger, SendOnceSettings settings, Clock clock,
            SendOnceCounters counters) {
        this.mailServer = mailServer;
        this.ledger = ledger;
        this.settings = settings;
        this.clock = clock;
        this.counters = counters;
    }

    /** A message that is stored already; empty if none is known. */
    public Optional<MessageMark> current() {
        synchronized (this) {
            Instant now = clock.instant();
            if (readOnce && Duration.between(asked, now).abs().compareTo(FRESH) < 0) {
                return Optional.ofNullable(known);
            }
            asked = now;
        }
        synchronizeWithLedger();
        synchronized (this) {
            return Optional.ofNullable(known);
        }
    }

    /**
     * A message of this mail server is known now, of whatever direction and sender.
     *
     * @param time the ledger's time, not before the message was stored
     */
    public void learn(long id, String token, Instant time) {
        synchronized (this) {
            if (token.isEmpty() || known != null && id <= known.id()) {
                return;
            }
            known = new MessageMark(id, token, time);
            unwritten = true;
        }
        current();
    }

    private void synchronizeWithLedger() {
        Optional<MailServerMark> stored = ledger.mark(mailServer);
        MailServerMark present = stored.orElse(MailServerMark.first(mailServer));
        MessageMark theirs = present.mark();
        MessageMark toWrite;
        synchronized (this) {
            toWrite = unwritten && known != null && (theirs == null || theirs.id() < known.id()) ? known : null;
            if (toWrite == null) {
                // even if it is lower: another node may have noticed that the ids went back
                known = theirs;
            }
            unwritten = false;
            readOnce = true;
        }
        if (toWrite != null) {
            // lost against another node's write: the next one will do, a low mark only costs reads
            ledger.advanceMark(stored.orElse(null), present.withMark(toWrite));
        }
    }

    /**
     * Postal's ids went back, as after a restored database: an id was given to a message that is not later than one that had a
     * higher id before. What happened to mails before this moment cannot be told from what is missing any more.
     */
    void idsWentBack() {
        synchronized (this) {
            known = null;
            unwritten = false;
            readOnce = false;
        }
        counters.add(Count.IDS_WENT_BACK);
        LOG.warn("Message ids of mail server {} went back, as after a restored database: keys that are uncertain now stay "
                + "unknown until they are settled by hand", mailServer);
        Optional<MailServerMark> stored = ledger.mark(mailServer);
        while (stored.isPresent()) {
            MailServerMark present = stored.get();
            ScanCursor cursor = ScanCursor.parse(present.scan(), settings);
            cursor.idsWentBack(LedgerTime.now(ledger));
            if (ledger.advanceMark(present, present.withoutMark(cursor.text()))) {
                return;
            }
            stored = ledger.mark(mailServer);
        }
    }
}
