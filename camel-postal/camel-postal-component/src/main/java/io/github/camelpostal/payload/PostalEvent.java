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
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.github.camelpostal.internal.codec.PayloadDecoder;

/**
 * An event that Postal reports by webhook (protocol 5).
 *
 * <p>No order is promised, and an event may come before the response to the call that created its message.
 */
public sealed interface PostalEvent extends PostalPayload
        permits MessageEvent, DomainDnsErrorEvent, SendLimitEvent, UnknownEvent {

    /**
     * Reads an event back from what {@link #toMap()} gave, such as JSON that was stored.
     *
     * @throws PayloadException if the map is not that of an event
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static PostalEvent of(Map<String, Object> map) throws PayloadException {
        return PayloadDecoder.event(map);
    }

    /** The name of the event as Postal writes it, such as {@code MessageSent}. */
    String event();

    /** The same in all attempts to deliver this event; another for each webhook that gets it. */
    String uuid();

    /** When it happened. */
    Instant timestamp();

    /** What the event tells, under Postal's field names. */
    Map<String, Object> payload();

    @Override
    default String dedupKey() {
        return uuid();
    }

    @Override
    default Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("event", event());
        map.put("timestamp", UnixTime.of(timestamp()));
        map.put("payload", payload());
        map.put("uuid", uuid());
        return map;
    }
}
