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
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * Reads what Postal answers to {@code messages/message} (contract 2.9). Content is decoded while it is read: its base64 is
 * never held.
 */
final class StoredMessageReader {

    private final JsonParser json;
    private final Set<Expansion> expansions = EnumSet.noneOf(Expansion.class);
    private Long id;
    private String token;
    private StoredMessage.Status status;
    private StoredMessage.Details details;
    private StoredMessage.Inspection inspection;
    private String plainBody;
    private String htmlBody;
    private List<StoredMessage.Attachment> attachments = List.of();
    private Map<String, List<String>> headers = Map.of();
    private MailContent rawMessage;
    private StoredMessage.ActivityEntries activityEntries;

    private StoredMessageReader(JsonParser json) {
        this.json = json;
    }

    static StoredMessage read(JsonParser json) throws IOException {
        return new StoredMessageReader(json).read();
    }

    private StoredMessage read() throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new UnreadableAnswerException("its data is no object");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String member = json.currentName();
            json.nextToken();
            Optional<Expansion> expansion = Expansion.byName(member);
            if (expansion.isPresent()) {
                expansions.add(expansion.get());
                readSection(expansion.get());
            } else {
                readOther(member);
            }
        }
        if (id == null || token == null) {
            throw Lenient.missing("id or token");
        }
        return new StoredMessage(id, token, expansions, Optional.ofNullable(status), Optional.ofNullable(details),
                Optional.ofNullable(inspection), Optional.ofNullable(plainBody), Optional.ofNullable(htmlBody), attachments,
                headers, Optional.ofNullable(rawMessage), Optional.ofNullable(activityEntries));
    }

    private void readOther(String member) throws IOException {
        switch (member) {
            case "id" -> id = json.currentToken() == JsonToken.VALUE_NUMBER_INT ? json.getLongValue() : null;
            case "token" -> token = json.getValueAsString();
            default -> json.skipChildren();
        }
    }

    private void readSection(Expansion expansion) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        switch (expansion) {
            case STATUS -> status = readStatus(object(expansion));
            case DETAILS -> details = readDetails(object(expansion));
            case INSPECTION -> inspection = readInspection(object(expansion));
            case PLAIN_BODY -> plainBody = json.getValueAsString();
            case HTML_BODY -> htmlBody = json.getValueAsString();
            case ATTACHMENTS -> attachments = readAttachments();
            case HEADERS -> headers = readHeaders(object(expansion));
            case RAW_MESSAGE -> rawMessage = readContent();
            case ACTIVITY_ENTRIES -> activityEntries = readActivity(object(expansion));
        }
    }

    private JsonNode object(Expansion expansion) throws IOException {
        JsonNode section = json.readValueAsTree();
        if (!section.isObject()) {
            throw Lenient.missing(expansion.postalName());
        }
        return section;
    }

    private static StoredMessage.Status readStatus(JsonNode section) throws IOException {
        return new StoredMessage.Status(Lenient.requiredText(section, "status"),
                Lenient.time(section, "last_delivery_attempt"), Lenient.flag(section, "held"),
                Lenient.time(section, "hold_expiry"));
    }

    private static StoredMessage.Details readDetails(JsonNode section) throws IOException {
        return new StoredMessage.Details(Lenient.text(section, "rcpt_to"), Lenient.text(section, "mail_from"),
                Lenient.text(section, "subject"), Lenient.text(section, "message_id"),
                Lenient.requiredTime(section, "timestamp"), Lenient.requiredText(section, "direction"),
                Lenient.integer(section, "size"), Lenient.flag(section, "bounce"),
                Lenient.integer(section, "bounce_for_id").filter(other -> other != 0), // 0 is none
                Lenient.text(section, "tag"), Lenient.flag(section, "received_with_ssl"));
    }

    private static StoredMessage.Inspection readInspection(JsonNode section) throws IOException {
        return new StoredMessage.Inspection(Lenient.flag(section, "inspected"), Lenient.flag(section, "spam"),
                Lenient.number(section, "spam_score").orElse(0.0), Lenient.flag(section, "threat"),
                Lenient.text(section, "threat_details"));
    }

    private static Map<String, List<String>> readHeaders(JsonNode section) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : section.properties()) {
            List<String> values = new ArrayList<>();
            if (field.getValue().isArray()) {
                field.getValue().forEach(value -> values.add(value.asText("")));
            } else {
                values.add(field.getValue().asText(""));
            }
            headers.put(field.getKey(), List.copyOf(values));
        }
        return headers;
    }

    private static StoredMessage.ActivityEntries readActivity(JsonNode section) throws IOException {
        List<StoredMessage.Load> loads = new ArrayList<>();
        for (JsonNode load : section.path("loads")) {
            loads.add(new StoredMessage.Load(Lenient.text(load, "ip_address"), Lenient.text(load, "user_agent"), when(load)));
        }
        List<StoredMessage.Click> clicks = new ArrayList<>();
        for (JsonNode click : section.path("clicks")) {
            clicks.add(new StoredMessage.Click(Lenient.requiredText(click, "url"), Lenient.text(click, "ip_address"),
                    Lenient.text(click, "user_agent"), when(click)));
        }
        return new StoredMessage.ActivityEntries(loads, clicks);
    }

    private static Instant when(JsonNode visit) throws IOException {
        return Lenient.requiredTime(visit, "timestamp");
    }

    private List<StoredMessage.Attachment> readAttachments() throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw Lenient.missing("attachments");
        }
        List<StoredMessage.Attachment> list = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            list.add(readAttachment());
        }
        return list;
    }

    private StoredMessage.Attachment readAttachment() throws IOException {
        String filename = "";
        String contentType = PostalAttachment.UNKNOWN_TYPE;
        MailContent content = MailContent.of(new byte[0]);
        Long size = null;
        String hash = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String member = json.currentName();
            boolean isNull = json.nextToken() == JsonToken.VALUE_NULL;
            switch (member) {
                case "filename" -> filename = json.getValueAsString("");
                case "content_type" -> contentType = json.getValueAsString(contentType);
                case "data" -> content = isNull ? content : readContent();
                case "size" -> size = json.getValueAsLong();
                case "hash" -> hash = json.getValueAsString("");
                default -> json.skipChildren();
            }
        }
        return new StoredMessage.Attachment(filename, contentType, content,
                size == null ? content.length().orElse(0) : size, hash);
    }

    /** Base64 with line breaks, straight from the answer. */
    private MailContent readContent() throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new UnreadableAnswerException("content is no text");
        }
        ContentBuffer content = new ContentBuffer();
        json.readBinaryValue(Base64Variants.MIME, content);
        return content;
    }
}
