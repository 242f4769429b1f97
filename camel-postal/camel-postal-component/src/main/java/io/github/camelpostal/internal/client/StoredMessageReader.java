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
import io.github.camelpostal.api.Expansion;
import io.github.camelpostal.api.PostalAttachment;
import io.github.camelpostal.api.StoredMessage;
import io.github.camelpostal.payload.Content;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Postal says to {@code messages/message} (protocol 2.9). Content is decoded while it is read: its base64 is
 * never held.
 */
public final class StoredMessageReader {

    private final JsonParser json;
    private final Set<Expansion> expansions = EnumSet.noneOf(Expansion.class);
    private @Nullable Long id;
    private @Nullable String token;
    private StoredMessage.@Nullable Status status;
    private StoredMessage.@Nullable Details details;
    private StoredMessage.@Nullable Inspection inspection;
    private @Nullable String plainBody;
    private @Nullable String htmlBody;
    private List<StoredMessage.Attachment> attachments = List.of();
    private Map<String, List<String>> headers = Map.of();
    private @Nullable Content rawMessage;
    private StoredMessage.@Nullable ActivityEntries activityEntries;

    private StoredMessageReader(JsonParser json) {
        this.json = json;
    }

    public static StoredMessage read(JsonParser json) throws IOException {
        return new StoredMessageReader(json).read();
    }

    private StoredMessage read() throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new UnreadableResponseException("its data is no object");
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
            throw LenientJson.missing("id or token");
        }
        return new StoredMessage(id, token, expansions, status, details, inspection, plainBody, htmlBody, attachments,
                headers, rawMessage, activityEntries);
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
            throw LenientJson.missing(expansion.postalName());
        }
        return section;
    }

    private static StoredMessage.Status readStatus(JsonNode section) throws IOException {
        return new StoredMessage.Status(LenientJson.requiredText(section, "status"),
                LenientJson.time(section, "last_delivery_attempt"), LenientJson.flag(section, "held"),
                LenientJson.time(section, "hold_expiry"));
    }

    private static StoredMessage.Details readDetails(JsonNode section) throws IOException {
        return new StoredMessage.Details(LenientJson.text(section, "rcpt_to"), LenientJson.text(section, "mail_from"),
                LenientJson.text(section, "subject"), LenientJson.text(section, "message_id"),
                LenientJson.requiredTime(section, "timestamp"), LenientJson.requiredText(section, "direction"),
                LenientJson.integer(section, "size"), LenientJson.flag(section, "bounce"),
                zeroAsNull(LenientJson.integer(section, "bounce_for_id")),
                LenientJson.text(section, "tag"), LenientJson.flag(section, "received_with_ssl"));
    }

    private static @Nullable Long zeroAsNull(@Nullable Long id) {
        return id == null || id == 0 ? null : id; // Postal writes 0 for none
    }

    private static StoredMessage.Inspection readInspection(JsonNode section) throws IOException {
        Double score = LenientJson.number(section, "spam_score");
        return new StoredMessage.Inspection(LenientJson.flag(section, "inspected"), LenientJson.flag(section, "spam"),
                score == null ? 0.0 : score, LenientJson.flag(section, "threat"),
                LenientJson.text(section, "threat_details"));
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
            loads.add(new StoredMessage.Load(LenientJson.text(load, "ip_address"), LenientJson.text(load, "user_agent"),
                    when(load)));
        }
        List<StoredMessage.Click> clicks = new ArrayList<>();
        for (JsonNode click : section.path("clicks")) {
            clicks.add(new StoredMessage.Click(LenientJson.requiredText(click, "url"), LenientJson.text(click, "ip_address"),
                    LenientJson.text(click, "user_agent"), when(click)));
        }
        return new StoredMessage.ActivityEntries(loads, clicks);
    }

    private static Instant when(JsonNode visit) throws IOException {
        return LenientJson.requiredTime(visit, "timestamp");
    }

    private List<StoredMessage.Attachment> readAttachments() throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw LenientJson.missing("attachments");
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
        Content content = Content.of(new byte[0]);
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
                size == null ? content.length() : size, hash);
    }

    /** Base64 with line breaks, straight from the response. */
    private Content readContent() throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new UnreadableResponseException("content is no text");
        }
        ContentBuffer content = new ContentBuffer();
        json.readBinaryValue(Base64Variants.MIME, content);
        return content;
    }
}
