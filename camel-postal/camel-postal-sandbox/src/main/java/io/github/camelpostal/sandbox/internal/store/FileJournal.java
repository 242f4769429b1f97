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
package io.github.camelpostal.sandbox.internal.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps messages in files: for each mail server a folder, for each message {@code <id>.json} with what is known about it,
 * {@code <id>.eml} as it arrived, and {@code <id>.current.eml} with the headers that were added since.
 *
 * <p>A mail is written when it changes, not each time something becomes known about it. A process that is killed leaves each
 * message as it was before or after a change. What cannot be read is set aside as {@code <id>.json.damaged}, and its id is not
 * given again.
 */
final class FileJournal implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(FileJournal.class);
    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new SimpleModule()
            .addSerializer(Instant.class, new ToStringSerializer(Instant.class))
            .addDeserializer(Instant.class, new InstantReader()));
    private static final String PURGED = ".purged";
    private static final Pattern OF_MESSAGE = Pattern
            .compile("(\\d{1,18})\\.json(?:" + StorageFolder.DAMAGED + "|" + PURGED + ")?");
    private static final String JSON_END = ".json";
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
            StorageFolder.write(place.resolve(message.id() + JSON_END), JSON.writeValueAsBytes(json));
        } catch (IOException e) {
            throw new UncheckedIOException("Message " + message.id() + " cannot be written to " + folder, e);
        }
    }

    /** An empty file remains, so that the id is not given again. */
    @Override
    public void removed(String server, long id) {
        Path place = folder.resolve(server);
        try {
            Files.write(place.resolve(id + JSON_END + PURGED), new byte[0]);
            for (String end : List.of(JSON_END, ".eml", ".current.eml")) {
                Files.deleteIfExists(place.resolve(id + end));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Message " + id + " cannot be removed from " + folder, e);
        }
    }

    @Override
    public List<Message> load(String server) {
        List<Message> messages = new ArrayList<>();
        for (Path file : files(server)) {
            if (file.toString().endsWith(JSON_END)) {
                try {
                    messages.add(read(file));
                } catch (IOException | RuntimeException e) { // Jackson and the records throw many kinds
                    LOG.warn("The message in {} cannot be read ({}): set aside as {}{}", file, e.getClass().getSimpleName(),
                            file.getFileName(), StorageFolder.DAMAGED);
                    StorageFolder.setAside(file);
                }
            }
        }
        LOG.info("Loaded {} messages of mail server {}", messages.size(), server);
        return messages;
    }

    @Override
    public long lastId(String server) {
        return files(server).stream().map(file -> OF_MESSAGE.matcher(file.getFileName().toString())).filter(Matcher::matches)
                .mapToLong(matcher -> Long.parseLong(matcher.group(1))).max().orElse(0);
    }

    private List<Path> files(String server) {
        Path place = folder.resolve(server);
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + place + " cannot be read", e);
        }
    }

    private static Message read(Path file) throws IOException {
        String id = file.getFileName().toString().replace(JSON_END, "");
        byte[] arrived = Files.readAllBytes(file.resolveSibling(id + ".eml"));
        Path currentFile = file.resolveSibling(id + ".current.eml");
        byte[] current = Files.exists(currentFile) ? Files.readAllBytes(currentFile) : arrived;
        ObjectNode json = (ObjectNode) JSON.readTree(file.toFile());
        ((ObjectNode) json.path("arrival")).set(RAW, BinaryNode.valueOf(arrived));
        ((ObjectNode) json.path("state")).set(RAW, BinaryNode.valueOf(current));
        Message message = JSON.treeToValue(json, Message.class);
        if (message.id() != Long.parseLong(id)) {
            throw new IOException("The file is named after another message");
        }
        return message;
    }

    private void writeOnce(Path file, byte[] bytes) throws IOException {
        if (written.get(file) != bytes) {
            StorageFolder.write(file, bytes);
            written.put(file, bytes);
        }
    }

    /** As {@link Instant#toString()} writes it. */
    private static final class InstantReader extends StdScalarDeserializer<Instant> {
        private static final long serialVersionUID = 1L;

        InstantReader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return Instant.parse(parser.getText());
        }
    }
}
