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

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelpostal.sandbox.internal.format.TimeFormat;
import io.github.camelpostal.sandbox.internal.store.Delivery;
import io.github.camelpostal.sandbox.internal.store.MailServer;
import io.github.camelpostal.sandbox.internal.store.MessageStore;
import io.github.camelpostal.sandbox.internal.store.PostalVersion;

/** {@code messages/deliveries} (protocol 2.10): the rows of one message, oldest first, possibly none. */
final class DeliveriesCall implements ApiCall {
    private final MessageStore store;
    private final PostalVersion version;

    DeliveriesCall(MessageStore store, PostalVersion version) {
        this.store = store;
        this.version = version;
    }

    @Override
    public CallResult respond(MailServer.Credential credential, ObjectNode call, MessageSink mailbox) {
        return MessageCall.ofMessage(store, call,
                message -> message.state().deliveries().stream().map(this::row).toList());
    }

    /** The same row looks different in an event: {@code false} and null here are null and {@code ""} there (protocol 5.3). */
    private Map<String, Object> row(Delivery delivery) {
        Delivery.Transmission transmission = delivery.attempt().transmission();
        String output = delivery.attempt().output();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", delivery.id());
        row.put("status", delivery.attempt().status().text());
        row.put("details", delivery.attempt().details());
        row.put("output", output == null || output.isEmpty() ? null : output);
        row.put("sent_with_ssl", RubyText.bool(transmission != null && transmission.tls(), version));
        row.put("log_id", transmission == null ? null : transmission.logId());
        row.put("time", transmission == null ? null : transmission.seconds());
        row.put("timestamp", TimeFormat.seconds(delivery.timestamp()));
        return row;
    }
}
