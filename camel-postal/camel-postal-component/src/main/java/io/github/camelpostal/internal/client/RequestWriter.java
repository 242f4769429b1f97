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
package io.github.camelpostal.internal.client;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.camelpostal.api.Expansion;
import io.github.camelpostal.api.PostalAttachment;
import io.github.camelpostal.api.PostalMessage;
import io.github.camelpostal.api.RawMessage;
import io.github.camelpostal.payload.Content;
import io.github.camelpostal.payload.HeaderField;
import org.jspecify.annotations.Nullable;

/**
 * Writes the JSON object of one call, in the shapes that Postal takes. It is asked twice, once to learn the length and once for
 * the wire, and writes the same both times.
 */
public sealed interface RequestWriter {

    /**
     * @param json    where everything but content goes
     * @param content where content goes, as a JSON string in base64, in the place of a value
     */
    void writeTo(JsonGenerator json, ContentWriter content) throws IOException;

    /** The bare addresses that the call is about; empty for one that sends nothing. */
    default Set<String> recipients() {
        return Set.of();
    }

    /** Takes content; decides whether it is read. */
    @FunctionalInterface
    interface ContentWriter {

        void write(Content content) throws IOException;
    }

    /** What {@code send/message} takes (protocol 2.7). Recipients are arrays: Postal splits a string at every comma, quoted or not. */
    record ForMessage(PostalMessage message) implements RequestWriter {

        @Override
        public void writeTo(JsonGenerator json, ContentWriter content) throws IOException {
            json.writeStartObject();
            line(json, "from", message.from());
            lines(json, "to", message.to());
            lines(json, "cc", message.cc());
            lines(json, "bcc", message.bcc());
            line(json, "sender", message.sender());
            if (!message.replyTo().isEmpty()) {
                line(json, "reply_to", String.join(", ", message.replyTo()));
            }
            line(json, "subject", message.subject());
            line(json, "tag", message.tag());
            writeBounce(json, message.bounce());
            text(json, "plain_body", message.plainBody());
            text(json, "html_body", message.htmlBody());
            headers(json);
            attachments(json, content);
            json.writeEndObject();
        }

        @Override
        public Set<String> recipients() {
            Set<String> bare = new LinkedHashSet<>();
            for (List<String> field : List.of(message.to(), message.cc(), message.bcc())) {
                field.forEach(mailbox -> bare.add(mailbox.substring(mailbox.lastIndexOf('<') + 1).replace(">", "").strip()));
            }
            return bare;
        }

        private void headers(JsonGenerator json) throws IOException {
            if (message.headers().isEmpty()) {
                return;
            }
            json.writeObjectFieldStart("headers");
            for (HeaderField header : message.headers()) {
                line(json, header.name(), header.value());
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
                line(json, "name", attachment.name());
                line(json, "content_type", attachment.contentType());
                json.writeFieldName("data");
                content.write(attachment.content());
                json.writeEndObject();
            }
            json.writeEndArray();
        }

        private static void line(JsonGenerator json, String name, @Nullable String value) throws IOException {
            if (value != null) {
                json.writeStringField(name, JsonText.oneLine(value));
            }
        }

        private static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
            if (value != null) {
                json.writeStringField(name, JsonText.wellFormed(value));
            }
        }
    }

    /** What {@code send/raw} takes (protocol 2.8). */
    record ForRaw(RawMessage message) implements RequestWriter {

        @Override
        public void writeTo(JsonGenerator json, ContentWriter content) throws IOException {
            json.writeStartObject();
            lines(json, "rcpt_to", message.rcptTo());
            json.writeStringField("mail_from", JsonText.oneLine(message.mailFrom()));
            writeBounce(json, message.bounce());
            json.writeFieldName("data");
            content.write(message.data());
            json.writeEndObject();
        }

        @Override
        public Set<String> recipients() {
            return new LinkedHashSet<>(message.rcptTo());
        }
    }

    /**
     * What {@code messages/*} takes. The id is an integer: a string makes Postal respond with 500 (protocol 2.9).
     *
     * @param expansions null for the call that has none; else always an array, because without one Postal 3.3.1 and 3.3.2 crash
     */
    record StoredMessageRequest(long id, @Nullable Set<Expansion> expansions) implements RequestWriter {

        @Override
        public void writeTo(JsonGenerator json, ContentWriter content) throws IOException {
            json.writeStartObject();
            json.writeNumberField("id", id);
            if (expansions != null) {
                json.writeArrayFieldStart("_expansions");
                for (Expansion expansion : expansions) {
                    json.writeString(expansion.postalName());
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        }
    }

    /** The probe, which lacks the id on purpose: Postal checks the key before it misses the id (protocol 2.2). */
    record ForProbe() implements RequestWriter {

        @Override
        public void writeTo(JsonGenerator json, ContentWriter content) throws IOException {
            json.writeStartObject();
            json.writeEndObject();
        }
    }

    /**
     * A mail whose attachment has no name on purpose: Postal checks the sender before it misses the name (protocol 2.5), so
     * nothing is ever sent.
     */
    record ForSenderProbe(String from) implements RequestWriter {

        @Override
        public void writeTo(JsonGenerator json, ContentWriter content) throws IOException {
            json.writeStartObject();
            lines(json, "to", List.of(from));
            json.writeStringField("from", JsonText.oneLine(from));
            json.writeStringField("plain_body", "-");
            json.writeArrayFieldStart("attachments");
            json.writeStartObject();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
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

    private static void writeBounce(JsonGenerator json, boolean bounce) throws IOException {
        if (bounce) {
            json.writeBooleanField("bounce", true); // Postal takes "false" for true as well (protocol 2.7)
        }
    }
}
