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

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
import io.github.camelpostal.api.Delivery;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.SendResult;
import io.github.camelpostal.payload.ReasonRules;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/**
 * Reads Postal's envelope (protocol 2.3) and decides whether it is a success, a refusal or not Postal's at all; strict about
 * the members that decide that, indifferent to all others. Never keeps {@code data.token} of an error: it is the API key.
 */
public final class ResponseReader {

    /** Enough for some hundred thousand recipients. Stored messages have no limit but their own. */
    private static final long LARGEST_RESPONSE = 16L * 1024 * 1024;
    private static final long LARGEST_ERROR = 64L * 1024;
    /** Jackson's own limit is 20,000,000 characters, which the body of a stored message may exceed. */
    private static final int LONGEST_TEXT = 256 * 1024 * 1024;

    /**
     * Leaves the response open: closing what was not read to its end would read it, and give the connection back. Names of
     * fields are not interned, because each recipient is one.
     */
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE).disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(LONGEST_TEXT).build()).build());
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern PARAMETER = Pattern.compile("`([A-Za-z0-9_]{1,40})`");
    /** Postal shows the URL of an HTTP endpoint with the user and password in it. */
    private static final Pattern CREDENTIALS = Pattern.compile("(?i)(https?://)[^/?#\\s]*@");

    private ResponseReader() {
    }

    /** Reads the {@code data} of a success. */
    @FunctionalInterface
    public interface Data<T> {

        /**
         * @param json at the first token of the data; left at its last
         * @throws UnreadableResponseException if it has not the shape of that data
         */
        T read(JsonParser json) throws IOException;
    }

    /**
     * Reads the response of HTTP 200 to its end; limited, unless the call reads what may be large.
     *
     * @throws UnreadableResponseException if it is not Postal's
     * @throws IOException                 if it breaks off
     */
    static <T> ApiResponse<T> read(@Nullable HttpEntity entity, ApiCall call, Data<T> data) throws IOException {
        InputStream all = content(entity);
        InputStream in = call == ApiCall.MESSAGE ? all : new LimitedStream(all, LARGEST_RESPONSE);
        try (JsonParser json = JSON.createParser(in)) {
            ApiResponse<T> response = readEnvelope(json, data);
            readTail(json);
            return response;
        } catch (JsonProcessingException e) {
            throw new UnreadableResponseException("it is not JSON, or breaks off"); // not the cause: it quotes the response
        }
    }

    /**
     * The word in the {@code status} of a response other than HTTP 200, as versions before 3.3.1 wrote it (protocol 11); null
     * when there is none, as in {@code {"status":404,"error":"Not Found"}}.
     */
    static @Nullable String statusWord(@Nullable HttpEntity entity) {
        try (JsonParser json = JSON.createParser(new LimitedStream(content(entity), LARGEST_ERROR))) {
            JsonNode root = json.readValueAsTree();
            JsonNode status = root == null ? null : root.get("status");
            return status != null && status.isTextual() ? printable(status.textValue()) : null;
        } catch (IOException | RuntimeException e) {
            return null; // the HTTP status says enough
        }
    }

    /** What Postal says to a send (protocol 2.7, 2.8); read without a tree, because it is read for every mail. */
    public static SendResult sendResult(JsonParser json) throws IOException {
        Map<String, SendResult.Recipient> recipients = null;
        String messageId = null;
        if (json.currentToken() == JsonToken.START_OBJECT) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String member = json.currentName();
                json.nextToken();
                switch (member) {
                    case "message_id" -> messageId = scalar(json);
                    case "messages" -> recipients = recipients(json);
                    default -> json.skipChildren();
                }
            }
        }
        if (recipients == null) {
            throw LenientJson.missing("messages");
        }
        return new SendResult(messageId == null || messageId.isBlank() ? null : messageId, recipients);
    }

    private static Map<String, SendResult.Recipient> recipients(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw LenientJson.missing("messages");
        }
        Map<String, SendResult.Recipient> recipients = new LinkedHashMap<>(4);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String address = json.currentName();
            json.nextToken();
            recipients.put(address, recipient(json));
        }
        return recipients;
    }

    private static SendResult.Recipient recipient(JsonParser json) throws IOException {
        Long id = null;
        String token = null;
        if (json.currentToken() == JsonToken.START_OBJECT) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String member = json.currentName();
                json.nextToken();
                switch (member) {
                    case "id" -> id = integer(json);
                    case "token" -> token = scalar(json);
                    default -> json.skipChildren();
                }
            }
        }
        if (id == null || token == null) {
            throw LenientJson.missing("id or token");
        }
        return new SendResult.Recipient(id, token);
    }

    /** A number, also one written as text; null for anything else. */
    private static @Nullable Long integer(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            return json.getLongValue();
        }
        String text = json.currentToken() == JsonToken.VALUE_STRING ? scalar(json) : null;
        try {
            json.skipChildren();
            return text == null ? null : Long.valueOf(text.trim());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** The text of a value that is no object and no list; null for those and for null. */
    private static @Nullable String scalar(JsonParser json) throws IOException {
        if (json.currentToken().isScalarValue()) {
            return json.currentToken() == JsonToken.VALUE_NULL ? null : json.getText();
        }
        json.skipChildren();
        return null;
    }

    /** What Postal says to {@code messages/deliveries} (protocol 2.10). */
    public static List<Delivery> deliveries(JsonParser json, ReasonRules reasons) throws IOException {
        JsonNode data = json.readValueAsTree();
        if (!data.isArray()) {
            throw new UnreadableResponseException("its data is no list");
        }
        List<Delivery> deliveries = new ArrayList<>(data.size());
        for (JsonNode attempt : data) {
            String status = LenientJson.requiredText(attempt, "status");
            String details = LenientJson.text(attempt, "details");
            String harmless = details == null ? null : CREDENTIALS.matcher(details).replaceAll("$1");
            String output = LenientJson.text(attempt, "output");
            deliveries.add(new Delivery(LenientJson.requiredInteger(attempt, "id"), status, harmless, output,
                    LenientJson.flag(attempt, "sent_with_ssl"), LenientJson.text(attempt, "log_id"),
                    LenientJson.number(attempt, "time"), LenientJson.requiredTime(attempt, "timestamp"),
                    reasons.classify(status, harmless, output)));
        }
        return List.copyOf(deliveries);
    }

    private static InputStream content(@Nullable HttpEntity entity) throws IOException {
        InputStream in = entity == null ? null : entity.getContent();
        return in == null ? InputStream.nullInputStream() : in;
    }

    private static <T> ApiResponse<T> readEnvelope(JsonParser json, Data<T> data) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new UnreadableResponseException("it is no JSON object");
        }
        String status = null;
        TokenBuffer early = null;
        ApiResponse<T> response = null;
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
                response = readData(status, json, data);
            }
        }
        if (response == null && early != null && status != null) {
            JsonParser buffered = early.asParserOnFirstToken();
            response = readData(status, buffered, data);
        }
        if (response == null) {
            throw new UnreadableResponseException("it has no status or no data");
        }
        return response;
    }

    private static String statusText(JsonParser json, @Nullable JsonToken value) throws IOException {
        if (value != JsonToken.VALUE_STRING) {
            throw new UnreadableResponseException("its status is no text"); // {"status":500,"error":...} (protocol 2.3)
        }
        return json.getText();
    }

    private static <T> ApiResponse<T> readData(String status, JsonParser json, Data<T> data) throws IOException {
        return switch (status) {
            case "success" -> new ApiResponse.Success<>(data.read(json));
            case "error" -> error(json);
            case "parameter-error" -> parameterError(json);
            default -> throw new UnreadableResponseException("its status is none of Postal's");
        };
    }

    private static <T> ApiResponse<T> error(JsonParser json) throws IOException {
        String code = printable(textIn(json, "code"));
        if (code == null) {
            throw new UnreadableResponseException("it is an error without a code");
        }
        return new ApiResponse.Refusal<>(PostalErrorCode.of(code), code, null);
    }

    private static <T> ApiResponse<T> parameterError(JsonParser json) throws IOException {
        String message = textIn(json, "message");
        Matcher parameter = PARAMETER.matcher(message == null ? "" : message);
        return new ApiResponse.Refusal<>(PostalErrorCode.PARAMETER_ERROR, PostalErrorCode.PARAMETER_ERROR.postalName(),
                parameter.find() ? parameter.group(1) : null);
    }

    /** The text of one member of an object, and nothing else of it; null when there is none. */
    private static @Nullable String textIn(JsonParser json, String member) throws IOException {
        String text = null;
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return null;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean isIt = json.currentName().equals(member);
            if (json.nextToken() == JsonToken.VALUE_STRING && isIt) {
                text = json.getText();
            } else {
                json.skipChildren();
            }
        }
        return text;
    }

    private static @Nullable String printable(@Nullable String code) {
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
            return; // the response was complete
        }
        if (more != null) {
            throw new UnreadableResponseException("something follows it");
        }
    }

    /** Refuses to read more than a number of bytes. */
    private static final class LimitedStream extends FilterInputStream {

        private long left;

        LimitedStream(InputStream in, long most) {
            super(in);
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            if (b >= 0) {
                count(1);
            }
            return b;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int n = super.read(bytes, offset, length);
            if (n > 0) {
                count(n);
            }
            return n;
        }

        private void count(int n) throws IOException {
            left -= n;
            if (left < 0) {
                throw new UnreadableResponseException("it is larger than any response to this call can be");
            }
        }
    }
}
