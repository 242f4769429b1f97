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
package io.github.camelpostal.sandbox.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.github.camelpostal.sandbox.internal.store.Journal;
import io.github.camelpostal.sandbox.internal.store.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps messages in files: for each mail server a folder, for each message {@code <id>.json} with what is known about it,
 * {@code <id>.eml} as it arrived, and {@code <id>.current.eml} with the headers that were added since.
 *
 * <p>A mail is written when it changes, not each time something becomes known about it. A process that is killed leaves each
 * message as it was before or after a change.
 */
final class FileJournal implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(FileJournal.class);
    private static final ObjectMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).build();
    private static final String RAW = "raw";

    private final Path folder;
    private final Map<Path, byte[]> written = new ConcurrentHashMap<>();

    FileJournal(Path folder) {
        this.folder = folder;
    }

    @Override
    public void stored(String server, Message message) {
        try {
            Path place = Files.createDirectories(folder.resolve(server));
            byte[] arrived = message.arrival().raw();
            byte[] current = message.state().raw();
            writeOnce(place.resolve(message.id() + ".eml"), arrived);
            if (current != arrived) {
                writeOnce(place.resolve(message.id() + ".current.eml"), current);
            }
            ObjectNode json = JSON.valueToTree(message);
            ((ObjectNode) json.path("arrival")).remove(RAW);
            ((ObjectNode) json.path("state")).remove(RAW);
            Storage.write(place.resolve(message.id() + ".json"), JSON.writeValueAsBytes(json));
        } catch (IOException e) {
            throw new UncheckedIOException("Message " + message.id() + " cannot be kept in " + folder, e);
        }
    }

    @Override
    public List<Message> load(String server) {
        Path place = folder.resolve(server);
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        List<Message> messages = new ArrayList<>();
        try (Stream<Path> files = Files.list(place)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json")).toList()) {
                messages.add(read(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The messages in " + place + " cannot be read", e);
        }
        LOG.info("{} messages of mail server {} are back", messages.size(), server);
        return messages;
    }

    private Message read(Path file) throws IOException {
        String id = file.getFileName().toString().replaceFirst("\\.json$", "");
        byte[] arrived = Files.readAllBytes(file.resolveSibling(id + ".eml"));
        Path currentFile = file.resolveSibling(id + ".current.eml");
        byte[] current = Files.exists(currentFile) ? Files.readAllBytes(currentFile) : arrived;
        ObjectNode json = (ObjectNode) JSON.readTree(file.toFile());
        ((ObjectNode) json.path("arrival")).set(RAW, BinaryNode.valueOf(arrived));
        ((ObjectNode) json.path("state")).set(RAW, BinaryNode.valueOf(current));
        return JSON.treeToValue(json, Message.class);
    }

    private void writeOnce(Path file, byte[] bytes) throws IOException {
        if (written.get(file) != bytes) {
            Storage.write(file, bytes);
            written.put(file, bytes);
        }
    }
}
