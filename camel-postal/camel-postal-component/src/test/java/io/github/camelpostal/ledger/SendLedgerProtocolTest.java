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

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.github.camelpostal.ledger.LedgerRow.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every ledger promises; one subclass for each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SendLedgerProtocolTest {

    private static final String SERVER = "https://postal.example.com/billing";
    private static int number;

    abstract PostalSendLedger ledger();

    private static synchronized String unique(String name) {
        return name + "-" + ++number;
    }

    private LedgerRow row(String key) {
        Instant now = ledger().now().truncatedTo(ChronoUnit.MILLIS);
        return new LedgerRow(key, SERVER, "1:abc", "id-of-" + key, false, List.of("a@example.com", "B@example.com"),
                List.of("left-out@example.com"), State.CLAIMED, "owner", 0, now, now.plusSeconds(60), 0, null,
                new MessageMark(41, "markToken", now), Map.of(), now);
    }

    @Test
    void keepsAKeyOnce() {
        LedgerRow first = row(unique("key"));
        assertThat(ledger().get(first.key())).isEmpty();
        assertThat(ledger().putIfAbsent(first)).isEmpty();

        LedgerRow second = new LedgerRow(first.key(), "another", "1:def", "another", true, List.of(), List.of(),
                State.UNCERTAIN,
                "else", 7, first.claimed(), first.claimed(), 1, null, null, Map.of(), first.claimed());
        assertThat(ledger().putIfAbsent(second)).contains(first);
        assertThat(ledger().get(first.key())).contains(first);
    }

    @Test
    void looksAtAKeyAndTheTimeAtOnce() {
        String key = unique("key");
        Instant before = ledger().now();
        PostalSendLedger.Reading nothing = ledger().look(key);
        assertThat(nothing.row()).isNull();
        assertThat(nothing.time()).isBetween(before, ledger().now());

        LedgerRow row = row(key);
        ledger().putIfAbsent(row);
        assertThat(ledger().look(key).row()).isEqualTo(row);
    }

    @Test
    void givesBackEveryFieldAsItWas() {
        Map<String, StoredCopy> copies = new LinkedHashMap<>();
        copies.put("a@example.com", new StoredCopy(Long.MAX_VALUE, "tokenA"));
        copies.put("ü \"ö\\\n@exämple.com", new StoredCopy(1, "tokenB"));
        LedgerRow row = row(unique("key \\ \u0000 ü \uD83D\uDCE7 'x' \n"));
        Instant now = row.claimed();
        LedgerRow full = new LedgerRow(row.key(), "ünter", "1:f", "<odd> mid@ü ", true, List.of("a@example.com", "x y@z"),
                List.of("s\u0001@z"), State.UNCERTAIN, "o2", 12, now, now.plusMillis(1), 3, now.plusMillis(2), null, copies,
                now.plusMillis(3));
        ledger().putIfAbsent(full);
        assertThat(ledger().get(row.key())).contains(full);
        assertThat(new ArrayList<>(ledger().get(row.key()).orElseThrow().copies().keySet()))
                .containsExactlyElementsOf(copies.keySet());
    }

    @Test
    void tellsKeysAndMessageIdsApartThatDifferInCaseOrTrailingBlanks() {
        String key = unique("Case");
        for (String other : List.of(key, key.toLowerCase(), key + " ")) {
            assertThat(ledger().putIfAbsent(row(other))).as(other).isEmpty();
        }
        assertThat(ledger().findByMessageId(SERVER, "id-of-" + key)).extracting(LedgerRow::key).containsExactly(key);
        assertThat(ledger().findByMessageId(SERVER, "id-of-" + key + " ")).extracting(LedgerRow::key)
                .containsExactly(key + " ");
    }

    @Test
    void takesAKeyOf255CharactersAndAThousandRecipients() {
        String key = unique("k") + "ü".repeat(240);
        List<String> many = IntStream.range(0, 1_000).mapToObj(i -> "recipient-with-a-long-name-" + i + "@example.com")
                .toList();
        Map<String, StoredCopy> copies = new LinkedHashMap<>();
        many.forEach(recipient -> copies.put(recipient, new StoredCopy(copies.size() + 1L, "abcdefghijklmnop")));
        LedgerRow row = row(key);
        LedgerRow large = new LedgerRow(key, SERVER, "1:f", "m".repeat(255), false, many, List.of(), State.CLAIMED, "o", 0,
                row.claimed(), row.leaseEnd(), 1, null, null, Map.of(), row.claimed());
        assertThat(ledger().putIfAbsent(large)).isEmpty();
        LedgerRow accepted = large.withCopies(copies, row.claimed());
        assertThat(ledger().compareAndSet(large, accepted)).isTrue();
        assertThat(ledger().get(key)).contains(accepted);
        assertThat(accepted.state()).isEqualTo(State.ACCEPTED);
    }

    @Test
    void letsOnlyTheOwnerOfTheLastRevisionWrite() {
        LedgerRow row = row(unique("key"));
        ledger().putIfAbsent(row);
        LedgerRow calling = row.calling(row.claimed(), row.leaseEnd());
        assertThat(ledger().compareAndSet(row, calling)).isTrue();
        assertThat(ledger().compareAndSet(row, calling)).as("an old revision").isFalse();

        LedgerRow taken = calling.takenOver("another owner", row.claimed());
        assertThat(ledger().compareAndSet(calling, taken)).isTrue();
        assertThat(ledger().compareAndSet(calling, calling.uncertain(row.claimed()))).as("an old owner").isFalse();
        assertThat(ledger().removeIfEqual(calling)).as("an old owner").isFalse();
        assertThat(ledger().get(row.key())).contains(taken);

        assertThat(ledger().removeIfEqual(taken)).isTrue();
        assertThat(ledger().removeIfEqual(taken)).isFalse();
        assertThat(ledger().get(row.key())).isEmpty();
        assertThat(ledger().compareAndSet(taken, calling)).as("a removed row").isFalse();
        assertThat(ledger().findByMessageId(SERVER, row.messageId())).isEmpty();
        assertThat(ledger().putIfAbsent(row)).as("the key is free again").isEmpty();
        assertThat(ledger().findByMessageId(SERVER, row.messageId())).containsExactly(row);
    }

    @Test
    void findsEveryKeyOfAMessageIdOnItsMailServerOnly() {
        String messageId = unique("own") + "@example.com";
        List<LedgerRow> rows = new ArrayList<>();
        for (String server : List.of(SERVER, SERVER, "another")) {
            LedgerRow row = row(unique("key"));
            rows.add(
                    new LedgerRow(row.key(), server, "1:x", messageId, true, row.recipients(), List.of(), State.CLAIMED, "o", 0,
                            row.claimed(), row.leaseEnd(), 0, null, null, Map.of(), row.claimed()));
        }
        rows.forEach(ledger()::putIfAbsent);
        assertThat(ledger().findByMessageId(SERVER, messageId)).containsExactlyInAnyOrder(rows.get(0), rows.get(1));
        assertThat(ledger().findByMessageId("another", messageId)).containsExactly(rows.get(2));
        assertThat(ledger().findByMessageId("another" + messageId.charAt(0), messageId.substring(1))).isEmpty();
    }

    @Test
    void expiresOnlyAcceptedRows() {
        Instant old = ledger().now().truncatedTo(ChronoUnit.MILLIS).minus(Duration.ofDays(30));
        List<LedgerRow> rows = new ArrayList<>();
        for (State state : State.values()) {
            for (Instant changed : List.of(old, old.plus(Duration.ofDays(29)))) {
                LedgerRow row = row(unique("expire"));
                rows.add(
                        new LedgerRow(row.key(), SERVER, "1:x", row.messageId(), false, row.recipients(), List.of(), state, "o",
                                0, old, old, 1, null, null, Map.of(), changed));
            }
        }
        rows.forEach(ledger()::putIfAbsent);
        assertThat(ledger().expireAccepted(Duration.ofDays(7))).isEqualTo(1);
        assertThat(rows).filteredOn(row -> ledger().get(row.key()).isEmpty())
                .allMatch(row -> row.state() == State.ACCEPTED && row.changed().equals(old)).hasSize(1);
    }

    @Test
    void countsTheOpenKeysOfAMailServer() {
        String server = unique("server");
        long before = ledger().countOpen(SERVER);
        for (State state : State.values()) {
            LedgerRow row = row(unique("open"));
            ledger().putIfAbsent(new LedgerRow(row.key(), server, "1:f", row.messageId(), false, row.recipients(), List.of(),
                    state, "o", 0, row.claimed(), row.leaseEnd(), 0, null, null, Map.of(), row.changed()));
        }
        assertThat(ledger().countOpen(server)).isEqualTo(2);
        assertThat(ledger().countOpen(SERVER)).isEqualTo(before);
        assertThat(ledger().countOpen("no such server")).isZero();
    }

    @Test
    void keepsTheMarkOfAMailServer() {
        String server = unique("mail server ü");
        Instant now = ledger().now().truncatedTo(ChronoUnit.MILLIS);
        assertThat(ledger().mark(server)).isEmpty();
        MailServerMark first = MailServerMark.first(server).withMark(new MessageMark(5, "tok en", now));
        assertThat(ledger().advanceMark(null, first)).isTrue();
        assertThat(ledger().advanceMark(null, first)).as("there is one").isFalse();
        assertThat(ledger().mark(server)).contains(first);

        MailServerMark second = first.withScan("x=" + "y".repeat(900));
        assertThat(ledger().advanceMark(first, second)).isTrue();
        assertThat(ledger().advanceMark(first, second)).as("an old revision").isFalse();
        assertThat(ledger().mark(server)).as("how far it was read, too").contains(second);
        assertThat(ledger().advanceMark(second, second.withoutMark(""))).isTrue();
        assertThat(ledger().mark(server)).hasValueSatisfying(mark -> {
            assertThat(mark.mark()).isNull();
            assertThat(mark.scan()).isEmpty();
        });
    }

    @Test
    void timeGoesOn() {
        Instant before = ledger().now();
        Instant after = await().until(ledger()::now, now -> now.isAfter(before));
        assertThat(Duration.between(Instant.now(), after).abs()).as("no time zone got into it")
                .isLessThan(Duration.ofMinutes(10));
    }

    @Test
    void oneOfManyWins() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 10; round++) {
                String key = unique("race");
                LedgerRow base = row(key);
                assertThat(winners(threads, () -> ledger().putIfAbsent(base).isEmpty())).as("put").isEqualTo(1);
                LedgerRow next = base.calling(base.claimed(), base.leaseEnd());
                assertThat(winners(threads, () -> ledger().compareAndSet(base, next))).as("set").isEqualTo(1);
                assertThat(winners(threads, () -> ledger().removeIfEqual(next))).as("remove").isEqualTo(1);
                String server = unique("race");
                MailServerMark mark = MailServerMark.first(server);
                assertThat(winners(threads, () -> ledger().advanceMark(null, mark))).as("mark").isEqualTo(1);
                assertThat(winners(threads, () -> ledger().advanceMark(mark, mark.withScan("x=1")))).as("scan").isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static int winners(ExecutorService threads, Callable<Boolean> attempt) throws Exception {
        List<Future<Boolean>> attempts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            attempts.add(threads.submit(attempt));
        }
        int winners = 0;
        for (Future<Boolean> one : attempts) {
            winners += one.get() ? 1 : 0;
        }
        return winners;
    }
}
