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

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.camelpostal.payload.FailureReason.Category;
import io.github.camelpostal.suppression.RecipientEvent.Delivery;
import io.github.camelpostal.suppression.RecipientEvent.Failure;

/** The rules of the list once more, as a person would check them on paper: all events by time, again and again. */
final class Rules {

    private final List<Object> events;

    /** @param known events and {@link Removal}s in any order */
    Rules(List<?> known) {
        events = new ArrayList<>(known);
        events.sort(Comparator.comparing(Rules::at));
    }

    boolean isListed(String address, String stream, Instant now) {
        return bounceEnd(address).isAfter(now) || left(address, stream);
    }

    private boolean left(String address, String stream) {
        boolean left = false;
        boolean leftStream = false;
        for (Object event : events) {
            String of = event instanceof RecipientEvent.Unsubscription u
                    ? key(u.stream())
                    : event instanceof RecipientEvent.Complaint c ? key(c.stream()) : "-";
            if (address(event).equals(address)) {
                left |= of.isEmpty();
                leftStream |= of.equals(stream) && !of.isEmpty();
                if (event instanceof Removal removal) {
                    left &= removal.stream != null;
                    leftStream &= removal.stream != null && !removal.stream.equals(stream);
                }
            }
        }
        return left || leftStream;
    }

    private Instant bounceEnd(String address) {
        Instant end = Instant.MIN;
        int period = 0;
        int times = 0;
        for (int i = 0; i < events.size(); i++) {
            Object event = events.get(i);
            if (!address(event).equals(address)) {
                continue;
            }
            if (event instanceof Delivery || event instanceof Removal removal && removal.stream == null) {
                end = Instant.MIN;
                times = 0;
            } else if (isReasonToAdd(i)) {
                int days = days((Failure) event);
                if ((!end.isAfter(at(event)) || days > period) && !isOutage(i)) {
                    period = days;
                    end = at(event).plus(Duration.ofDays(days == 90 ? 90L << times : days));
                    times += days == 90 ? 1 : 0;
                }
            }
        }
        return end;
    }

    private boolean isReasonToAdd(int i) {
        if (!isFirstOfItsMessage(i)) {
            return false;
        }
        Failure failure = (Failure) events.get(i);
        int dayApart = 0;
        int withinWeek = 0;
        for (int j = 0; j < i; j++) {
            if (isFirstOfItsMessage(j)) {
                Failure other = (Failure) events.get(j);
                if (other.address().equals(failure.address()) && days(other) == days(failure)) {
                    Duration between = Duration.between(other.at(), failure.at());
                    dayApart += between.compareTo(Duration.ofDays(1)) >= 0 ? 1 : 0;
                    withinWeek += between.compareTo(Duration.ofDays(7)) < 0 ? 1 : 0;
                }
            }
        }
        return switch (days(failure)) {
            case 90 -> true;
            case 30 -> dayApart >= 1;
            case 7 -> withinWeek >= 2;
            default -> false;
        };
    }

    private boolean isFirstOfItsMessage(int i) {
        if (!(events.get(i) instanceof Failure failure) || !counts(failure)) {
            return false;
        }
        for (int j = 0; j < i; j++) {
            if (events.get(j) instanceof Failure other && other.message().equals(failure.message()) && counts(other)
                    && other.address().equals(failure.address()) && days(other) == days(failure)) {
                return false;
            }
        }
        return true;
    }

    private boolean isOutage(int i) {
        Failure failure = (Failure) events.get(i);
        Set<String> entries = new HashSet<>();
        Set<String> results = new HashSet<>();
        for (int j = i; j >= 0 && at(events.get(j)).isAfter(failure.at().minus(Duration.ofHours(1))); j--) {
            Object other = events.get(j);
            if (!domain(other).equals(domain(failure))) {
                continue;
            }
            if (other instanceof Delivery delivery) {
                results.add(delivery.address() + delivery.message());
            } else if (isFirstOfItsMessage(j)) {
                results.add(address(other) + ((Failure) other).message());
                if (isReasonToAdd(j)) {
                    entries.add(address(other));
                }
            }
        }
        return entries.size() > 20 && entries.size() > results.size() * 0.2;
    }

    private static boolean counts(Failure failure) {
        return days(failure) > 0 || failure.last();
    }

    private static int days(Failure failure) {
        return switch (failure.category()) {
            case UNKNOWN_USER, INACTIVE -> failure.permanent() ? 90 : 0;
            case UNKNOWN_DOMAIN -> 30;
            case MAILBOX_FULL, EXPIRED -> 7;
            default -> 0;
        };
    }

    private static String key(String stream) {
        return stream == null ? "" : stream;
    }

    static Instant at(Object event) {
        return event instanceof Removal removal ? removal.at : ((RecipientEvent) event).at();
    }

    static String address(Object event) {
        return event instanceof Removal removal ? removal.address : ((RecipientEvent) event).address();
    }

    private static String domain(Object event) {
        return RecipientAddress.domainOf(address(event));
    }

    static Failure failure(String address, String message, Instant at, Category category) {
        return new Failure(address, message, at, category, category.aboutAddress(), true);
    }

    /** Someone takes an address off the list. */
    record Removal(String address, String stream, Instant at) {
    }
}
