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
package io.github.camelpostal.payload;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** What happened, normalised over all that Postal posts. */
public enum Outcome {
    /** An outgoing message was handed over to the recipient's server. */
    DELIVERED,
    /** An attempt failed, Postal will try again. */
    DEFERRED,
    /** Postal has given up. */
    FAILED,
    /** Parked by Postal until a person releases it. */
    HELD,
    /** A bounce came back for an outgoing message. */
    BOUNCED,
    /** Somebody, or some scanner, followed a tracked link. */
    CLICKED,
    /** Somebody, or some scanner, loaded the tracking pixel. */
    OPENED,
    /** Postal's report that an inbound mail was taken by its endpoint: usually by ourselves (protocol 5.2). */
    ACCEPTED,
    /** An inbound mail. */
    INBOUND,
    /** DNS entries of a domain are not as they should be. */
    DNS,
    /** A send limit is near or reached. */
    LIMIT,
    /** An event with a name that is not known here. */
    UNKNOWN;

    /** The lower-case word that the header {@code CamelPostalOutcome} carries, also in JSON. */
    @JsonValue
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
