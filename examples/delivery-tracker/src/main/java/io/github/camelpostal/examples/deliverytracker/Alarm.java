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

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.camelpostal.payload.DomainDnsErrorEvent;
import io.github.camelpostal.payload.PostalEvent;
import io.github.camelpostal.payload.SendLimitEvent;

/**
 * Something about the mail server or a domain that a person should know.
 *
 * @param cause of the pause that follows
 * @param pause how long nothing is sent; zero when the sending is not concerned
 */
public record Alarm(String uuid, String kind, String text, OffsetDateTime at, String cause, Duration pause) {

    /** How long to send nothing. A further event of the kind makes it longer. */
    record Rules(String sendingDomain, Duration limitApproaching, Duration limitExceeded, Duration dns) {

        /** @throws IllegalArgumentException for an event that is no alarm */
        Alarm of(PostalEvent event) {
            if (event instanceof SendLimitEvent limit) {
                return alarm(event, "limit", limit.exceeded() ? limitExceeded : limitApproaching,
                        "%d of %d mails in an hour".formatted(limit.volume(), limit.limit()));
            }
            if (event instanceof DomainDnsErrorEvent dnsError) {
                boolean ours = dnsError.domain().equalsIgnoreCase(sendingDomain);
                return alarm(event, "dns", ours ? dns : Duration.ZERO, dnsError.domain() + ": " + problems(dnsError));
            }
            throw new IllegalArgumentException(event.event() + " is no alarm");
        }

        private Alarm alarm(PostalEvent event, String cause, Duration pause, String text) {
            return new Alarm(event.uuid(), event.event(), text, TrackerClock.sql(event.timestamp()), cause, pause);
        }

        private static String problems(DomainDnsErrorEvent event) {
            return Stream.of(problem("SPF", event.spf()), problem("DKIM", event.dkim()), problem("MX", event.mx()),
                    problem("return path", event.returnPath())).flatMap(problem -> problem).collect(Collectors.joining(", "));
        }

        private static Stream<String> problem(String name, DomainDnsErrorEvent.Check check) {
            return Optional.ofNullable(check.status()).filter(status -> !check.ok())
                    .map(status -> name + " " + status.toLowerCase()).stream();
        }
    }

    public boolean pausesSending() {
        return !pause.isZero();
    }

    Map<String, Object> row() {
        return Map.of("uuid", uuid, "kind", kind, "text", text, "at", at);
    }
}
