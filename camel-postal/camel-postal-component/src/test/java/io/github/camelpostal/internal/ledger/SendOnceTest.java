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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

import io.github.camelpostal.internal.ledger.RawSubmission.Outcome;
import io.github.camelpostal.internal.ledger.SendOnceCounters.Count;
import io.github.camelpostal.internal.ledger.SendOnceRequest.Addressees;
import io.github.camelpostal.ledger.InMemorySendLedger;
import io.github.camelpostal.ledger.LedgerRow;
import io.github.camelpostal.ledger.LedgerRow.State;
import io.github.camelpostal.ledger.StoredCopy;
import io.github.camelpostal.testing.LogCapture;
import io.github.camelpostal.testing.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each attack that the documentation names, alone. */
class SendOnceTest {

    private static final String SERVER = "main";
    private static final List<String> BOTH = List.of("a@x.test", "b@x.test");

    /** The one clock of everything here. */
    private final TestClock time = TestClock.standingStill();
    private final InMemorySendLedger ledger = new InMemorySendLedger(time);
    private final TreeMap<Long, MessageRow> stored = new TreeMap<>();
    private final SendOnceCounters counters = new SendOnceCounters();
    private final SendOnceSettings settings = SendOnceSettings.of(Duration.ofMinutes(10), Duration.ofSeconds(60),
            Duration.ofDays(7));
    private final MarkKeeper marks = new MarkKeeper(SERVER, ledger, settings, time, counters);
    private final RandomIds random = new RandomIds(new Random(1));
    private final SendOnce sendOnce = sendOnce(SERVER);
    private final List<List<String>> submitted = new ArrayList<>();
    private final List<String> messageIds = new ArrayList<>();

    private SendOnce sendOnce(String server) {
        MessageRows rows = (id, atMost) -> {
            time.advance(Duration.ofMillis(30));
            return Optional.ofNullable(stored.get(id));
        };
        return new SendOnce(server, ledger, rows, settings, marks, time, time::advance, random, counters);
    }

    @BeforeEach
    void aMessageIsKnown() {
        MessageRow row = store("else@x.test", "else", true);
        marks.learn(row.id(), row.token(), time.instant());
        time.advance(Duration.ofSeconds(1));
    }

    private MessageRow store(String recipient, String messageId, boolean outgoing) {
        long id = stored.isEmpty() ? 1 : stored.lastKey() + 1;
        MessageRow row = new MessageRow(id, "token" + id, outgoing, recipient, messageId, time.instant(), true);
        stored.put(id, row);
        return row;
    }

    private Outcome.Unclear lost(String messageId, String... taken) {
        for (String recipient : taken) {
            store(recipient, messageId, true);
        }
        return new Outcome.Unclear(new IllegalStateException("time-out"));
    }

    private Outcome taken(List<String> recipients, String messageId) {
        Map<String, StoredCopy> copies = new LinkedHashMap<>();
        for (String recipient : recipients) {
            MessageRow row = store(recipient, messageId, true);
            copies.put(recipient, new StoredCopy(row.id(), row.token()));
        }
        return new Outcome.Taken(copies);
    }

    /** What Postal does with a call. */
    @FunctionalInterface
    private interface Call {
        Outcome submit(List<String> recipients, String messageId);
    }

    private SendOnceResult send(Call call) {
        return send(sendOnce, "key", "1:a", call);
    }

    private SendOnceResult send(SendOnce by, String key, String fingerprint, Call call) {
        return by.send(key, new SendOnceRequest(fingerprint, false, () -> random.messageId("x.test"),
                () -> new Addressees(BOTH, List.of("left-out@x.test"))), (row, recipients) -> {
                    submitted.add(recipients);
                    messageIds.add(row.messageId());
                    return call.submit(recipients, row.messageId());
                });
    }

    private SendOnceResult.Uncertain uncertain(SendOnceResult result) {
        assertThat(result).isInstanceOf(SendOnceResult.Uncertain.class);
        return (SendOnceResult.Uncertain) result;
    }

    private static Outcome noCall(List<String> recipients, String messageId) {
        throw new AssertionError("no call is allowed here");
    }

    @Test
    void aRetryAfterASuccessReturnsItsResultWithoutACall() {
        SendOnceResult.Sent first = (SendOnceResult.Sent) send(this::taken);
        assertThat(first.duplicate()).isFalse();
        assertThat(first.copies()).containsOnlyKeys(BOTH);
        assertThat(first.suppressed()).containsExactly("left-out@x.test");

        SendOnceResult.Sent second = (SendOnceResult.Sent) send(SendOnceTest::noCall);
        assertThat(second.duplicate()).isTrue();
        assertThat(second.copies()).isEqualTo(first.copies());
    }

    @Test
    void aLostResponseIsFoundAtPostal() {
        assertThat(uncertain(send((to, id) -> lost(id, "a@x.test", "b@x.test"))).unknown()).containsExactlyElementsOf(BOTH);
        assertThat(((SendOnceResult.Sent) send(SendOnceTest::noCall)).duplicate()).isTrue();
        assertThat(counters.get(Count.SETTLED_FOUND)).isEqualTo(2);
    }

