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
package io.github.camelpostal.sandbox.internal.format;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/** How Postal writes a point in time: seconds in JSON, RFC 5322 text in mail, ISO 8601 in activity entries. */
public final class TimeFormat {
    private static final DateTimeFormatter MAIL = DateTimeFormatter
            .ofPattern("EEE, dd MMM yyyy HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter ISO = DateTimeFormatter
            .ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private TimeFormat() {
    }

    /** Unix seconds with microseconds (protocol 4.4, 5.1), or null for null. */
    public static @Nullable Double seconds(@Nullable Instant at) {
        return at == null ? null : at.getEpochSecond() + at.truncatedTo(ChronoUnit.MICROS).getNano() / 1_000_000_000.0;
    }

    /** For {@code Date} and the {@code Received} of an API call: {@code Fri, 20 Nov 2026 17:58:31 +0000}. */
    public static String mail(Instant at) {
        return MAIL.format(at) + " +0000";
    }

    /** For the {@code Received} of mail that came by SMTP, whose zone Postal writes as {@code -0000}. */
    public static String received(Instant at) {
        return MAIL.format(at) + " -0000";
    }

    /** For loads and clicks, the only place where the API uses text for a time (protocol 2.9). */
    public static String iso(Instant at) {
        return ISO.format(at);
    }
}
