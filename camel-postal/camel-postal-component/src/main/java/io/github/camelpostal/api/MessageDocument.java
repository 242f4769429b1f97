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
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonGenerator;

/**
 * What {@code send/message} takes (contract 2.7). Recipients are arrays: Postal splits a string at every comma, quoted or not.
 */
record MessageDocument(PostalMessage message) implements RequestDocument {

    @Override
    public void writeTo(JsonGenerator json, ContentWriter content) throws IOException {
        json.writeStartObject();
        line(json, "from", message.from());
        lines(json, "to", message.to());
        lines(json, "cc", message.cc());
        lines(json, "bcc", message.bcc());
        line(json, "sender", message.sender());
        if (!message.replyTo().isEmpty()) {
            line(json, "reply_to", Optional.of(String.join(", ", message.replyTo())));
        }
        line(json, "subject", message.subject());
        line(json, "tag", message.tag());
        if (message.bounce()) {
            json.writeBooleanField("bounce", true); // Postal takes "false" for true as well (contract 2.7)
        }
        text(json, "plain_body", message.plainBody());
        text(json, "html_body", message.htmlBody());
        headers(json);
        attachments(json, content);
        json.writeEndObject();
    }

    private void headers(JsonGenerator json) throws IOException {
        if (message.headers().isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("headers");
        for (MailHeader header : message.headers()) {
            line(json, header.name(), Optional.of(header.value()));
        }
        json.writeEndObject();
    }

    private void attachments(JsonGenerator json, ContentWriter content) throws IOException {
        if (message.attachments().isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("attachments");
        for (PostalAttachment attachment : message.attachments()) {
            json.writeStartObject();
            line(json, "name", Optional.of(attachment.name()));
            line(json, "content_type", Optional.of(attachment.contentType()));
            json.writeFieldName("data");
            content.write(attachment.content());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void line(JsonGenerator json, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, JsonText.oneLine(value.get()));
        }
    }

    private static void lines(JsonGenerator json, String name, List<String> values) throws IOException {
        if (values.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(JsonText.oneLine(value));
        }
        json.writeEndArray();
    }

    private static void text(JsonGenerator json, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, JsonText.wellFormed(value.get()));
        }
    }
}
