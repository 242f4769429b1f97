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

import io.github.camelpostal.internal.ledger.SendOnceCounters.Count;
import io.github.camelpostal.ledger.LedgerUnavailableException;
import io.github.camelpostal.ledger.PostalSendLedger;
import io.github.camelpostal.ledger.StoredCopy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles by what Postal posts: an event about an outgoing message proves that its recipient was accepted, long before anything
 * needs to be read. Called before any filter, and never fails: an event that is lost here is found by reading.
 */
public final class EventSettlement {

    private static final Logger LOG = LoggerFactory.getLogger(EventSettlement.class);

    private final String mailServer;
    private final PostalSendLedger ledger;
    private final StoredCopyRecorder recorder;
    private final MarkKeeper marks;
    private final SendOnceCounters counters;

    /** @param mailServer the mail server that posts to this consumer, called as {@link SendOnce} calls it */
    public EventSettlement(String mailServer, PostalSendLedger ledger, MarkKeeper marks, SendOnceCounters counters) {
        this.mailServer = mailServer;
        this.ledger = ledger;
        this.recorder = new StoredCopyRecorder(ledger);
        this.marks = marks;
        this.counters = counters;
    }

    /**
     * @param outgoing  whether the event is about a message that was sent; of others only the id is of use
     * @param messageId without angle brackets
     */
    public void event(long id, String token, boolean outgoing, @Nullable String messageId, @Nullable String rcptTo) {
        try {
            marks.learn(id, token, LedgerTime.now(ledger));
            if (outgoing && messageId != null && rcptTo != null
                    && recorder.record(mailServer, messageId, rcptTo, new StoredCopy(id, token))) {
                counters.add(Count.SETTLED_BY_EVENT);
            }
        } catch (LedgerUnavailableException e) {
            counters.add(Count.EVENTS_UNRECORDED);
            LOG.debug("An event could not be used for settling", e);
        }
    }
}
