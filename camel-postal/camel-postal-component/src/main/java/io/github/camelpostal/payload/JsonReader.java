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
package io.github.camelpostal.payload;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;

/** Reads a JSON body; one object of its own for every body. */
final class JsonReader {

    static final int LONGEST_NUMBER = 64;
    static final int DEEPEST_NESTING = 32;
    // of the values that are kept as they come: the payload of an event, and lists
    static final int MOST_VALUES = 10_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST_NESTING)
                    .maxNumberLength(LONGEST_NUMBER).maxNameLength(1_000)
                    // text of a mail may be as long as the body that was let in
                    .maxStringLength(Integer.MAX_VALUE).build())
            // names of unknown fields come from outside and must not fill a table that outlives the request
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

    private final ContentStore store;
    private final Fields fields = new Fields();
    private List<InboundAttachment> attachments;
    private Posting.RawBytes message;
    private int values;

    JsonReader(ContentStore store) {
        this.store = store;
    }

    Posting read(InputStream in) throws IOException, PayloadException {
        // Jackson's own decoder takes overlong sequences and encoded surrogates; the JDK's refuses them
        InputStreamReader characters = new InputStreamReader(in,
                StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT));
        try (JsonParser json = JSON.createParser(characters)) {
            try {
                readTopLevel(json);
            } catch (JsonProcessingException e) { // its text quotes the input
                throw new PayloadException("it is not well-formed JSON near character "
                        + json.currentLocation().getCharOffset());
            }
        }
        return new Posting(fields, Optional.ofNullable(attachments), Optional.ofNullable(message));
    }

    private void readTopLevel(JsonParser json) throws IOException, PayloadException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
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
        if (name.equals(Posting.MESSAGE) && token == JsonToken.VALUE_STRING && message == null) {
            message = MessageDigesting.store(store, out -> decodeBase64(json, out));
        } else if (name.equals(Posting.ATTACHMENTS) && token == JsonToken.START_ARRAY && attachments == null) {
            attachments = readAttachments(json);
        } else if (Posting.isKnown(name)) {
            fields.put(name, value(json));
        } else if (name.equals(Posting.MESSAGE) || name.equals(Posting.ATTACHMENTS)) {
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

    private List<InboundAttachment> readAttachments(JsonParser json) throws IOException, PayloadException {
        AttachmentList list = new AttachmentList();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw new PayloadException("an attachment is not an object");
            }
            readAttachment(json, list.at(list.size()));
        }
        return list.complete();
    }

    private void readAttachment(JsonParser json, AttachmentList.Entry attachment) throws IOException, PayloadException {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken token = json.nextToken();
            if (name.equals(AttachmentList.DATA) && token == JsonToken.VALUE_STRING) {
                attachment.putData(store.store(out -> decodeBase64(json, out)));
            } else if (name.equals(AttachmentList.DATA) && token == JsonToken.VALUE_NULL) {
                attachment.putData(store.store(out -> {
                }));
            } else if (AttachmentList.isKnown(name)) {
                attachment.put(name, scalar(json));
            } else {
                json.skipChildren();
            }
        }
    }

    /** Streams the string at which the parser stands; Postal breaks it into lines of 60 characters (contract 4.4). */
    private static void decodeBase64(JsonParser json, OutputStream out) throws IOException, PayloadException {
        try {
            json.readBinaryValue(Base64Variants.MIME_NO_LINEFEEDS, out);
        } catch (IllegalArgumentException e) { // Jackson's way to refuse a character
            throw new PayloadException("an attachment or a message is not base64");
        }
    }

    private Object value(JsonParser json) throws IOException, PayloadException {
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
            object.put(WellFormed.text(name), value(json));
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

    private static Object scalar(JsonParser json) throws IOException, PayloadException {
        return switch (json.currentToken()) {
            case VALUE_STRING -> WellFormed.text(json.getText());
            case VALUE_NUMBER_INT -> integer(json);
            case VALUE_NUMBER_FLOAT -> Fields.number("a value", json.getText());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new PayloadException("an attachment has a value of another type than expected");
        };
    }

    private static Object integer(JsonParser json) throws IOException, PayloadException {
        BigInteger number = json.getBigIntegerValue(); // of LONGEST_NUMBER digits at most
        return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }
}
