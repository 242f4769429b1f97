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

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * Reads what Postal answers to a send (contract 2.7, 2.8).
 */
final class SendResultReader {

    private SendResultReader() {
    }

    static SendResult read(JsonParser json) throws IOException {
        JsonNode data = json.readValueAsTree();
        JsonNode messages = data.path("messages");
        if (!messages.isObject()) {
            throw Lenient.missing("messages");
        }
        Map<String, SendResult.Recipient> recipients = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> message : messages.properties()) {
            recipients.put(message.getKey(), new SendResult.Recipient(Lenient.requiredInteger(message.getValue(), "id"),
                    Lenient.requiredText(message.getValue(), "token")));
        }
        Optional<String> messageId = Lenient.text(data, "message_id").filter(id -> !id.isBlank());
        return new SendResult(messageId, recipients);
    }
}
