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
 * {@code SendLimitApproaching} or {@code SendLimitExceeded}: nine tenths of a mail server's hourly limit, or all of it.
 * Postal does not document these; they come to webhooks that are set to all events.
 *
 * @param volume messages in the last hour
 * @param limit  messages allowed in an hour
 */
public record SendLimitEvent(String event, String uuid, Instant timestamp, ServerInfo server, long volume, long limit)
        implements
            PostalEvent {

    /** Whether the limit is reached, so that Postal holds further messages. */
    public boolean exceeded() {
        return event.equals("SendLimitExceeded");
    }

    @Override
    public Outcome outcome() {
        return Outcome.LIMIT;
    }

    @Override
    public Map<String, Object> payload() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("server", server.toMap());
        map.put("volume", volume);
        map.put("limit", limit);
        return map;
    }
}
