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

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

import io.github.camelpostal.payload.FailureReason.Category;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a recipient and can change the list. All times are the event's, never those of its arrival: Postal
 * repeats webhook requests and keeps no order (protocol 4.6, 5.4).
 */
public sealed interface RecipientEvent {

    /** As {@link RecipientAddress#normalize} writes it. */
    String address();

    /** When it happened. */
    Instant at();

    /**
     * A message was handed to the recipient's server.
     *
     * @param message what identifies the message among those of all mail servers: Postal's token
     */
    record Delivery(String address, String message, Instant at) implements RecipientEvent {
        public Delivery {
            address = RecipientAddress.normalize(address);
            Objects.requireNonNull(message, "message");
            at = at.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /**
     * An attempt to deliver a message failed, or a bounce of it was read. A message that is delayed eighteen times is
     * reported eighteen times and counts once.
     *
     * @param message   as in {@link Delivery}
     * @param permanent as in {@link io.github.camelpostal.payload.FailureReason#permanent()}
     * @param last      true if Postal has given up
     */
    record Failure(String address, String message, Instant at, Category category, boolean permanent, boolean last)
            implements
                RecipientEvent {
        public Failure {
            address = RecipientAddress.normalize(address);
            Objects.requireNonNull(message, "message");
            at = at.truncatedTo(ChronoUnit.MILLIS);
            Objects.requireNonNull(category, "category");
        }
    }

    /**
     * The recipient called a mail spam.
     *
     * @param stream the stream of that mail, or null: all mail
     */
    record Complaint(String address, @Nullable String stream, Instant at) implements RecipientEvent {
        public Complaint {
            address = RecipientAddress.normalize(address);
            at = at.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /**
     * The recipient left.
     *
     * @param stream what was left, or null: all mail
     */
    record Unsubscription(String address, @Nullable String stream, Instant at) implements RecipientEvent {
        public Unsubscription {
            address = RecipientAddress.normalize(address);
            at = at.truncatedTo(ChronoUnit.MILLIS);
        }
    }
}
