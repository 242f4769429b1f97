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
package io.github.camelpostal.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import io.github.camelpostal.payload.FailureReason.Category;
import io.github.camelpostal.suppression.RecipientEvent.Complaint;
import io.github.camelpostal.suppression.RecipientEvent.Delivery;
import io.github.camelpostal.suppression.RecipientEvent.Failure;
import io.github.camelpostal.suppression.RecipientEvent.Unsubscription;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every list promises; a test of a list extends it and says how to make one. */
abstract class SuppressionListChecks {

    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final String JANE = "jane@example.com";

    private Instant now = START;
    private PostalSuppressionList list;

    /** An empty list that reads this clock. */
    abstract PostalSuppressionList list(java.time.Clock clock, Duration lateness) throws Exception;

    /** How many random histories are worth the time. */
    abstract int moreHistories();

    @BeforeEach
    void makeList() throws Exception {
        list = list(clock(), Duration.ofHours(24));
    }

    final java.time.Clock clock() {
        return InstantSource.offset(() -> now, Duration.ZERO).withZone(ZoneOffset.UTC);
    }

    @Test
    void anUnknownUserIsLeftOutForNinetyDaysThenForTwiceAsLong() {
        fail(JANE, "m1", Duration.ZERO, Category.UNKNOWN_USER);
        SuppressionEntry entry = list.find(List.of(JANE), null).get(JANE);
        assertThat(entry).isEqualTo(
                new SuppressionEntry(JANE, null, SuppressionReason.UNKNOWN_USER, START, START.plus(Duration.ofDays(90))));
        assertThat(isListed(JANE, Duration.ofDays(91))).isFalse();
        fail(JANE, "m2", Duration.ofDays(91), Category.INACTIVE);
        assertThat(isListed(JANE, Duration.ofDays(91 + 179))).isTrue();
        assertThat(isListed(JANE, Duration.ofDays(91 + 181))).isFalse();
    }

    @Test
    void severalMailsOnTheirWayToOneDeadMailboxAreOnePieceOfNews() {
        fail(JANE, "m1", Duration.ZERO, Category.UNKNOWN_USER);
        fail(JANE, "m2", Duration.ofMinutes(1), Category.UNKNOWN_USER);
        fail(JANE, "m3", Duration.ofMinutes(2), Category.UNKNOWN_USER);
        assertThat(list.find(List.of(JANE), null).get(JANE).expires()).isEqualTo(START.plus(Duration.ofDays(90)));
    }

    @Test
    void aMailThatIsDelayedEighteenTimesCountsOnce() {
        for (int i = 0; i < 18; i++) {
            list.record(new Failure(JANE, "m1", START.plus(Duration.ofHours(2L * i)), Category.MAILBOX_FULL, false, false));
            list.record(new Failure(JANE, "m2", START.plus(Duration.ofHours(2L * i)), Category.UNKNOWN_DOMAIN, false, false));
        }
        list.record(new Failure(JANE, "m1", START.plus(Duration.ofHours(37)), Category.EXPIRED, false, true));
        assertThat(isListed(JANE, Duration.ofHours(38))).isFalse();
    }

    @Test
    void aFullMailboxCountsWhenThreeMessagesMetItWithinAWeek() {
        fail(JANE, "m1", Duration.ZERO, Category.MAILBOX_FULL);
        fail(JANE, "m2", Duration.ofDays(3), Category.EXPIRED);
        assertThat(isListed(JANE, Duration.ofDays(3))).isFalse();
        fail(JANE, "m3", Duration.ofDays(8), Category.MAILBOX_FULL);
        assertThat(isListed(JANE, Duration.ofDays(8))).isFalse();
        fail(JANE, "m4", Duration.ofDays(9), Category.MAILBOX_FULL);
        assertThat(isListed(JANE, Duration.ofDays(9))).isTrue();
        assertThat(isListed(JANE, Duration.ofDays(17))).isFalse();
    }

