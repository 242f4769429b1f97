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

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link PostalSendLedger} keeps of one idempotency key. Immutable; a change is a new row with the next revision, written
 * by {@link PostalSendLedger#compareAndSet}.
 *
 * @param key          what the application calls this mail, up to 255 characters
 * @param mailServer   the mail server that it is sent through
 * @param fingerprint  a versioned hash of what the application gave; another one under the same key is refused
 * @param messageId    the Message-ID without angle brackets, known before the first call
 * @param ownMessageId whether the application chose the Message-ID, so that other mails may have it too
 * @param recipients   bare addresses that the mail is submitted to, in order, each once
 * @param suppressed   bare addresses that were left out
 * @param state        what is known
 * @param owner        random token of the claim; only who knows it may write as the claim's holder
 * @param revision     0 for the first, one more with every write
 * @param claimed      when the key was claimed first
 * @param leaseEnd     until when the claim's holder may be at work
 * @param calls        how many calls to Postal may have begun; 0 means that nothing was ever sent
 * @param callEnd      when the last call ended without a clear result; null if none did
 * @param mark         a message stored before the first call whose result is open; null if none was known
 * @param copies       from recipient to the message that Postal stored for it, as far as known
 * @param changed      when this revision was written
 */
public record LedgerRow(String key, String mailServer, String fingerprint, String messageId, boolean ownMessageId,
        List<String> recipients, List<String> suppressed, State state, String owner, long revision, Instant claimed,
        Instant leaseEnd, int calls, @Nullable Instant callEnd, @Nullable MessageMark mark, Map<String, StoredCopy> copies,
        Instant changed) {

    /** What is known of a key. */
    public enum State {
        /** Somebody works on it, or did until it crashed. */
        CLAIMED,
        /** A call ended without a clear result. */
        UNCERTAIN,
        /** Postal has a copy for every recipient. */
        ACCEPTED
    }

    public LedgerRow {
        recipients = List.copyOf(recipients);
        suppressed = List.copyOf(suppressed);
        copies = Collections.unmodifiableMap(new LinkedHashMap<>(copies));
    }

    /** The recipients for which no copy is known, in order. */
    public Set<String> open() {
        return recipients.stream().filter(recipient -> !copies.containsKey(recipient))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The moment after which no call of this key that is known of can still be running: the later of call end and lease end. */
    public Instant end() {
        return callEnd != null && callEnd.isAfter(leaseEnd) ? callEnd : leaseEnd;
    }

    /** The next revision: claimed by another owner. The mark is that of the claim, unless an earlier one is still needed. */
    public LedgerRow claimedBy(String newOwner, Instant now, Instant newLeaseEnd, @Nullable MessageMark newMark) {
        return new LedgerRow(key, mailServer, fingerprint, messageId, ownMessageId, recipients, suppressed, State.CLAIMED,
                newOwner, revision + 1, claimed, newLeaseEnd, calls, callEnd, newMark, copies, now);
    }

    /** The next revision: the lease is renewed and a call is about to begin. */
    public LedgerRow calling(Instant now, Instant newLeaseEnd) {
        return new LedgerRow(key, mailServer, fingerprint, messageId, ownMessageId, recipients, suppressed, State.CLAIMED,
                owner, revision + 1, claimed, newLeaseEnd, calls + 1, callEnd, mark, copies, now);
    }

    /** The next revision: the last call has ended, at the latest now, and its result is not clear. */
    public LedgerRow uncertain(Instant now) {
        return new LedgerRow(key, mailServer, fingerprint, messageId, ownMessageId, recipients, suppressed, State.UNCERTAIN,
                owner, revision + 1, claimed, now, calls, now, mark, copies, now);
    }

    /** The next revision: taken away from a holder whose lease has expired, to be settled. */
    public LedgerRow takenOver(String newOwner, Instant now) {
        return new LedgerRow(key, mailServer, fingerprint, messageId, ownMessageId, recipients, suppressed, State.UNCERTAIN,
                newOwner, revision + 1, claimed, leaseEnd, calls, callEnd, mark, copies, now);
    }

    /** The next revision: the call that was about to begin ended with the certainty that it changed nothing at Postal. */
    public LedgerRow backTo(LedgerRow before, Instant now) {
        return new LedgerRow(key, mailServer, fingerprint, messageId, ownMessageId, recipients, suppressed, State.UNCERTAIN,
                owner, revision + 1, claimed, before.leaseEnd, calls, before.callEnd, mark, copies, now);
    }

    /** The next revision: an operator knows that all recipients were accepted. */
    public LedgerRow acceptedByHand(Instant now) {
        return new LedgerRow(key, mailServer, fingerprint, messageId, ownMessageId, recipients, suppressed, State.ACCEPTED,
                owner, revision + 1, claimed, leaseEnd, calls, callEnd, mark, copies, now);
    }

    /** The next revision: an operator knows that what is open is not at Postal, at least not up to this mark. */
    public LedgerRow absentByHand(String newOwner, MessageMark newMark, Instant now) {
        return new LedgerRow(key, mailServer, fingerprint, messageId, ownMessageId, recipients, suppressed, State.UNCERTAIN,
                newOwner, revision + 1, now, now, calls, null, newMark, copies, now);
    }

    /** The next revision: these copies are known too. With all recipients known the row is accepted. */
    public LedgerRow withCopies(Map<String, StoredCopy> more, Instant now) {
        Map<String, StoredCopy> all = new LinkedHashMap<>(copies);
        more.forEach(all::putIfAbsent);
        State next = all.keySet().containsAll(recipients) ? State.ACCEPTED : state;
        return new LedgerRow(key, mailServer, fingerprint, messageId, ownMessageId, recipients, suppressed, next, owner,
                revision + 1, claimed, leaseEnd, calls, callEnd, mark, all, now);
    }

    /** The next revision: nothing but the time of the last change is new. */
    public LedgerRow touched(Instant now) {
        return withCopies(Map.of(), now);
    }

    /** Without the addresses. */
    @Override
    public String toString() {
        return "LedgerRow[" + state + ", revision " + revision + ", " + recipients.size() + " recipients, " + copies.size()
                + " found, " + calls + " calls]";
    }
}
