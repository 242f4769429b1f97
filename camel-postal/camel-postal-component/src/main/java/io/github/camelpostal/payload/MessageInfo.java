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
import java.util.Optional;

/**
 * What an event tells about its message (contract 5.3).
 *
 * @param id         counted per mail server, from 1
 * @param token      random letters and digits
 * @param messageId  the RFC 5322 Message-ID without angle brackets
 * @param to         the one recipient of this stored copy; empty where a raw message had none
 * @param from       the sender that Postal recorded; empty for the null sender
 * @param subject    200 characters at most
 * @param timestamp  when Postal took the message
 * @param spamStatus {@code Spam}, {@code NotSpam} or {@code NotChecked}
 * @param tag        as it was given when the message was sent
 */
public record MessageInfo(long id, String token, Direction direction, Optional<String> messageId, Optional<String> to,
        Optional<String> from, Optional<String> subject, Instant timestamp, Optional<String> spamStatus,
        Optional<String> tag) {

    static MessageInfo read(Fields fields) throws PayloadException {
        return new MessageInfo(fields.integer("id"), fields.requiredText("token"),
                Direction.of(fields.requiredText("direction")), fields.text("message_id"), fields.text("to"),
                fields.text("from"), fields.text("subject"), fields.instant("timestamp"), fields.text("spam_status"),
                fields.text("tag"));
    }

    /** The same under Postal's field names. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("token", token);
        map.put("direction", direction.value());
        map.put("message_id", messageId.orElse(null));
        map.put("to", to.orElse(null));
        map.put("from", from.orElse(null));
        map.put("subject", subject.orElse(null));
        map.put("timestamp", UnixTime.of(timestamp));
        map.put("spam_status", spamStatus.orElse(null));
        map.put("tag", tag.orElse(null));
        return map;
    }

    /** Neither addresses nor the subject, so that it may be logged. */
    @Override
    public String toString() {
        return "message " + id + " (" + direction.value() + ")";
    }
}