    @Test
    void anUnknownDomainCountsWhenASecondMessageMeetsItADayLater() {
        fail(JANE, "m1", Duration.ZERO, Category.UNKNOWN_DOMAIN);
        fail(JANE, "m2", Duration.ofHours(23), Category.UNKNOWN_DOMAIN);
        assertThat(isListed(JANE, Duration.ofHours(23))).isFalse();
        fail(JANE, "m3", Duration.ofHours(24), Category.UNKNOWN_DOMAIN);
        assertThat(isListed(JANE, Duration.ofHours(24))).isTrue();
        assertThat(isListed(JANE, Duration.ofDays(32))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(value = Category.class, mode = EnumSource.Mode.EXCLUDE, names = {"UNKNOWN_USER", "INACTIVE",
            "UNKNOWN_DOMAIN", "MAILBOX_FULL", "EXPIRED"})
    void whatIsTheSendersOrPostalsMatterSuppressesNobody(Category category) {
        for (int i = 0; i < 5; i++) {
            fail(JANE, "m" + i, Duration.ofDays(i), category);
        }
        assertThat(isListed(JANE, Duration.ofDays(5))).isFalse();
    }

    @Test
    void aTemporaryReplyAboutAMailboxSuppressesNobody() {
        list.record(new Failure(JANE, "m1", START, Category.UNKNOWN_USER, false, false));
        assertThat(isListed(JANE, Duration.ZERO)).isFalse();
    }

    @Test
    void aLaterDeliveryEndsABounceWhicheverIsHeardOfFirst() {
        fail(JANE, "m1", Duration.ZERO, Category.UNKNOWN_USER);
        deliver(JANE, "m2", Duration.ofHours(1));
        assertThat(isListed(JANE, Duration.ofHours(2))).isFalse();

        deliver("john@example.com", "m3", Duration.ofHours(1));
        fail("john@example.com", "m4", Duration.ZERO, Category.UNKNOWN_USER);
        assertThat(isListed("john@example.com", Duration.ofHours(2))).isFalse();

        fail("john@example.com", "m5", Duration.ofHours(3), Category.UNKNOWN_USER);
        assertThat(isListed("john@example.com", Duration.ofHours(4))).isTrue();
    }

    @Test
    void whoLeftAStreamGetsTheOthersAndNoDeliveryChangesThat() {
        list.record(new Unsubscription(JANE, "news", START));
        deliver(JANE, "m1", Duration.ofDays(1));
        assertThat(list.find(List.of(JANE), "news")).containsKey(JANE);
        assertThat(list.find(List.of(JANE), "invoices")).isEmpty();
        assertThat(list.find(List.of(JANE), null)).isEmpty();
        now = START.plus(Duration.ofDays(10_000));
        assertThat(list.find(List.of(JANE), "news").get(JANE).reason()).isEqualTo(SuppressionReason.UNSUBSCRIBE);
    }

    @Test
    void aComplaintWithoutAStreamStopsAllMail() {
        list.record(new Complaint(JANE, null, START));
        assertThat(list.find(List.of(JANE), "invoices").get(JANE).reason()).isEqualTo(SuppressionReason.COMPLAINT);
        assertThat(list.find(List.of(JANE), null)).containsKey(JANE);
    }

    @Test
    void whatWasRemovedStaysRemovedUntilSomethingNewHappens() {
        fail(JANE, "m1", Duration.ZERO, Category.UNKNOWN_USER);
        list.record(new Unsubscription(JANE, "news", START));
        list.remove(JANE, null, START.plus(Duration.ofHours(1)));
        assertThat(list.find(List.of(JANE), "news")).isEmpty();
        list.record(new Unsubscription(JANE, "news", START.plus(Duration.ofMinutes(30))));
        fail(JANE, "m2", Duration.ofMinutes(30), Category.UNKNOWN_USER);
        assertThat(list.find(List.of(JANE), "news")).isEmpty();
        list.record(new Unsubscription(JANE, "news", START.plus(Duration.ofHours(2))));
        assertThat(list.find(List.of(JANE), "news")).containsKey(JANE);
        list.remove(JANE, "news", START.plus(Duration.ofHours(3)));
        assertThat(list.find(List.of(JANE), "news")).isEmpty();
    }

    @Test
    void anAddressIsFoundHoweverItIsWritten() {
        fail("Jane@Exämple.COM", "m1", Duration.ZERO, Category.UNKNOWN_USER);
        assertThat(list.find(List.of("jane@xn--exmple-cua.com", "JANE@exämple.com", "not an address"), null))
                .containsOnlyKeys("jane@xn--exmple-cua.com", "JANE@exämple.com");
    }

    @Test
    void anInternationalDomainIsTheOneThatMailsGoToAndNotItsLookAlike() {
        fail("jane@Straße.example", "m1", Duration.ZERO, Category.UNKNOWN_USER);
        assertThat(list.find(List.of("jane@xn--strae-oqa.example", "jane@strasse.example"), null))
                .containsOnlyKeys("jane@xn--strae-oqa.example");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 11, 250, 251, 260, 500, 511, 1001})
    void ofManyRecipientsEachThatIsListedIsFound(int recipients) {
        List<String> all = IntStream.range(0, recipients).mapToObj(n -> "reader" + n + "@example.com").toList();
        Set<String> listed = new HashSet<>(List.of(all.get(0), all.get(recipients / 2), all.get(recipients - 1)));
        for (String address : listed) {
            list.add(new SuppressionEntry(address, null, SuppressionReason.MANUAL, START, null));
        }
        assertThat(list.find(all, null)).containsOnlyKeys(listed);
    }

    @Test
    void anEntryByHandHoldsUntilItsEnd() {
        list.add(new SuppressionEntry(JANE, null, SuppressionReason.MANUAL, START, START.plus(Duration.ofDays(1))));
        assertThat(isListed(JANE, Duration.ofHours(23))).isTrue();
        assertThat(isListed(JANE, Duration.ofDays(1))).isFalse();
        assertThat(list.size()).isZero();
    }

    @Test
    void anOutageSuppressesNobodyBeyondTheFirstTwenty() {
        for (int i = 0; i < 50; i++) {
            fail("user" + i + "@example.com", "m" + i, Duration.ofSeconds(i), Category.UNKNOWN_USER);
        }
        fail("one@example.org", "m", Duration.ofSeconds(50), Category.UNKNOWN_USER);
        now = START.plus(Duration.ofHours(1));
        assertThat(list.size()).isEqualTo(21);
        fail("after@example.com", "after", Duration.ofHours(2), Category.UNKNOWN_USER);
        assertThat(isListed("after@example.com", Duration.ofHours(2))).isTrue();
    }

    @Test
    void manyBouncesAmongManyMoreDeliveriesAreNoOutage() {
        for (int i = 0; i < 200; i++) {
            deliver("ok" + i + "@example.com", "d" + i, Duration.ofSeconds(i));
        }
        for (int i = 0; i < 40; i++) {
            fail("user" + i + "@example.com", "m" + i, Duration.ofSeconds(300 + i), Category.UNKNOWN_USER);
        }
        now = START.plus(Duration.ofHours(1));
        assertThat(list.size()).isEqualTo(40);
    }

    @Test
    void whatTheBrakeDecidedStaysSoWhenTheDetailsAreForgotten() {
        for (int i = 0; i < 30; i++) {
            fail("user" + i + "@example.com", "m" + i, Duration.ofSeconds(i), Category.UNKNOWN_USER);
        }
        for (int i = 0; i < 200; i++) {
            deliver("ok" + i + "@example.org", "d" + i, Duration.ofSeconds(i));
        }
        for (int i = 0; i < 40; i++) {
            fail("user" + i + "@example.org", "m" + i, Duration.ofSeconds(300 + i), Category.UNKNOWN_USER);
        }
        tidyUp(Duration.ofDays(3));
        for (int i = 0; i < 40; i++) {
            fail("user" + i + "@example.com", "x" + i, Duration.ofDays(3).plusHours(2L * i), Category.SPAM);
            fail("user" + i + "@example.org", "x" + i, Duration.ofDays(3).plusHours(2L * i), Category.SPAM);
        }
        assertThat(list.size()).isEqualTo(20 + 40);
    }

    @Test
    void anEntryStandsWhenThoseWhoGotTheirMailBeforeItAreForgotten() {
        for (int i = 0; i < 30; i++) {
            deliver("ok" + i + "@example.com", "d" + i, Duration.ofSeconds(i));
        }
        fail("user@example.com", "m", Duration.ofMinutes(30), Category.UNKNOWN_USER);
        Duration later = Duration.ofHours(24).plusMinutes(10);
        tidyUp(later);
        assertThat(isListed("user@example.com", later)).isTrue();
    }

    /** Enough events for every list to tidy up. */
    private void tidyUp(Duration after) {
        now = START.plus(after);
        for (int i = 0; i < 11_000 && (i < 100 || forgetsByNumber()); i++) {
            deliver("other" + i % 50 + "@example.net", "o" + i, after);
        }
    }

    /** Whether it tidies up after so many events rather than after some time. */
    boolean forgetsByNumber() {
        return false;
    }

    @Test
    void theListIsWhatTheRulesSayInWhateverOrderTheEventsCome() throws Exception {
        compareHistories(0, 3);
    }

    @Test
    @Tag("slow")
    void theListIsWhatTheRulesSayInMoreHistories() throws Exception {
        compareHistories(3, 3 + moreHistories());
    }

    private void compareHistories(int first, int end) throws Exception {
        for (int seed = first; seed < end; seed++) {
            Random random = new Random(seed);
            now = START;
            list = list(clock(), Duration.ofDays(3650));
            List<Object> events = history(random);
            Collections.shuffle(events, random);
            for (int i = 0; i < events.size(); i++) {
                tell(events.get(i));
                if (random.nextInt(25) == 0 || i == events.size() - 1) {
                    compare(new Rules(events.subList(0, i + 1)), seed, i);
                }
            }
        }
    }

    private void compare(Rules rules, int seed, int step) {
        List<String> addresses = addresses();
        for (int days : new int[]{0, 2, 8, 29, 60, 100, 190, 400}) {
            now = START.plus(Duration.ofDays(days)).plusSeconds(1);
            var found = list.find(addresses, "news");
            for (String address : addresses) {
                assertThat(found.containsKey(address)).as("seed %d, step %d, %s after %d days", seed, step, address, days)
                        .isEqualTo(rules.isListed(address, "news", now));
            }
        }
    }

    private static List<String> addresses() {
        return IntStream.range(0, 32).mapToObj(i -> "user" + i + (i < 27 ? "@example.com" : "@example.org")).toList();
    }

    private static List<Object> history(Random random) {
        List<Object> events = new ArrayList<>();
        List<String> addresses = addresses();
        int outages = random.nextInt(3);
        for (int i = 0; i < 120; i++) {
            Instant at = START.plusMillis(random.nextLong(Duration.ofDays(random.nextInt(5) == 0 ? 250 : 6).toMillis()));
            events.addAll(message(addresses.get(random.nextInt(addresses.size())), "m" + i, at, random));
        }
        for (int o = 0; o < outages; o++) {
            Instant begin = START.plusMillis(random.nextLong(Duration.ofDays(20).toMillis()));
            for (int i = 0; i < 30 + random.nextInt(90); i++) {
                String address = addresses.get(random.nextInt(27));
                Instant at = begin.plusMillis(random.nextLong(Duration.ofMinutes(100).toMillis()));
                events.addAll(message(address, "o" + o + "-" + i, at, random));
            }
        }
        return events;
    }

    private static List<Object> message(String address, String message, Instant at, Random random) {
        return switch (random.nextInt(12)) {
            case 0, 1 -> List.of(new Delivery(address, message, at));
            case 2, 3, 4, 5 -> List.of(Rules.failure(address, message, at, Category.UNKNOWN_USER));
            case 6 -> List.of(new Failure(address, message, at, Category.INACTIVE, random.nextBoolean(), random.nextBoolean()));
            case 7, 8 -> delayed(address, message, at, Category.MAILBOX_FULL, random);
            case 9 -> delayed(address, message, at, Category.UNKNOWN_DOMAIN, random);
            case 10 -> List.of(Rules.failure(address, message, at, Category.SPAM));
            default -> switch (random.nextInt(4)) {
                case 0 -> List.of(new Unsubscription(address, random.nextBoolean() ? "news" : null, at));
                case 1 -> List.of(new Complaint(address, random.nextBoolean() ? "news" : "invoices", at));
                case 2 -> List.of(new Rules.Removal(address, random.nextBoolean() ? "news" : null, at));
                default -> List.of(new Delivery(address, message, at));
            };
        };
    }

    private static List<Object> delayed(String address, String message, Instant at, Category category, Random random) {
        List<Object> events = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            events.add(new Failure(address, message, at.plus(Duration.ofMinutes(1 + 20L * i)), category, false, false));
        }
        if (random.nextBoolean()) {
            events.add(new Failure(address, message, at.plus(Duration.ofHours(2)), Category.EXPIRED, false, true));
        } else {
            events.add(new Delivery(address, message, at.plus(Duration.ofHours(2))));
        }
        return events;
    }

    private void tell(Object event) {
        if (event instanceof Rules.Removal removal) {
            list.remove(removal.address(), removal.stream(), removal.at());
        } else {
            list.record((RecipientEvent) event);
        }
    }

    private void fail(String address, String message, Duration after, Category category) {
        list.record(Rules.failure(address, message, START.plus(after), category));
    }

    private void deliver(String address, String message, Duration after) {
        list.record(new Delivery(address, message, START.plus(after)));
    }

    private boolean isListed(String address, Duration after) {
        now = START.plus(after);
        return list.find(List.of(address), null).containsKey(address);
    }

    final PostalSuppressionList current() {
        return list;
    }
}
