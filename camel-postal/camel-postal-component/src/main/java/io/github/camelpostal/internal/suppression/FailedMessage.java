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
import java.util.Optional;

import io.github.camelpostal.payload.FailureReason.Category;
import io.github.camelpostal.suppression.RecipientEvent;
import io.github.camelpostal.suppression.SuppressionReason;

/**
 * One message that failed, and what its failure means for the list.
 *
 * @param at its earliest failure of this kind
 */
record FailedMessage(String message, Kind kind, SuppressionReason reason, Instant at) {

    /** Failures of a kind are counted together; a message counts once in each kind, at its earliest time. */
    enum Kind {
        /** The mailbox is not there or closed: one message is enough. */
        DEAD(Duration.ofDays(90)),
        /** The domain is not there: two messages, a day apart. */
        NO_DOMAIN(Duration.ofDays(30)),
        /** Full, or nobody took it: three messages in a week. */
        FULL(Duration.ofDays(7)),
        /** Counts as a result of its domain, and for nothing else. */
        OTHER(Duration.ZERO);

        private final Duration period;

        Kind(Duration period) {
            this.period = period;
        }

        Duration period() {
            return period;
        }
    }

    /** Empty if it means nothing: an attempt that will be repeated and says nothing about the recipient. */
    static Optional<FailedMessage> of(RecipientEvent.Failure failure) {
        Kind kind = kind(failure);
        if (kind == Kind.OTHER && !failure.last()) {
            return Optional.empty();
        }
        return Optional.of(new FailedMessage(failure.message(), kind, reason(failure.category()), failure.at()));
    }

    /** The same message at its earlier time; of two reasons at one time the first in the order of reasons. */
    FailedMessage earlier(FailedMessage other) {
        int order = at.compareTo(other.at);
        return order < 0 || order == 0 && reason.compareTo(other.reason) <= 0 ? this : other;
    }

    private static Kind kind(RecipientEvent.Failure failure) {
        return switch (failure.category()) {
            // a 4xx reply is no reason to forget an address: servers give it while their directory is away
            case UNKNOWN_USER, INACTIVE -> failure.permanent() ? Kind.DEAD : Kind.OTHER;
            case UNKNOWN_DOMAIN -> Kind.NO_DOMAIN;
            case MAILBOX_FULL, EXPIRED -> Kind.FULL;
            default -> Kind.OTHER;
        };
    }

    private static SuppressionReason reason(Category category) {
        return switch (category) {
            case UNKNOWN_USER -> SuppressionReason.UNKNOWN_USER;
            case INACTIVE -> SuppressionReason.INACTIVE;
            case UNKNOWN_DOMAIN -> SuppressionReason.UNKNOWN_DOMAIN;
            case MAILBOX_FULL -> SuppressionReason.MAILBOX_FULL;
            case EXPIRED -> SuppressionReason.EXPIRED;
            default -> SuppressionReason.MANUAL;
        };
    }
}
