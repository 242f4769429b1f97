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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelpostal.RealClient;
import io.github.camelpostal.payload.Content;
import io.github.camelpostal.testing.Recording;
import io.github.camelpostal.testing.ScriptedConnection;
import io.github.camelpostal.testing.ScriptedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every recorded response of a real Postal 3.3.6, byte for byte, leads to the recorded result or to the exception that
 * {@code recordings/expected.txt} names.
 */
class RecordedResponsesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everyRecordingHasAnExpectation() throws Exception {
        assertThat(expectations().keySet()).isEqualTo(recordings());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cases")
    void meansWhatWasExpected(String name, String expected) throws Exception {
        JsonNode recording = Recording.file(name);
        JsonNode response = recording.get("response");
        try (ScriptedServer server = ScriptedServer.start(connection -> replay(response, connection));
                RealClient real = RealClient.of(server.url())) {
            assertThat(outcome(recording, real.client())).isEqualTo(expected);
            server.onlyRequest();
        }
    }

    static Stream<String[]> cases() throws IOException {
        return expectations().entrySet().stream().map(line -> new String[]{line.getKey(), line.getValue()});
    }

    private static Map<String, String> expectations() {
        return Recording.text("expected.txt").lines().filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\\s+", 2))
                .collect(Collectors.toMap(line -> line[0], line -> line[1].trim(), (a, b) -> b, LinkedHashMap::new));
    }

    private static Set<String> recordings() {
        return Stream.of("api", "api-formats").flatMap(folder -> Recording.names(folder).stream()).collect(Collectors.toSet());
    }

    private static void replay(JsonNode response, ScriptedConnection connection) throws IOException {
        connection.readBody();
        Map<String, String> headers = new LinkedHashMap<>();
        response.get("headers").properties().forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
        connection.head(response.get("status").asInt(), headers);
        connection.write(response.path("body").asText(""));
        connection.close();
    }

    /** In the words of expected.txt; for a success also compares the result with all of what was recorded. */
    private static String outcome(JsonNode recording, PostalClient client) throws Exception {
        JsonNode response = recording.get("response");
        try {
            Object result = call(recording.at("/request/path").asText(), client);
            JsonNode data = JSON.readTree(response.get("body").asText()).get("data");
            assertThat(normalized(JSON.valueToTree(result))).isEqualTo(normalized(data));
            return "success";
        } catch (PostalRejectedException e) {
            assertThat(e.code().postalName()).isEqualTo(e.rawCode());
            return "rejected " + e.code().postalName();
        } catch (PostalAccessException e) {
            return "access " + codeOrStatus(e);
        } catch (PostalUnavailableException e) {
            return "unavailable " + codeOrStatus(e);
        } catch (PostalUncertainException e) {
            return "uncertain " + codeOrStatus(e);
        }
    }

    private static String codeOrStatus(PostalException e) {
        return e.rawCode() == null ? Integer.toString(e.httpStatus()) : e.rawCode();
    }

    private static Object call(String path, PostalClient client) throws PostalException {
        if (path.startsWith("/api/v1/send/message")) {
            return client.sendMessage(PostalMessage.builder().from("a@acme.example").to("b@rcpt.test").plainBody("x").build())
                    .toMap();
        }
        if (path.startsWith("/api/v1/send/raw")) {
            return client
                    .sendRaw(new RawMessage("a@acme.example", List.of("b@rcpt.test"), Content.of(new byte[]{65}), false))
                    .toMap();
        }
        if (path.startsWith("/api/v1/messages/deliveries")) {
            return client.deliveries(1).stream().map(Delivery::toMap).toList();
        }
        return client.message(1, EnumSet.allOf(Expansion.class)).toMap();
    }

    /** Numbers by value, base64 without line breaks. */
    private static JsonNode normalized(JsonNode node) {
        if (node.isNumber()) {
            return JSON.getNodeFactory()
                    .textNode("number " + new BigDecimal(node.asText()).stripTrailingZeros().toPlainString());
        }
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                boolean base64 = name.equals("data") || name.equals("raw_message");
                object.set(name, base64 && object.get(name).isTextual()
                        ? JSON.getNodeFactory().textNode(object.get(name).textValue().replace("\n", ""))
                        : normalized(object.get(name)));
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, normalized(array.get(i)));
            }
        }
        return node;
    }

    @Test
    void readsContentAsBytes() throws Exception {
        JsonNode recording = Recording.file("api/messages-message-expansions-true");
        try (ScriptedServer server = ScriptedServer.start(connection -> replay(recording.get("response"), connection));
                RealClient real = RealClient.of(server.url())) {
            StoredMessage message = real.client().message(216, EnumSet.allOf(Expansion.class));
            assertThat(bytes(message.attachments().get(1).content())).hasSize(200).startsWith(0, 1, 2).endsWith(198, 199);
            assertThat(new String(bytes(message.rawMessage()), StandardCharsets.US_ASCII))
                    .startsWith("DKIM-Signature: v=1; a=rsa-sha256;").contains("\r\nX-Postal-MsgID: Aa58iNKsbawCY7bo\r\n");
        }
    }

    private static byte[] bytes(Content content) throws IOException {
        try (InputStream in = content.open()) {
            return in.readAllBytes();
        }
    }
}
