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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** Somebody who searches doctor.md for a line of the log finds it: the page quotes what the component says. */
class LogLinesTest {

    private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

    @Test
    void thePageQuotesTextsOfTheComponent() throws IOException {
        String section = MarkdownPage.of("src/docs/doctor.md").text().split("(?m)^## What the log says$", 2)[1]
                .split("(?m)^## ", 2)[0];
        List<String> quoted = FIRST_CELL.matcher(section).results().map(found -> found.group(1)).toList();

        String texts = texts();
        assertThat(quoted).hasSizeGreaterThan(20);
        assertThat(quoted.stream().filter(text -> !texts.contains(text))).isEmpty();
    }

    /** All main sources, with texts of several lines put together, and values as the page writes them. */
    private static String texts() throws IOException {
        StringBuilder all = new StringBuilder();
        Path sources = MarkdownPage.ROOT.resolve("camel-postal/camel-postal-component/src/main/java");
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                all.append(Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", ""));
            }
        }
        return all.toString();
    }
}
