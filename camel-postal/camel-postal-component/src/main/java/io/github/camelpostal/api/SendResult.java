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

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What Postal says when it has queued a message: the Message-ID and, for each recipient, the id and token of its copy.
 *
 * <p>Queued is all that it means: whether the mail was sent, delayed, held or refused comes later, as a delivery event or by
 * {@code postal:deliveries} (protocol 2.14).
 *
 * @param messageId  the RFC 5322 Message-ID without angle brackets; null when a raw message had none (protocol 2.8)
 * @param recipients from bare recipient address to what Postal stored for it, in Postal's order
 * @param suppressed the bare addresses that were left out because they are on the suppression list
 */
public record SendResult(@Nullable String messageId, Map<String, Recipient> recipients, List<String> suppressed) {

    public SendResult {
        recipients = copy(recipients);
        suppressed = List.copyOf(suppressed);
    }

    /** Nearly every mail has one recipient, and most of what a result takes would be the map. */
    private static Map<String, Recipient> copy(Map<String, Recipient> recipients) {
        if (recipients.size() == 1) {
            Map.Entry<String, Recipient> only = recipients.entrySet().iterator().next();
            return Collections.singletonMap(only.getKey(), only.getValue());
        }
        return Collections.unmodifiableMap(new LinkedHashMap<>(recipients));
    }

    /** A result that left nobody out. */
    public SendResult(@Nullable String messageId, Map<String, Recipient> recipients) {
        this(messageId, recipients, List.of());
    }

    /**
     * One stored copy: Postal stores every message once per recipient (protocol 1).
     *
     * @param id    counted per mail server, from 1
     * @param token random letters and digits, 16 of them since Postal 3.0.0
     */
    public record Recipient(long id, String token) {
    }

    /** The one recipient's copy; null unless there is exactly one. */
    public @Nullable Recipient onlyRecipient() {
        return recipients.size() == 1 ? recipients.values().iterator().next() : null;
    }

    /** The same, with the addresses that were left out. */
    public SendResult withSuppressed(List<String> addresses) {
        return new SendResult(messageId, recipients, addresses);
    }

    /** The same with Postal's field names; {@code suppressed}, which is ours, only where somebody was left out. */
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
        map.put("message_id", messageId);
        map.put("messages", messages);
        if (!suppressed.isEmpty()) {
            map.put("suppressed", suppressed);
        }
        return map;
    }

    /**
     * Back from {@link #toMap()}, also after JSON has been made of it.
     *
     * @throws IllegalArgumentException if the map is none of those
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static SendResult fromMap(Map<String, Object> map) {
        if (!(map.get("messages") instanceof Map<?, ?> messages)) {
            throw new IllegalArgumentException("the map has no messages");
        }
        Map<String, Recipient> recipients = new LinkedHashMap<>();
        messages.forEach((address, copy) -> {
            if (!(copy instanceof Map<?, ?> fields) || !(fields.get("id") instanceof Number id)) {
                throw new IllegalArgumentException("a message in the map has no id");
            }
            recipients.put(String.valueOf(address), new Recipient(id.longValue(), String.valueOf(fields.get("token"))));
        });
        List<String> suppressed = new ArrayList<>();
        if (map.get("suppressed") instanceof Iterable<?> addresses) {
            addresses.forEach(address -> suppressed.add(String.valueOf(address)));
        }
        Object messageId = map.get("message_id");
        return new SendResult(messageId == null ? null : messageId.toString(), recipients, suppressed);
    }

    /** Without the addresses. */
    @Override
    public String toString() {
        return "SendResult[" + (messageId == null ? "no Message-ID" : messageId) + ", " + recipients.size() + " recipients]";
    }
}
