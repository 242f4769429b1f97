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

/**
 * A bounce came back for an earlier outgoing message. The reason is not in the event: read the bounce by its id.
 *
 * <p>A forged bounce looks the same: Postal takes any mail for one that reaches the return path and names the token.
 *
 * @param originalMessage the message that bounced
 * @param bounce          the mail that reported it
 */
public record BounceEvent(String event, String uuid, Instant timestamp, MessageInfo originalMessage, MessageInfo bounce)
        implements
            MessageEvent {

    @Override
    public MessageInfo message() {
        return originalMessage;
    }

    @Override
    public Outcome outcome() {
        return Outcome.BOUNCED;
    }

    @Override
    public Map<String, Object> payload() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("original_message", originalMessage.toMap());
        map.put("bounce", bounce.toMap());
        return map;
    }

    /** No addresses, so that it may be logged. */
    @Override
    public String toString() {
        return event + " " + uuid + " about " + originalMessage;
    }
}
