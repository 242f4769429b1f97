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

import org.jspecify.annotations.Nullable;

/**
 * A hit on a tracked link: by a person, or by one of the many programs that follow links in mail.
 *
 * @param url       where the link leads
 * @param token     of the link, not of the message
 * @param ipAddress of whoever followed it, or null
 * @param userAgent what their program called itself, or null
 */
public record LinkClickedEvent(String event, String uuid, Instant timestamp, MessageInfo message, String url, String token,
        @Nullable String ipAddress, @Nullable String userAgent) implements MessageEvent {

    @Override
    public Outcome outcome() {
        return Outcome.CLICKED;
    }

    @Override
    public Map<String, Object> payload() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("message", message.toMap());
        map.put("url", url);
        map.put("token", token);
        map.put("ip_address", ipAddress);
        map.put("user_agent", userAgent);
        return map;
    }

    /** No addresses, so that it may be logged. */
    @Override
    public String toString() {
        return event + " " + uuid + " about " + message;
    }
}
