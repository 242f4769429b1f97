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
package io.github.camelpostal.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation, and the blocks of code on it. */
record MarkdownPage(Path path, String text) {

    static final Path ROOT = Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize().resolve("../..")
            .normalize();
    private static final Pattern BLOCK = Pattern.compile("(?ms)^(?:<!-- ([^\n]*) -->\n\n?)?```(\\w+)\n(.*?)^```$");

    /**
     * A block of code.
     *
     * @param marker   the comment above it; null if there is none
     * @param language what stands behind the fence
     * @param code     its lines
     */
    record Block(String marker, String language, String code) {
    }

    /** @param path from the root of the repository */
    static MarkdownPage of(String path) throws IOException {
        return of(ROOT.resolve(path));
    }

    static MarkdownPage of(Path path) throws IOException {
        return new MarkdownPage(path, Files.readString(path));
    }

    /** Every page for users. */
    static List<MarkdownPage> all() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("src/docs"));
                Stream<Path> examples = Files.walk(ROOT.resolve("examples"), 2)) {
            List<MarkdownPage> pages = new ArrayList<>(List.of(of("README.md")));
            for (Path path : Stream.concat(docs, examples).filter(file -> file.toString().endsWith(".md")).sorted().toList()) {
                pages.add(of(path));
            }
            return pages;
        }
    }

    List<Block> blocks() {
        return BLOCK.matcher(text).results()
                .map(found -> new Block(found.group(1), found.group(2), found.group(3))).toList();
    }

    /** The code of the nth block in this language. */
    String block(String language, int index) {
        return blocks().stream().filter(block -> block.language().equals(language)).skip(index).findFirst()
                .orElseThrow(() -> new AssertionError("No block " + index + " of " + language + " on " + path)).code();
    }

    /** The code of the block in this language above which a comment names the test. */
    String blockRunBy(Class<?> test, String language) {
        return blocks().stream()
                .filter(block -> block.language().equals(language) && ("run by " + test.getSimpleName()).equals(block.marker()))
                .findFirst().orElseThrow(() -> new AssertionError("No block of " + language + " on " + path)).code();
    }

    @Override
    public String toString() {
        return ROOT.relativize(path).toString();
    }
}
