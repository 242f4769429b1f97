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
package io.github.camelpostal.examples.quickstart.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The working folder, as seen by somebody who wants to know what is new in it: an earlier run may have left files. */
final class Folder {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> FATES = List.of("sent", "failed", "review");

    private final Path root;
    private final Set<Path> old;

    Folder(Path root) {
        this.root = root;
        this.old = FATES.stream().flatMap(this::list).collect(Collectors.toSet());
    }

    /** Puts a file into outbox/ the way any writer should: under another name first, so that nobody reads half of it. */
    void drop(String name, byte[] content) throws IOException {
        Path outbox = Files.createDirectories(root.resolve("outbox"));
        Path unfinished = Files.write(outbox.resolve(name + ".part"), content);
        Files.move(unfinished, outbox.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Where the dropped file went, once it is sent, failed or to be reviewed. */
    Optional<Path> fateOf(String name) {
        return FATES.stream().flatMap(this::list)
                .filter(file -> !old.contains(file) && file.toString().endsWith("-" + name)).findFirst();
    }

    /** A file that is known by its name, once it is there. */
    Optional<Path> file(String folder, String name) {
        return Optional.of(root.resolve(folder).resolve(name)).filter(Files::exists);
    }

    /** The file of this name, in whichever ticket it is. */
    Optional<Path> inTickets(String name) {
        return list("tickets").map(ticket -> ticket.resolve(name)).filter(Files::exists).findFirst();
    }

    /** As seen from the working folder. */
    String name(Path file) {
        return root.relativize(file).toString();
    }

    static JsonNode json(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Stream<Path> list(String folder) {
        Path path = root.resolve(folder);
        if (!Files.isDirectory(path)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
