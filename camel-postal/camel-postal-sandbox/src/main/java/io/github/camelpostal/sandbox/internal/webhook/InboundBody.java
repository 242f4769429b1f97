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

import io.github.camelpostal.sandbox.HttpEndpoint;
import io.github.camelpostal.sandbox.internal.format.PostalForm;
import io.github.camelpostal.sandbox.internal.format.PostalJson;
import io.github.camelpostal.sandbox.internal.format.RubyBase64;
import io.github.camelpostal.sandbox.internal.store.Message;

/**
 * Inbound mail as it is sent, in the form that its endpoint asks for (protocol 4.2, 4.4): taken apart or as it is, as JSON or
 * as form data. Members stand in the recorded order.
 *
 * @param bytes the body, which is what gets signed
 */
public record InboundBody(String contentType, byte[] bytes) {
    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";

    /** @throws PostalMail.UnreadableException where Postal fails on the mail's texts, which only happens when it is taken apart */
    public static InboundBody of(Message message, HttpEndpoint endpoint) {
        Map<String, Object> fields = switch (endpoint.format()) {
            case HASH -> HashFields.of(message, endpoint);
            case RAW -> raw(message);
        };
        return switch (endpoint.encoding()) {
            case JSON -> new InboundBody(JSON, PostalJson.write(fields));
            case FORM -> new InboundBody(FORM, PostalForm.write(fields));
        };
    }

    /** Token, message id, time and spam status are not in it; the size is a number here. */
    private static Map<String, Object> raw(Message message) {
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("id", message.id());
        raw.put("rcpt_to", message.arrival().rcptTo());
        raw.put("mail_from", message.arrival().mailFrom());
        raw.put("message", RubyBase64.lines(message.state().raw()));
        raw.put("base64", true);
        raw.put("size", message.size());
        return raw;
    }
}
