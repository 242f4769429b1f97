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
package io.github.camelpostal.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * A request that a real Postal 3.3.6 made, byte for byte. The files lie under {@code src/main/resources/recordings}.
 *
 * @param name    folder and file without ending, such as {@code webhooks/MessageSent-sent}
 * @param headers as on the wire
 */
public record Recording(String name, Map<String, String> headers, byte[] body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** All recordings of a folder that have a request. */
    public static List<Recording> all(String folder) {
        return names(folder).stream().map(Recording::of).toList();
    }

    /** The names of all recordings of a folder. */
    public static List<String> names(String folder) {
        try (Stream<Path> files = Files.list(root().resolve(folder))) {
            return files.sorted().map(file -> folder + "/" + file.getFileName().toString().replace(".json", "")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Recording of(String name) {
        JsonNode request = file(name).path("request");
        Map<String, String> headers = new LinkedHashMap<>();
        request.path("headers").fields().forEachRemaining(header -> headers.put(header.getKey(), header.getValue().asText()));
        byte[] body = request.has("body_base64")
                ? Base64.getDecoder().decode(request.path("body_base64").asText())
                : request.path("body").asText().getBytes(StandardCharsets.UTF_8);
        return new Recording(name, headers, body);
    }

    /** The whole file, where a test needs more than the request. */
    public static JsonNode file(String name) {
        try {
            return JSON.readTree(Files.readAllBytes(root().resolve(name + ".json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file that is no recorded exchange, such as {@code wellknown/signing-public-key.pem}. */
    public static String text(String path) {
        try {
            return Files.readString(root().resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String header(String name) {
        return headers.entrySet().stream().filter(header -> header.getKey().equalsIgnoreCase(name)).map(Map.Entry::getValue)
                .findFirst().orElseThrow();
    }

    public String contentType() {
        return header("Content-Type");
    }

    public boolean isJson() {
        return contentType().equals("application/json");
    }

    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return name;
    }

    /** In a folder or, once this module is packaged, in a jar. */
    private static Path root() {
        try {
            URI recordings = Recording.class.getResource("/recordings").toURI();
            return recordings.getScheme().equals("jar") ? Jar.OPEN.getPath("/recordings") : Path.of(recordings);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stays open as long as the tests run. */
    private static final class Jar {

        static final FileSystem OPEN = open();

        private static FileSystem open() {
            try {
                return FileSystems.newFileSystem(Recording.class.getResource("/recordings").toURI(), Map.of());
            } catch (IOException | URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
