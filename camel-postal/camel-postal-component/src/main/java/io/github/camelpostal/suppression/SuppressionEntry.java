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

import org.jspecify.annotations.Nullable;

/**
 * One recipient on the list.
 *
 * @param address as {@link RecipientAddress#normalize} writes it
 * @param stream  the stream that it is suppressed for, or null: all mail
 * @param reason  why
 * @param since   when the event happened that put it there
 * @param expires when it is written to again, or null: never by itself
 */
public record SuppressionEntry(String address, @Nullable String stream, SuppressionReason reason, Instant since,
        @Nullable Instant expires) {

    public SuppressionEntry {
        address = RecipientAddress.normalize(address);
        stream = stream == null || stream.isEmpty() ? null : stream;
        Objects.requireNonNull(reason, "reason");
        since = since.truncatedTo(ChronoUnit.MILLIS);
        expires = expires == null ? null : expires.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Whether it holds for a mail of this stream, or of none, at this time. */
    public boolean suppresses(@Nullable String mailStream, Instant now) {
        return (stream == null || stream.equals(mailStream)) && (expires == null || expires.isAfter(now));
    }

    /** Without the address, so that it may be logged. */
    @Override
    public String toString() {
        return reason.text() + " since " + since + (stream == null ? "" : " for " + stream)
                + (expires == null ? "" : " until " + expires);
    }
}