    @Test
    void whatIsMissingIsSentAgainAfterResendAfterWithTheSameMessageId() {
        send((to, id) -> lost(id, "a@x.test"));
        time.advance(Duration.ofMinutes(1));
        SendOnceResult.Uncertain early = uncertain(send(SendOnceTest::noCall));
        assertThat(early.accepted()).containsExactly("a@x.test");
        assertThat(early.missing()).containsExactly("b@x.test");
        assertThat(early.unknown()).isEmpty();

        time.advance(Duration.ofMinutes(10));
        SendOnceResult last = repeat(this::taken);
        assertThat(((SendOnceResult.Sent) last).copies()).containsOnlyKeys(BOTH);
        assertThat(submitted).containsExactly(BOTH, List.of("b@x.test"));
        assertThat(messageIds.get(1)).isEqualTo(messageIds.get(0));
    }

    /** As a route does that waits between its attempts. */
    private SendOnceResult repeat(Call call) {
        SendOnceResult result = send(call);
        for (int i = 0; i < 20 && result instanceof SendOnceResult.Uncertain; i++) {
            time.advance(Duration.ofSeconds(10));
            result = send(call);
        }
        return result;
    }

    @Test
    void aLateCommitAfterAbsenceIsFoundInsteadOfSentAgain() {
        send((to, id) -> lost(id));
        time.advance(Duration.ofMinutes(1));
        assertThat(uncertain(send(SendOnceTest::noCall)).missing()).containsExactlyElementsOf(BOTH);
        BOTH.forEach(recipient -> store(recipient, messageIds.get(0), true));
        time.advance(Duration.ofMinutes(10));
        assertThat(repeat(SendOnceTest::noCall)).isInstanceOf(SendOnceResult.Sent.class);
    }

    @Test
    void anotherMailOrMailServerUnderTheKeyIsRefused() {
        send(this::taken);
        assertThat(send(sendOnce, "key", "1:b", SendOnceTest::noCall)).isInstanceOf(SendOnceResult.KeyReused.class);
        assertThat(send(sendOnce("second"), "key", "1:a", SendOnceTest::noCall)).isInstanceOf(SendOnceResult.KeyReused.class);
    }

    @Test
    void aRefusedFirstCallLeavesNoTrace() {
        IllegalStateException refusal = new IllegalStateException("refused");
        SendOnceResult.NotTaken refused = (SendOnceResult.NotTaken) send((to, id) -> new Outcome.NotTaken(refusal));
        assertThat(refused.cause()).isSameAs(refusal);
        assertThat(refused.accepted()).isEmpty();
        assertThat(ledger.get("key")).isEmpty();
        assertThat(send(this::taken)).isInstanceOf(SendOnceResult.Sent.class);
    }

    @Test
    void aRefusedSecondCallSaysWhatTheFirstAchievedAndCanBeMadeAgainAtOnce() {
        send((to, id) -> lost(id, "a@x.test"));
        time.advance(Duration.ofMinutes(12));
        SendOnceResult result = repeat((to, id) -> new Outcome.NotTaken(new IllegalStateException("suspended")));
        assertThat(((SendOnceResult.NotTaken) result).accepted()).containsExactly("a@x.test");
        assertThat(ledger.get("key").orElseThrow().state()).isEqualTo(State.UNCERTAIN);
        assertThat(send(this::taken)).isInstanceOf(SendOnceResult.Sent.class);
    }

    @Test
    void aCrashedCallIsSettledWhenItsLeaseIsOver() {
        assertThatThrownBy(() -> send((to, id) -> {
            lost(id, "a@x.test", "b@x.test");
            throw new OutOfMemoryError("crash");
        })).isInstanceOf(OutOfMemoryError.class);
        assertThat(uncertain(send(SendOnceTest::noCall)).unknown()).containsExactlyInAnyOrderElementsOf(BOTH);
        time.advance(Duration.ofSeconds(61));
        assertThat(send(SendOnceTest::noCall)).isInstanceOf(SendOnceResult.Sent.class);
    }

    @Test
    void anIncomingCopyAndAnotherSendersMailProveNothing() {
        send((to, id) -> {
            store("a@x.test", id, false);
            store("b@x.test", "another", true);
            return lost(id);
        });
        time.advance(Duration.ofMinutes(1));
        assertThat(uncertain(send(SendOnceTest::noCall)).missing()).containsExactlyElementsOf(BOTH);
    }

    @Test
    void aRecipientInOtherLetterCaseAndASecondRowAreRecognised() {
        send((to, id) -> lost(id, "A@X.test", "b@x.test", "b@x.test"));
        assertThat(((SendOnceResult.Sent) send(SendOnceTest::noCall)).copies().get("b@x.test").id()).isEqualTo(3);
    }

