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
package io.github.camelpostal.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** One recorded exchange with, or by, a real Postal 3.3.6. */
record Recording(String name, JsonNode json) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** All recordings of a folder, by name. */
    static List<Recording> all(String folder) {
        try (Stream<Path> files = Files.list(Path.of(Recording.class.getResource("/recordings/" + folder).toURI()))) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().map(Recording::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Recording of(String folder, String name) {
        return all(folder).stream().filter(recording -> recording.name().equals(name)).findFirst().orElseThrow();
    }

    private static Recording read(Path file) {
        try {
            String name = file.getFileName().toString().replace(".json", "");
            return new Recording(name, JSON.readTree(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String method() {
        return json.at("/request/method").asText();
    }

    String path() {
        return json.at("/request/path").asText();
    }

    Map<String, String> requestHeaders() {
        Map<String, String> headers = new LinkedHashMap<>();
        json.at("/request/headers").properties().forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
        return headers;
    }

    byte[] requestBody() {
        return bytes(json.path("request"), "body");
    }

    int status() {
        return json.at("/response/status").asInt();
    }

    String contentType() {
        return json.at("/response/headers/content-type").asText();
    }

    String responseBody() {
        return new String(bytes(json.path("response"), "body"), StandardCharsets.UTF_8);
    }

    /** Lower-case names of the recorded response's headers, without those that frame the body. */
    List<String> responseHeaderNames() {
        return json.at("/response/headers").properties().stream().map(Map.Entry::getKey)
                .filter(name -> !name.equals("connection") && !name.equals("content-length")).toList();
    }

    JsonNode smtpInput() {
        return json.path("smtp_input");
    }

    byte[] smtpData() {
        return bytes(smtpInput(), "data");
    }

    boolean isCut() {
        return json.path("request").has("body_truncated_in_recording");
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(JsonNode from, String member) {
        return from.has(member + "_base64")
                ? Base64.getMimeDecoder().decode(from.path(member + "_base64").asText())
                : from.path(member).asText().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return name;
    }
}
