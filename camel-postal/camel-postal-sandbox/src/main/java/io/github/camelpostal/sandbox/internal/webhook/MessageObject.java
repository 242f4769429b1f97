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
package io.github.camelpostal.sandbox.internal.webhook;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.camelpostal.sandbox.internal.format.TimeFormat;
import io.github.camelpostal.sandbox.internal.store.Message;

/** The message object that every event about a message carries (protocol 5.3). */
final class MessageObject {
    private MessageObject() {
    }

    static Map<String, Object> of(Message message) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("id", message.id());
        m.put("token", message.token());
        m.put("direction", message.direction().text());
        m.put("message_id", message.arrival().messageId());
        m.put("to", message.arrival().rcptTo());
        m.put("from", message.arrival().mailFrom());
        m.put("subject", message.arrival().subject());
        m.put("timestamp", TimeFormat.seconds(message.timestamp()));
        m.put("spam_status", message.spamStatus());
        m.put("tag", message.state().tag());
        return m;
    }
}
