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
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The page that says what is covered names only what is there. */
class CoverageTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Path PAGE = ROOT.resolve("src/docs/coverage.md");
    private static final Pattern COMMAND = Pattern.compile("`see (\\S+) (\\w+)`");
    private static final Pattern DEMO = Pattern.compile("`demo` ([a-z-]+)");
    private static final Map<String, String> MODULES = Map.of("$COMPONENT", "camel-postal/camel-postal-component", "$SANDBOX",
            "camel-postal/camel-postal-sandbox", "$STARTER", "camel-postal/camel-postal-starter");

    @Test
    void namesOnlyTestsThatAreThere() throws IOException {
        List<MatchResult> commands = COMMAND.matcher(Files.readString(PAGE)).results().toList();

        assertThat(commands).hasSizeGreaterThan(40).allSatisfy(command -> {
            Path tests = ROOT.resolve(MODULES.getOrDefault(command.group(1), command.group(1))).resolve("src/test/java");
            try (Stream<Path> files = Files.walk(tests)) {
                assertThat(files.map(file -> file.getFileName().toString())).as(command.group())
                        .contains(command.group(2) + ".java");
            }
        });
    }

    @Test
    void namesOnlyExamplesThatAreThere() throws IOException {
        assertThat(DEMO.matcher(Files.readString(PAGE)).results().map(demo -> demo.group(1)).toList()).isNotEmpty()
                .allSatisfy(example -> assertThat(ROOT.resolve("examples").resolve(example).resolve("pom.xml")).exists());
    }
}
