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

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeoutException;

import io.github.camelpostal.internal.ledger.SendOnceCounters.Count;
import io.github.camelpostal.ledger.InMemorySendLedger;
import io.github.camelpostal.ledger.LedgerRow;
import io.github.camelpostal.ledger.LedgerRow.State;
import io.github.camelpostal.ledger.LedgerUnavailableException;
import io.github.camelpostal.ledger.MessageMark;
import io.github.camelpostal.ledger.PostalSendLedger;
import io.github.camelpostal.ledger.StoredCopy;
import io.github.camelpostal.testing.TestClock;
import org.junit.jupiter.api.Test;

/** What counts as proof that Postal has a mail: an event, a message that was found, or the word of a person. */
class ProofOfAcceptanceTest {

    private static final String SERVER = "main";

    private final TestClock time = TestClock.standingStill();
    private final InMemorySendLedger ledger = new InMemorySendLedger(time);
    private final SendOnceCounters counters = new SendOnceCounters();
    private final SendOnceSettings settings = SendOnceSettings.of(Duration.ofMinutes(10), Duration.ofSeconds(60),
            Duration.ofDays(7));
    private final MarkKeeper marks = new MarkKeeper(SERVER, ledger, settings, time, counters);
    private final EventSettlement events = new EventSettlement(SERVER, ledger, marks, counters);
    private final SettlementByHand hand = new SettlementByHand(ledger, marks, new RandomIds(new Random(1)));

    private LedgerRow put(String key, State state, int calls, boolean ownMessageId, String... recipients) {
        Instant now = time.instant();
        LedgerRow row = new LedgerRow(key, SERVER, "1:a", "mid@x", ownMessageId, List.of(recipients), List.of(), state, "owner",
                0, now, now.plusSeconds(60), calls, null, new MessageMark(10, "ten", now), Map.of(), now);
        ledger.putIfAbsent(row);
        return row;
    }

    private LedgerRow stored(String key) {
        return ledger.get(key).orElseThrow();
    }

    private void sent(long id, String recipient) {
        events.event(id, "token" + id, true, "mid@x", recipient);
    }

    @Test
    void anEventProvesTheRecipientThatItNames() {
        put("key", State.UNCERTAIN, 1, false, "a@x", "b@x");

        sent(11, "a@x");
        assertThat(stored("key").copies()).containsOnly(Map.entry("a@x", new StoredCopy(11, "token11")));
        assertThat(stored("key").state()).isEqualTo(State.UNCERTAIN);

        sent(11, "b@x");
        assertThat(stored("key").copies()).as("a message has one recipient").containsOnlyKeys("a@x");

        sent(12, "B@X");
        assertThat(stored("key").state()).isEqualTo(State.ACCEPTED);
        assertThat(counters.get(Count.SETTLED_BY_EVENT)).isEqualTo(2);

        sent(13, "a@x");
        assertThat(stored("key").copies().get("a@x").id()).isEqualTo(11);
        assertThat(counters.get(Count.SETTLED_BY_EVENT)).isEqualTo(2);
    }

    @Test
    void anEventThatCouldBeAboutTwoRecipientsProvesNeither() {
        put("key", State.UNCERTAIN, 1, false, "a@x", "A@x", "b@x");

        sent(11, "a@X");
        assertThat(stored("key").copies()).isEmpty();

        sent(12, "A@x");
        assertThat(stored("key").copies()).as("exactly so").containsOnlyKeys("A@x");
    }

    @Test
    void anEventAboutAnotherMailProvesNothing() {
        put("key", State.UNCERTAIN, 1, false, "a@x");

        events.event(11, "t", false, "mid@x", "a@x");
        events.event(12, "t", true, null, "a@x");
        events.event(13, "t", true, "mid@x", null);
        events.event(14, "t", true, "another@x", "a@x");
        sent(15, "c@x");

        assertThat(stored("key").copies()).isEmpty();
        assertThat(counters.get(Count.SETTLED_BY_EVENT)).isZero();
        assertThat(marks.current().orElseThrow().id()).as("of each the id is of use").isEqualTo(15);
    }

    @Test
    void aKeyThatHasCalledNobodyHasNoMail() {
        LedgerRow row = put("key", State.CLAIMED, 0, false, "a@x");

        sent(11, "a@x");

        assertThat(stored("key")).isEqualTo(row);
    }

