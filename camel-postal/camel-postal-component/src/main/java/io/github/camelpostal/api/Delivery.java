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
package io.github.camelpostal.api;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.camelpostal.internal.client.PostalTime;
import io.github.camelpostal.internal.reason.ReasonClassifier;
import io.github.camelpostal.payload.FailureReason;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of Postal to deliver a message (protocol 2.10).
 *
 * @param id          counted per mail server
 * @param status      as Postal writes it: {@code Sent}, {@code SoftFail}, {@code HardFail}, {@code Held}, ... (protocol 2.11)
 * @param details     what Postal says about it, at most 250 characters; credentials inside URLs are removed; null when it says
 *                    nothing
 * @param output      what the other server said, at most 250 characters; null when it said nothing
 * @param sentWithSsl whether the connection was encrypted; false when nothing was sent
 * @param logId       a word to look for in Postal's log; null when there is none
 * @param time        how long it took, in seconds; null when no connection was made
 * @param timestamp   when it was
 * @param reason      why it failed, by the rules of whoever asked for it; empty if it did not
 */
public record Delivery(long id, String status, @Nullable String details, @Nullable String output, boolean sentWithSsl,
        @Nullable String logId, @Nullable Double time, Instant timestamp, Optional<FailureReason> reason) {

    /** With the reason that the component's own rules find, those without the option {@code reasonRules}. */
    public Delivery(long id, String status, @Nullable String details, @Nullable String output, boolean sentWithSsl,
            @Nullable String logId, @Nullable Double time, Instant timestamp) {
        this(id, status, details, output, sentWithSsl, logId, time, timestamp,
                ReasonClassifier.standard().classify(status, details, output));
    }

    /** The same with Postal's field names, values as Postal sends them. */
    @JsonValue
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("status", status);
        map.put("details", details);
        map.put("output", output);
        map.put("sent_with_ssl", sentWithSsl);
        map.put("log_id", logId);
        map.put("time", time);
        map.put("timestamp", PostalTime.seconds(timestamp));
        return map;
    }

    /** Without what the other server said: that may be anything. */
    @Override
    public String toString() {
        return "Delivery[" + id + ", " + status + ", " + timestamp + "]";
    }
}
