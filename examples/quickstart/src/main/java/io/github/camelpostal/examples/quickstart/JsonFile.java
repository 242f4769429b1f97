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
package io.github.camelpostal.examples.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

/**
 * A JSON object in a file. Who reads it sees the old content or the new one, never half of it, and never a file that a crash
 * has cut off.
 */
record JsonFile(Path path) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {
    };

    /** The content; empty when there is no such file. */
    Optional<Map<String, Object>> read() throws IOException {
        return exists() ? Optional.of(JSON.readValue(path.toFile(), OBJECT)) : Optional.empty();
    }

    boolean exists() {
        return Files.exists(path);
    }

    void write(Map<String, Object> content) throws IOException {
        Files.createDirectories(path.getParent());
        Path unfinished = Files.createTempFile(path.getParent(), ".", ".part");
        try {
            Files.write(unfinished, JSON.writeValueAsBytes(content));
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
