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

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What an event tells about its message (protocol 5.3).
 *
 * @param id         counted per mail server, from 1
 * @param token      random letters and digits
 * @param messageId  the RFC 5322 Message-ID without angle brackets, or null
 * @param to         the one recipient of this stored copy; null where a raw message had none
 * @param from       the sender that Postal recorded; null for the null sender
 * @param subject    200 characters at most; null where the message has none
 * @param timestamp  when Postal took the message
 * @param spamStatus {@code Spam}, {@code NotSpam}, {@code NotChecked}, or null
 * @param tag        as it was given when the message was sent, or null
 */
public record MessageInfo(long id, String token, Direction direction, @Nullable String messageId, @Nullable String to,
        @Nullable String from, @Nullable String subject, Instant timestamp, @Nullable String spamStatus,
        @Nullable String tag) {

    /** What follows the first {@code +} in the local part of {@link #to()}; null where there is none. */
    public @Nullable String addressTag() {
        return to == null ? null : addressTagOf(to);
    }

    static @Nullable String addressTagOf(String address) {
        int at = address.lastIndexOf('@');
        String localPart = at < 0 ? address : address.substring(0, at);
        int plus = localPart.indexOf('+');
        return plus < 0 || plus == localPart.length() - 1 ? null : localPart.substring(plus + 1);
    }

    /** The same under Postal's field names, also in JSON. */
    @JsonValue
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("token", token);
        map.put("direction", direction.value());
        map.put("message_id", messageId);
        map.put("to", to);
        map.put("from", from);
        map.put("subject", subject);
        map.put("timestamp", UnixTime.of(timestamp));
        map.put("spam_status", spamStatus);
        map.put("tag", tag);
        return map;
    }

    /** Neither addresses nor the subject, so that it may be logged. */
    @Override
    public String toString() {
        return "message " + id + " (" + direction.value() + ")";
    }
}
