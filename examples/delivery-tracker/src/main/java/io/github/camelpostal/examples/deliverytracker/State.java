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
package io.github.camelpostal.examples.deliverytracker;

import java.util.Locale;
import java.util.Optional;

import io.github.camelpostal.payload.Outcome;

/**
 * What is known of one recipient's copy of a mail. The order is the rank: of two states with the same time of Postal's, the
 * later one here is the truer.
 */
enum State {
    /** The send succeeded; no event yet. */
    ACCEPTED,
    /** An attempt failed, Postal tries again. */
    DEFERRED,
    /** Parked until a person releases it. */
    HELD,
    /** The recipient's server took it. It may still bounce. */
    DELIVERED,
    /** Postal has given up. */
    FAILED,
    /** The hold was cancelled, or expired. Postal has no event for that (protocol 5.2): only reconcile finds it. */
    CANCELLED,
    /** It came back. */
    BOUNCED;

    /** The word for it in the database. */
    String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    int rank() {
        return ordinal();
    }

    static State of(String value) {
        return valueOf(value.toUpperCase(Locale.ROOT));
    }

    /** @throws IllegalArgumentException for an outcome that is no state, such as a click */
    static State of(Outcome outcome) {
        return of(outcome.value());
    }

    /** What a delivery in Postal's history means; empty for a status that says nothing about an outgoing message. */
    static Optional<State> ofStatus(String status) {
        return Optional.ofNullable(switch (status) {
            case "Sent" -> DELIVERED;
            // an error inside Postal; it tries again (protocol 2.11)
            case "SoftFail", "Error" -> DEFERRED;
            case "HardFail" -> FAILED;
            case "Held" -> HELD;
            case "HoldCancelled" -> CANCELLED;
            case "Bounced" -> BOUNCED;
            default -> null;
        });
    }
}
