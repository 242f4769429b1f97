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
package io.github.camelpostal.sandbox.internal.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelpostal.sandbox.internal.store.MailServer;
import io.github.camelpostal.sandbox.internal.store.Message;
import io.github.camelpostal.sandbox.internal.store.MessageStore;
import io.github.camelpostal.sandbox.internal.store.PostalVersion;
import org.jspecify.annotations.Nullable;

/** {@code messages/message} (protocol 2.9): one stored message, of either direction, with the expansions that were asked for. */
final class MessageCall implements ApiCall {
    private final MessageStore store;
    private final PostalVersion version;

    MessageCall(MessageStore store, PostalVersion version) {
        this.store = store;
        this.version = version;
    }

    @Override
    public CallResult respond(MailServer.Credential credential, ObjectNode call, MessageSink mailbox) {
        return ofMessage(store, call, message -> {
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("id", message.id());
            data.put("token", message.token());
            data.putAll(Expansions.of(message, call.path("_expansions"), version));
            return data;
        });
    }

    /** What both reading calls do with {@code id}; the data are of the message that it names. */
    static CallResult ofMessage(MessageStore store, ObjectNode call, Function<Message, Object> data) {
        JsonNode id = call.path("id");
        if (RubyText.isBlank(id)) {
            return CallResult.missing("id");
        }
        return find(store, id).map(message -> CallResult.success(data.apply(message)))
                .orElseGet(() -> CallResult.error(ErrorCode.MESSAGE_NOT_FOUND, "id", id));
    }

    /**
     * Integers only. An object is used as a database condition, which is an accident of Postal's and repeated here for the
     * columns that were recorded.
     *
     * @throws CrashException for a string, a float, a list or true
     */
    private static Optional<Message> find(MessageStore store, JsonNode id) {
        if (id.isIntegralNumber()) {
            return id.canConvertToLong() ? store.find(id.longValue()) : Optional.empty();
        }
        if (id.isObject()) {
            return store.stream().filter(message -> matches(message, (ObjectNode) id)).findFirst();
        }
        throw new CrashException("id is no integer");
    }

    private static boolean matches(Message message, ObjectNode conditions) {
        return conditions.properties().stream()
                .allMatch(condition -> condition.getValue().asText().equals(column(message, condition.getKey())));
    }

    private static @Nullable String column(Message message, String name) {
        return switch (name) {
            case "id" -> Long.toString(message.id());
            case "token" -> message.token();
            case "tag" -> message.state().tag();
            default -> throw new CrashException("No such column here");
        };
    }
}