    /** The application may have used its Message-ID before. */
    @Test
    void aMailFromBeforeTheKeyWithTheSameMessageIdProvesNothing() {
        LedgerRow row = put("key", State.UNCERTAIN, 1, true, "a@x");

        sent(9, "a@x");
        sent(10, "a@x");
        assertThat(stored("key")).isEqualTo(row);

        sent(11, "a@x");
        assertThat(stored("key").state()).isEqualTo(State.ACCEPTED);
    }

    @Test
    void aMailThatCouldBeOfTwoKeysProvesNeitherAndBothLookAgain() {
        put("one", State.UNCERTAIN, 1, true, "a@x");
        put("two", State.UNCERTAIN, 1, true, "a@x");
        time.advance(Duration.ofSeconds(5));

        sent(11, "a@x");

        for (String key : List.of("one", "two")) {
            assertThat(stored(key).copies()).isEmpty();
            assertThat(stored(key).changed()).as("since then all must be read again").isEqualTo(time.instant());
        }
        assertThat(counters.get(Count.SETTLED_BY_EVENT)).isZero();
    }

    @Test
    void anEventThatTheLedgerCannotBeToldIsCountedAndIsNoFault() {
        PostalSendLedger away = (PostalSendLedger) Proxy.newProxyInstance(PostalSendLedger.class.getClassLoader(),
                new Class<?>[]{PostalSendLedger.class}, (proxy, method, arguments) -> {
                    throw new LedgerUnavailableException("away", new TimeoutException());
                });

        new EventSettlement(SERVER, away, new MarkKeeper(SERVER, away, settings, time, counters), counters).event(11, "t", true,
                "mid@x", "a@x");

        assertThat(counters.get(Count.EVENTS_UNRECORDED)).isEqualTo(1);
        assertThat(counters.get(Count.SETTLED_BY_EVENT)).isZero();
    }

    // ---- by hand -------------------------------------------------------------------------------------------------------

    @Test
    void aPersonCannotSettleWhatSomebodyIsAtWorkOn() {
        put("key", State.CLAIMED, 1, false, "a@x");
        events.event(20, "twenty", true, null, null);

        assertThat(hand.accepted("no such key")).isFalse();
        time.advance(Duration.ofSeconds(60));
        assertThat(hand.accepted("key")).as("the lease is alive to its last moment").isFalse();
        assertThat(hand.absent("key")).isFalse();
        assertThat(stored("key").state()).isEqualTo(State.CLAIMED);

        time.advance(Duration.ofMillis(1));
        assertThat(hand.accepted("key")).isTrue();
        assertThat(stored("key").state()).isEqualTo(State.ACCEPTED);
        assertThat(stored("key").changed()).isEqualTo(time.instant());
    }

    @Test
    void whatAPersonCallsAbsentIsLookedForFromNowOn() {
        put("key", State.UNCERTAIN, 1, false, "a@x");
        assertThatThrownBy(() -> hand.absent("key")).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("send a mail without a key first");
        assertThat(stored("key").owner()).isEqualTo("owner");
        time.advance(Duration.ofSeconds(5));
        events.event(20, "twenty", true, null, null);

        assertThat(hand.absent("key")).isTrue();

        assertThat(stored("key")).satisfies(row -> {
            assertThat(row.state()).isEqualTo(State.UNCERTAIN);
            assertThat(row.mark().id()).isEqualTo(20);
            assertThat(row.owner()).isNotEqualTo("owner");
            assertThat(row.claimed()).isEqualTo(time.instant());
        });
    }

    @Test
    void aPersonAndAnEventAtOnceAreNoFault() {
        put("key", State.UNCERTAIN, 1, false, "a@x", "b@x");
        boolean[] meanwhile = {false};
        PostalSendLedger disturbed = (PostalSendLedger) Proxy.newProxyInstance(PostalSendLedger.class.getClassLoader(),
                new Class<?>[]{PostalSendLedger.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("compareAndSet") && !meanwhile[0]) {
                        meanwhile[0] = true;
                        sent(11, "a@x");
                    }
                    try {
                        return method.invoke(ledger, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });

        assertThat(new SettlementByHand(disturbed, marks, new RandomIds(new Random(1))).accepted("key")).isTrue();

        assertThat(stored("key").state()).isEqualTo(State.ACCEPTED);
        assertThat(stored("key").copies()).as("what the event said is kept").containsOnlyKeys("a@x");
    }
}
