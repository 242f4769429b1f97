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
import java.io.InputStream;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import org.apache.hc.core5.http.HttpEntity;

/**
 * Reads Postal's envelope (contract 2.3) and decides whether it is a success, a refusal or not Postal's at all; strict about
 * the members that decide that, indifferent to all others. Never keeps {@code data.token} of an error: it is the API key.
 */
final class AnswerReader {

    /** Enough for some hundred thousand recipients. Stored messages have no limit but their own. */
    private static final long MOST_OF_AN_ANSWER = 16L * 1024 * 1024;
    private static final long MOST_OF_AN_ERROR = 64L * 1024;
    /** Jackson's own limit is 20,000,000 characters, which the body of a stored message may exceed. */
    private static final int LONGEST_TEXT = 256 * 1024 * 1024;

    /** Leaves the answer open: closing what was not read to its end would read it, and give the connection back. */
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(LONGEST_TEXT).build()).build());

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern PARAMETER = Pattern.compile("`([A-Za-z0-9_]{1,40})`");

    private AnswerReader() {
    }

    /** Reads the {@code data} of a success. */
    @FunctionalInterface
    interface Data<T> {

        /**
         * @param json at the first token of the data; left at its last
         * @throws UnreadableAnswerException if it has not the shape of that data
         */
        T read(JsonParser json) throws IOException;
    }

    /**
     * Reads the answer of HTTP 200 to its end; limited, unless the call reads what may be large.
     *
     * @throws UnreadableAnswerException if it is not Postal's
     * @throws IOException               if it breaks off
     */
    static <T> Answer<T> read(HttpEntity entity, ApiCall call, Data<T> data) throws IOException {
        InputStream all = content(entity);
        InputStream in = call == ApiCall.MESSAGE ? all : new LimitedStream(all, MOST_OF_AN_ANSWER);
        try (JsonParser json = JSON.createParser(in)) {
            Answer<T> answer = readEnvelope(json, data);
            readTail(json);
            return answer;
        } catch (JsonProcessingException e) {
            throw new UnreadableAnswerException("it is not JSON, or breaks off"); // not the cause: it quotes the answer
        }
    }

    /**
     * The word in the {@code status} of an answer other than HTTP 200, as versions before 3.3.1 wrote it (contract 11); null when
     * there is none, as in {@code {"status":404,"error":"Not Found"}}.
     */
    static String statusWord(HttpEntity entity) {
        try (JsonParser json = JSON.createParser(new LimitedStream(content(entity), MOST_OF_AN_ERROR))) {
            JsonNode root = json.readValueAsTree();
            JsonNode status = root == null ? null : root.get("status");
            return status != null && status.isTextual() ? printable(status.textValue()) : null;
        } catch (IOException | RuntimeException e) {
            return null; // the HTTP status says enough
        }
    }

    private static InputStream content(HttpEntity entity) throws IOException {
        InputStream in = entity == null ? null : entity.getContent();
        return in == null ? InputStream.nullInputStream() : in;
    }

    private static <T> Answer<T> readEnvelope(JsonParser json, Data<T> data) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new UnreadableAnswerException("it is no JSON object");
        }
        String status = null;
        TokenBuffer early = null;
        Answer<T> answer = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String member = json.currentName();
            JsonToken value = json.nextToken();
            if (member.equals("status")) {
                status = statusText(json, value);
            } else if (!member.equals("data")) {
                json.skipChildren();
            } else if (status == null) {
                early = new TokenBuffer(json).overrideParentContext(null);
                early.copyCurrentStructure(json); // Postal writes the status first; JSON does not promise it
            } else {
                answer = readData(status, json, data);
            }
        }
        if (answer == null && early != null && status != null) {
            JsonParser buffered = early.asParserOnFirstToken();
            answer = readData(status, buffered, data);
        }
        if (answer == null) {
            throw new UnreadableAnswerException("it has no status or no data");
        }
        return answer;
    }

    private static String statusText(JsonParser json, JsonToken value) throws IOException {
        if (value != JsonToken.VALUE_STRING) {
            throw new UnreadableAnswerException("its status is no text"); // {"status":500,"error":...} (contract 2.3)
        }
        return json.getText();
    }

    private static <T> Answer<T> readData(String status, JsonParser json, Data<T> data) throws IOException {
        return switch (status) {
            case "success" -> new Answer.Success<>(data.read(json));
            case "error" -> error(json);
            case "parameter-error" -> parameterError(json);
            default -> throw new UnreadableAnswerException("its status is none of Postal's");
        };
    }

    private static <T> Answer<T> error(JsonParser json) throws IOException {
        String code = printable(texts(json, "code").get("code"));
        if (code == null) {
            throw new UnreadableAnswerException("it is an error without a code");
        }
        return new Answer.Refusal<>(PostalErrorCode.of(code), code, null);
    }

    private static <T> Answer<T> parameterError(JsonParser json) throws IOException {
        String message = texts(json, "message").get("message");
        Matcher parameter = PARAMETER.matcher(message == null ? "" : message);
        return new Answer.Refusal<>(PostalErrorCode.PARAMETER_ERROR, PostalErrorCode.PARAMETER_ERROR.postalName(),
                parameter.find() ? parameter.group(1) : null);
    }

    /** That one member of an object, and nothing else of it. */
    private static Map<String, String> texts(JsonParser json, String wanted) throws IOException {
        String text = null;
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return Map.of();
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean isWanted = json.currentName().equals(wanted);
            if (json.nextToken() == JsonToken.VALUE_STRING && isWanted) {
                text = json.getText();
            } else {
                json.skipChildren();
            }
        }
        return text == null ? Map.of() : Map.of(wanted, text);
    }

    private static String printable(String code) {
        return code != null && CODE.matcher(code).matches() ? code : null;
    }

    /** Reads to the end of the body, which frees the connection for the next call; what fails there changes nothing. */
    private static void readTail(JsonParser json) throws IOException {
        JsonToken more;
        try {
            more = json.nextToken();
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            return; // the answer was complete
        }
        if (more != null) {
            throw new UnreadableAnswerException("something follows it");
        }
    }
}
