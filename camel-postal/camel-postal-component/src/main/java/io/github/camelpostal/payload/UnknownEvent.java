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

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An event with a name that is not known here, from a Postal newer than this component.
 *
 * @param payload as it came: text, {@code Long} or {@code BigDecimal} or {@code BigInteger}, {@code Boolean}, {@code null},
 *                {@code List}, {@code Map}
 */
public record UnknownEvent(String event, String uuid, Instant timestamp, Map<String, Object> payload)
        implements
            PostalEvent {

    public UnknownEvent {
        Map<String, Object> copy = new LinkedHashMap<>(payload);
        copy.computeIfPresent("details", (name, details) -> details instanceof String text
                ? DeliveryEvent.withoutCredentials(text)
                : details);
        payload = Collections.unmodifiableMap(copy);
    }

    @Override
    public Outcome outcome() {
        return Outcome.UNKNOWN;
    }

    /** Nothing of the payload, so that it may be logged. */
    @Override
    public String toString() {
        return event + " " + uuid;
    }
}
