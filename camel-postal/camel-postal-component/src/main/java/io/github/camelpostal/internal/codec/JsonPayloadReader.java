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
package io.github.camelpostal.internal.codec;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.github.camelpostal.payload.Content;
import io.github.camelpostal.payload.PayloadException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON body; one object of its own for every body. Base64 values are not read: it is noted where they begin, and the
 * parser skips them.
 */
final class JsonPayloadReader {

    static final int DEEPEST_NESTING = 32;
    // of the values that are kept as they come: the payload of an event, and lists
    static final int MOST_VALUES = 10_000;

    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder().maxNestingDepth(DEEPEST_NESTING)
            .maxNumberLength(Fields.LONGEST_NUMBER).maxNameLength(1_000)
            // text of a mail may be as long as the body that was let in
            .maxStringLength(Integer.MAX_VALUE).build();

    /**
     * Shared for the names of fields, which are the same in every body and are kept. Names of unknown fields come from outside
     * and are kept too, but Jackson begins again with an empty table when there are more than some thousands of them. Without
     * such a table it reads characters, and does not know at which byte a value begins.
     */
    private static final JsonFactory FACTORY = JsonFactory.builder().streamReadConstraints(LIMITS)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

    private final Content body;
    private final Fields fields = new Fields();
    private @Nullable AttachmentFields attachments;
    private @Nullable Content message;
    private int values;

    JsonPayloadReader(Content body) {
        this.body = body;
    }

    ParsedPayload read() throws IOException, PayloadException {
        try (InputStream in = body.open(); JsonParser json = FACTORY.createParser(new StrictUtf8Stream(in))) {
            try {
                readTopLevel(json);
            } catch (JsonProcessingException e) { // its text quotes the input
                throw new PayloadException("it is not well-formed JSON near byte " + json.currentLocation().getByteOffset());
            }
        }
        return new ParsedPayload(fields, attachments, message);
    }

    private void readTopLevel(JsonParser json) throws IOException, PayloadException {
        JsonToken first = json.nextToken();
        if (json.currentLocation().getByteOffset() < 0) { // Jackson has found UTF-16 or UTF-32
            throw new PayloadException("it is not valid UTF-8");
        }
        if (first != JsonToken.START_OBJECT) {
            throw new PayloadException("it is not a JSON object");
        }
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            readField(name, json.nextToken(), json);
        }
        if (json.nextToken() != null) {
            throw new PayloadException("something follows the JSON object");
        }
    }

    private void readField(String name, JsonToken token, JsonParser json) throws IOException, PayloadException {
        if (name.equals(ParsedPayload.MESSAGE) && token == JsonToken.VALUE_STRING && message == null) {
            message = encoded(json);
        } else if (name.equals(ParsedPayload.ATTACHMENTS) && token == JsonToken.START_ARRAY && attachments == null) {
            attachments = readAttachments(json);
        } else if (name.equals(ParsedPayload.REPLY_TO) && token == JsonToken.START_ARRAY) {
            fields.put(name, addresses(json));
        } else if (ParsedPayload.isKnown(name)) {
            fields.put(name, value(json));
        } else if (name.equals(ParsedPayload.MESSAGE) || name.equals(ParsedPayload.ATTACHMENTS)) {
            refuseUnlessNull(name, token);
        } else {
            json.skipChildren();
        }
    }

    private static void refuseUnlessNull(String name, JsonToken token) throws PayloadException {
        if (token != JsonToken.VALUE_NULL) {
            throw new PayloadException("'" + name + "' occurs twice or is of another type");
        }
    }

    /** The string at which the parser stands; Postal breaks it into lines of 60 characters (protocol 4.4). */
    private EncodedContent encoded(JsonParser json) {
        long quote = json.currentTokenLocation().getByteOffset();
        return new EncodedContent(body, quote + 1, EncodedValue.Syntax.JSON_STRING);
    }

    private AttachmentFields readAttachments(JsonParser json) throws IOException, PayloadException {
        AttachmentFields list = new AttachmentFields();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw new PayloadException("an attachment is not an object");
            }
            AttachmentFields.Entry attachment = list.at(list.size());
            if (attachment == null) {
                json.skipChildren();
            } else {
                readAttachment(json, attachment);
            }
        }
        return list;
    }

    private void readAttachment(JsonParser json, AttachmentFields.Entry attachment) throws IOException, PayloadException {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken token = json.nextToken();
            if (name.equals(AttachmentFields.DATA) && token == JsonToken.VALUE_STRING) {
                attachment.putData(encoded(json));
            } else if (name.equals(AttachmentFields.DATA) && token == JsonToken.VALUE_NULL) {
                attachment.putData(new MemoryContent(new byte[0]));
            } else if (AttachmentFields.isKnown(name)) {
                attachment.put(name, scalar(json));
            } else {
                json.skipChildren();
            }
        }
    }

    /** As many addresses as a mail can have is no reason to keep it from its route, so the rest is left out. */
    private static List<Object> addresses(JsonParser json) throws IOException, PayloadException {
        List<Object> addresses = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (addresses.size() < MOST_VALUES) {
                addresses.add(scalar(json));
            } else {
                json.skipChildren();
            }
        }
        return addresses;
    }

    private @Nullable Object value(JsonParser json) throws IOException, PayloadException {
        if (++values > MOST_VALUES) {
            throw new PayloadException("it has more than " + MOST_VALUES + " values");
        }
        return switch (json.currentToken()) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> list(json);
            default -> scalar(json);
        };
    }

    // recursion ends at DEEPEST_NESTING, which the parser enforces
    private Map<String, Object> object(JsonParser json) throws IOException, PayloadException {
        Map<String, Object> object = new LinkedHashMap<>();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (object.containsKey(name)) {
                throw new PayloadException("a field occurs twice");
            }
            object.put(wellFormed(name), value(json));
        }
        return object;
    }

    private List<Object> list(JsonParser json) throws IOException, PayloadException {
        List<Object> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(json));
        }
        return list;
    }

    private static @Nullable Object scalar(JsonParser json) throws IOException, PayloadException {
        return switch (json.currentToken()) {
            case VALUE_STRING -> wellFormed(json.getText());
            case VALUE_NUMBER_INT -> integer(json);
            case VALUE_NUMBER_FLOAT -> Fields.number("a value", json.getText());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new PayloadException("a value is of another type than expected");
        };
    }

    private static Object integer(JsonParser json) throws IOException, PayloadException {
        return json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? json.getBigIntegerValue() // of LONGEST_NUMBER digits at most
                : (Object) json.getLongValue();
    }

    /** Refuses strings that cannot be written as UTF-8 again; a JSON escape such as {@code \\ud800} makes one. */
    private static String wellFormed(String text) throws PayloadException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c) || ++i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    throw new PayloadException("a text has half a surrogate pair");
                }
            }
        }
        return text;
    }
}