    @Test
    void aMailThatIsStillPendingAfterAnHourIsReported() {
        send((to, id) -> lost(id, "a@x.test", "b@x.test"));
        assertThat(send(SendOnceTest::noCall)).isInstanceOf(SendOnceResult.Sent.class);
        try (LogCapture log = new LogCapture()) {
            sendOnce.continueInBackground();
            assertThat(log.lines()).isEmpty();
            time.advance(Duration.ofMinutes(61));
            sendOnce.continueInBackground();
            assertThat(log.lines()).singleElement().asString().startsWith("WARN").contains("Message 2 ", "still Pending");
        }
    }

    @Test
    void anEventSettlesBeforeAnythingIsRead() {
        EventSettlement events = new EventSettlement(SERVER, ledger, marks, counters);
        send((to, id) -> lost(id, "a@x.test", "b@x.test"));
        stored.values().forEach(row -> events.event(row.id(), row.token(), true, row.messageId(), row.rcptTo()));
        long reads = counters.get(Count.READS);
        assertThat(send(SendOnceTest::noCall)).isInstanceOf(SendOnceResult.Sent.class);
        assertThat(counters.get(Count.READS)).isEqualTo(reads);
        assertThat(counters.get(Count.SETTLED_BY_EVENT)).isEqualTo(2);
    }

    @Test
    void purgedRowsMakeItUnknownForEver() {
        send((to, id) -> lost(id));
        stored.clear();
        stored.put(500L, new MessageRow(500, "later", true, "x", "y", time.instant(), false));
        time.advance(Duration.ofMinutes(30));
        assertThat(uncertain(repeat(SendOnceTest::noCall)).unknown()).containsExactlyElementsOf(BOTH);
    }

    @Test
    void idsThatAreGivenAwayAgainMakeItUnknown() {
        send((to, id) -> lost(id));
        stored.clear();
        store("else@x.test", "else", true);
        stored.replaceAll((id, row) -> new MessageRow(id, "restored", true, "x", "y", time.instant(), false));
        time.advance(Duration.ofMinutes(30));
        assertThat(uncertain(repeat(SendOnceTest::noCall)).unknown()).containsExactlyElementsOf(BOTH);
        assertThat(counters.get(Count.IDS_WENT_BACK)).isPositive();
        // and the mail server is usable again
        assertThat(send(sendOnce, "next", "1:a", this::taken)).isInstanceOf(SendOnceResult.Sent.class);
    }

    @Test
    void postalIsReadAFewTimesASecondAndRestsAtTheCap() {
        send((to, id) -> lost(id));
        for (int i = 0; i < 5_000; i++) {
            store("x@x.test", "other-" + i, true);
        }
        Instant start = time.instant();
        long before = counters.get(Count.READS);
        for (int i = 0; i < 100; i++) {
            send(SendOnceTest::noCall);
        }
        long reads = counters.get(Count.READS) - before;
        // each exchange also looks at two marks
        long scanned = reads - 200;
        assertThat(scanned).isLessThanOrEqualTo(2_004);
        assertThat(scanned).isLessThanOrEqualTo(5 * (Duration.between(start, time.instant()).toSeconds() + 1));
    }

    @Test
    void aPersonSettlesWhatNobodyElseCan() {
        SettlementByHand hand = new SettlementByHand(ledger, marks, random);
        send((to, id) -> lost(id));
        assertThat(hand.accepted("key")).isTrue();
        assertThat(hand.accepted("key")).as("once").isFalse();
        assertThat(send(SendOnceTest::noCall)).isInstanceOf(SendOnceResult.Sent.class);
    }

    @Test
    void whatAPersonCallsAbsentIsSentAgain() {
        SettlementByHand hand = new SettlementByHand(ledger, marks, random);
        send((to, id) -> lost(id));
        assertThat(hand.absent("key")).isTrue();
        time.advance(Duration.ofMinutes(11));
        assertThat(repeat(this::taken)).isInstanceOf(SendOnceResult.Sent.class);
        assertThat(submitted).hasSize(2);
    }

    @Test
    void resendAfterMustOutlastEveryCallThatMayStillRun() {
        assertThatThrownBy(() -> SendOnceSettings.of(Duration.ofSeconds(90), Duration.ofSeconds(60), Duration.ofDays(1))
                .checked(Duration.ofSeconds(5), Duration.ofSeconds(30))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("resendAfter").hasMessageContaining("ledgerLease");
        SendOnceSettings.of(Duration.ZERO, Duration.ofSeconds(60), Duration.ofDays(1)).checked(Duration.ofSeconds(5),
                Duration.ofSeconds(30));
    }

    @Test
    void anExpiredClaimWithoutACallIsClaimedAgain() {
        Instant now = time.instant();
        ledger.putIfAbsent(
                new LedgerRow("key", SERVER, "1:a", "mid", false, BOTH, List.of(), State.CLAIMED, "gone", 0, now, now,
                        0, null, null, Map.of(), now));
        time.advance(Duration.ofSeconds(1));
        assertThat(send(this::taken)).isInstanceOf(SendOnceResult.Sent.class);
        assertThat(messageIds).containsExactly("mid");
    }
}
