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
package io.github.camelpostal.internal.suppression;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import io.github.camelpostal.internal.suppression.FailedMessage.Kind;
import io.github.camelpostal.suppression.RecipientEvent;
import io.github.camelpostal.suppression.SuppressionEntry;
import io.github.camelpostal.suppression.SuppressionReason;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the list for bounces, as functions of what is known: the same failures give the same entry in whatever
 * order they became known.
 */
final class ListingRules {

    static final Duration APART = Duration.ofHours(24);
    static final Duration WEEK = Duration.ofDays(7);
    static final int FULL_MESSAGES = 3;
    /** 90 days doubled so often are fifteen years. */
    static final int MOST_DOUBLINGS = 6;
    static final Duration BRAKE_WINDOW = Duration.ofHours(1);
    static final int BRAKE_ENTRIES = 20;
    static final int BRAKE_PERCENT = 20;

    private static final Comparator<FailedMessage> ORDER = Comparator.comparing(FailedMessage::at)
            .thenComparing(FailedMessage::kind)
            .thenComparing(FailedMessage::reason).thenComparing(FailedMessage::message);

    private ListingRules() {
    }

    /** Those failures of one address that put it on the list, the brake aside, in the order of time. */
    static List<FailedMessage> triggers(Collection<FailedMessage> failures) {
        List<FailedMessage> sorted = failures.stream().sorted(ORDER).toList();
        List<FailedMessage> triggers = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            FailedMessage failed = sorted.get(i);
            boolean enough = switch (failed.kind()) {
                case DEAD -> true;
                case NO_DOMAIN -> count(sorted, i, Kind.NO_DOMAIN, at -> !at.plus(APART).isAfter(failed.at())) >= 1;
                case FULL -> count(sorted, i, Kind.FULL, at -> at.plus(WEEK).isAfter(failed.at())) >= FULL_MESSAGES - 1;
                case OTHER -> false;
            };
            if (enough) {
                triggers.add(failed);
            }
        }
        return triggers;
    }

    private static long count(List<FailedMessage> sorted, int before, Kind kind, Predicate<Instant> time) {
        return sorted.subList(0, before).stream().filter(f -> f.kind() == kind && time.test(f.at())).count();
    }

    /**
     * The entry that the triggers lead to, expired or not.
     *
     * @param triggers as {@link #triggers} returns them
     * @param since    the last time at which a mail arrived or someone removed the address; nothing up to it counts
     * @param braked   whether the brake stops this one
     */
    static Optional<SuppressionEntry> entry(String address, List<FailedMessage> triggers, @Nullable Instant since,
            Predicate<FailedMessage> braked) {
        SuppressionEntry entry = null;
        Instant end = Instant.MIN;
        Duration period = Duration.ZERO;
        int dead = 0;
        for (FailedMessage trigger : triggers) {
            if (since != null && !trigger.at().isAfter(since)) {
                continue;
            }
            boolean listed = end.isAfter(trigger.at());
            // several mails on their way to one dead mailbox are one piece of news; a worse reason is another
            if (listed && trigger.kind().period().compareTo(period) <= 0 || braked.test(trigger)) {
                continue;
            }
            period = trigger.kind().period();
            Duration length = period;
            if (trigger.kind() == Kind.DEAD) {
                length = period.multipliedBy(1L << Math.min(dead, MOST_DOUBLINGS));
                dead++;
            }
            end = trigger.at().plus(length);
            entry = new SuppressionEntry(address, null, trigger.reason(), trigger.at(), end);
        }
        return Optional.ofNullable(entry);
    }

    /**
     * Whether an outage, and not the recipients, is the reason of so many entries.
     *
     * @param entries how many addresses of the domain had a trigger within the hour that ends with this one
     * @param results how many messages to the domain arrived or failed in that hour
     */
    static boolean brakes(long entries, long results) {
        return entries > BRAKE_ENTRIES && entries * 100 > results * BRAKE_PERCENT;
    }

    /** The entry that a complaint or an unsubscription is, whatever happens to mails. */
    static SuppressionEntry entry(RecipientEvent event) {
        if (event instanceof RecipientEvent.Complaint complaint) {
            return new SuppressionEntry(complaint.address(), complaint.stream(), SuppressionReason.COMPLAINT,
                    complaint.at(), null);
        }
        if (event instanceof RecipientEvent.Unsubscription left) {
            return new SuppressionEntry(left.address(), left.stream(), SuppressionReason.UNSUBSCRIBE, left.at(), null);
        }
        throw new IllegalArgumentException("No entry by itself: " + event.getClass().getSimpleName());
    }
}
