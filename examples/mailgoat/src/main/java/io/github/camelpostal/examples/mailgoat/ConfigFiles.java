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
package io.github.camelpostal.examples.mailgoat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;

/**
 * The configuration of one profile on disk: {@code config.yml}, or MailGoat's own {@code config.json} where there is no YAML.
 *
 * <p>What is written is YAML, readable by nobody but its owner, and never half-written. Settings of a file that are not ours stay
 * in it.
 *
 * @param yaml what is written, and read first
 * @param json what is read where there is no YAML; the file that the original MailGoat writes
 */
record ConfigFiles(Path yaml, Path json) {

    private static final ObjectMapper MAPPER = new ObjectMapper(
            YAMLFactory.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).build());
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final String PROFILE_NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";

    /** @param profile null for what {@code MAILGOAT_PROFILE} says, else the default one */
    static ConfigFiles of(Terminal terminal, String profile) {
        Path folder = terminal.home().resolve(".mailgoat");
        String name = profile != null ? profile : terminal.environment().get("MAILGOAT_PROFILE");
        if (name == null || name.isBlank()) {
            return new ConfigFiles(folder.resolve("config.yml"), folder.resolve("config.json"));
        }
        if (!name.matches(PROFILE_NAME)) {
            throw new ConfigException("A profile's name is made of letters, digits, dots, hyphens and underscores");
        }
        Path profiles = folder.resolve("profiles");
        return new ConfigFiles(profiles.resolve(name + ".yml"), profiles.resolve(name + ".json"));
    }

    /** The file that is read: the YAML one, unless only the JSON one is there. */
    Path read() {
        return !Files.exists(yaml) && Files.exists(json) ? json : yaml;
    }

    /** @throws ConfigException when a file is there and cannot be understood */
    Settings load() {
        ObjectNode tree = tree();
        return new Settings(text(tree, "server"), text(tree, "email").or(() -> text(tree, "fromAddress")),
                text(tree, "api_key"));
    }

    /** @throws ConfigException when it cannot be written */
    void set(Setting setting, String value) {
        ObjectNode tree = tree();
        tree.put(setting.key(), value);
        if (setting == Setting.EMAIL) {
            tree.remove("fromAddress"); // the JSON variant's name for the same
        }
        try {
            write(MAPPER.writeValueAsString(tree));
        } catch (IOException e) {
            throw new ConfigException("Cannot write " + yaml + ": " + e.getMessage(), e);
        }
    }

    /** Whether others than the owner may read the file that holds the key. */
    boolean isOpenToOthers() {
        try {
            return Files.exists(read()) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(read()));
        } catch (IOException | UnsupportedOperationException e) {
            return false; // a file system without such permissions
        }
    }

    private ObjectNode tree() {
        Path file = read();
        if (!Files.exists(file)) {
            return MAPPER.createObjectNode();
        }
        try {
            JsonNode tree = MAPPER.readTree(file.toFile()); // JSON is YAML, too
            if (tree.isMissingNode() || tree.isNull()) {
                return MAPPER.createObjectNode();
            }
            if (tree instanceof ObjectNode object) {
                return object;
            }
            throw new ConfigException(file + " holds no settings such as 'server: https://postal.example.com'");
        } catch (JsonProcessingException e) {
            throw new ConfigException(file + " is not valid YAML, in line " + e.getLocation().getLineNr());
        } catch (IOException e) {
            throw new ConfigException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private void write(String text) throws IOException {
        Path folder = yaml.getParent();
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            if (posix) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        }
        Path half = Files.createTempFile(folder, "config", ".tmp"); // for its owner only, from the start
        Files.writeString(half, text);
        Files.move(half, yaml, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Optional<String> text(ObjectNode tree, String name) {
        return Optional.ofNullable(tree.get(name)).filter(JsonNode::isValueNode).map(JsonNode::asText).map(String::strip)
                .filter(text -> !text.isEmpty());
    }
}
