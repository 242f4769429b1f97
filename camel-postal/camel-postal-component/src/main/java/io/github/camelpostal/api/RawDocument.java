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

import com.fasterxml.jackson.core.JsonGenerator;

/**
 * What {@code send/raw} takes (contract 2.8).
 */
record RawDocument(RawMessage message) implements RequestDocument {

    @Override
    public void writeTo(JsonGenerator json, ContentWriter content) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("rcpt_to");
        for (String address : message.rcptTo()) {
            json.writeString(JsonText.oneLine(address));
        }
        json.writeEndArray();
        json.writeStringField("mail_from", JsonText.oneLine(message.mailFrom()));
        if (message.bounce()) {
            json.writeBooleanField("bounce", true); // Postal takes "false" for true as well (contract 2.7)
        }
        json.writeFieldName("data");
        content.write(message.data());
        json.writeEndObject();
    }
}
