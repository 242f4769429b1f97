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

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import io.github.camelpostal.internal.reason.ReasonClassifier;
import org.jspecify.annotations.Nullable;

/**
 * The end of one delivery attempt: {@code MessageSent}, {@code MessageDelayed}, {@code MessageDeliveryFailed} or
 * {@code MessageHeld}. Postal fires them for inbound mail too, about its delivery to the endpoint.
 *
 * @param status      {@code Sent}, {@code SoftFail}, {@code HardFail} or {@code Held}
 * @param details     a sentence for people, which changes between releases of Postal; credentials inside URLs are removed
 * @param output      the response of the other server, cut by Postal; empty text where there was none
 * @param sentWithSsl null where nothing was transmitted
 * @param attempted   when the attempt ended
 * @param time        how long the transmission took; null where there was none
 * @param reason      why an outgoing mail was not delivered, by the rules of the consumer that received the event. Empty if it
 *                    was, and for mail that came in: what an endpoint of ours says is no reply about an address
 */
public record DeliveryEvent(String event, String uuid, Instant timestamp, MessageInfo message, String status,
        @Nullable String details, @Nullable String output, @Nullable Boolean sentWithSsl, Instant attempted,
        @Nullable Duration time, Optional<FailureReason> reason) implements MessageEvent {

    // the details of a delivery to an HTTP endpoint contain its URL as it was configured, with credentials (protocol 4.5)
    private static final Pattern USER_INFO = Pattern.compile("://[^\\s/?#]*@");

    public DeliveryEvent {
        details = details == null ? null : withoutCredentials(details);
    }

    /** With the reason that the component's own rules find, those without the option {@code reasonRules}. */
    public DeliveryEvent(String event, String uuid, Instant timestamp, MessageInfo message, String status,
            @Nullable String details, @Nullable String output, @Nullable Boolean sentWithSsl, Instant attempted,
            @Nullable Duration time) {
        this(event, uuid, timestamp, message, status, details, output, sentWithSsl, attempted, time,
                ReasonClassifier.standard().classify(message.direction(), status, details, output));
    }

    static String withoutCredentials(String text) {
        return USER_INFO.matcher(text).replaceAll("://");
    }

    @Override
    public Outcome outcome() {
        return switch (event) {
            case "MessageSent" -> message.direction() == Direction.INCOMING ? Outcome.ACCEPTED : Outcome.DELIVERED;
            case "MessageDelayed" -> Outcome.DEFERRED;
            case "MessageDeliveryFailed" -> Outcome.FAILED;
            case "MessageHeld" -> Outcome.HELD;
            default -> Outcome.UNKNOWN;
        };
    }

    @Override
    public Map<String, Object> payload() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("message", message.toMap());
        map.put("status", status);
        map.put("details", details);
        map.put("output", output);
        map.put("sent_with_ssl", sentWithSsl);
        map.put("timestamp", UnixTime.of(attempted));
        map.put("time", time == null ? null : UnixTime.of(time));
        return map;
    }

    /** No addresses, so that it may be logged. */
    @Override
    public String toString() {
        return event + " " + uuid + " about " + message;
    }
}
