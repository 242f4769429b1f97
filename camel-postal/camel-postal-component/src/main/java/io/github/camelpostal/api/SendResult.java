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

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What Postal says when it has queued a message: the Message-ID and, for each recipient, the id and token of its copy.
 *
 * <p>Queued is all that it means: whether the mail was sent, delayed, held or refused comes later, as a delivery event or by
 * {@code postal:deliveries} (contract 2.14).
 *
 * @param messageId  the RFC 5322 Message-ID without angle brackets; empty when a raw message had none (contract 2.8)
 * @param recipients from bare recipient address to what Postal stored for it, in Postal's order
 */
public record SendResult(Optional<String> messageId, Map<String, Recipient> recipients) {

    public SendResult {
        recipients = Collections.unmodifiableMap(new LinkedHashMap<>(recipients));
    }

    /**
     * One stored copy: Postal stores every message once per recipient (contract 1).
     *
     * @param id    counted per mail server, from 1
     * @param token random letters and digits, 16 of them since Postal 3.0.0
     */
    public record Recipient(long id, String token) {
    }

    /** The one recipient's copy; empty unless there is exactly one. */
    public Optional<Recipient> onlyRecipient() {
        return recipients.size() == 1 ? Optional.of(recipients.values().iterator().next()) : Optional.empty();
    }

    /** The same with Postal's field names. */
    @JsonValue
    public Map<String, Object> toMap() {
        Map<String, Object> messages = new LinkedHashMap<>();
        recipients.forEach((address, copy) -> {
            Map<String, Object> message = new LinkedHashMap<>();
            message.put("id", copy.id());
            message.put("token", copy.token());
            messages.put(address, message);
        });
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("message_id", messageId.orElse(null));
        map.put("messages", messages);
        return map;
    }

    /** Without the addresses. */
    @Override
    public String toString() {
        return "SendResult[" + messageId.orElse("no Message-ID") + ", " + recipients.size() + " recipients]";
    }
}
