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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Commands, YAML and properties on the pages are run by a test, or say why not. A comment above each block names the test, and the
 * test names the page: {@code <!-- run by ReadmeTest -->}, {@code <!-- not run: needs Docker -->}.
 */
class EveryBlockIsRunTest {

    private static final Set<String> RUNNABLE = Set.of("sh", "yaml", "properties");
    private static final Pattern RUN_BY = Pattern.compile("run by (\\.ci/run|\\w+(?:Test|IT))");
    private static final Pattern PROPERTY = Pattern
            .compile("camel\\.component\\.postal\\.([a-zA-Z-]+)(?:\\[[^\\]]*\\]|(?=\\s*=))");
    private static final List<Path> TESTS = tests();

    static Stream<MarkdownPage> pages() throws IOException {
        return MarkdownPage.all().stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyBlockNamesItsTest(MarkdownPage page) {
        assertThat(page.blocks()).filteredOn(block -> RUNNABLE.contains(block.language())).allSatisfy(block -> {
            assertThat(block.marker()).as("The comment above\n%s", block.code()).isNotNull()
                    .matches(RUN_BY.pattern() + "|not run: .+");
            Matcher test = RUN_BY.matcher(block.marker());
            if (test.matches() && !test.group(1).startsWith(".")) {
                assertThat(TESTS).filteredOn(file -> file.endsWith(test.group(1) + ".java")).as(test.group(1)).isNotEmpty()
                        .anySatisfy(file -> assertThat(file).content().contains(page.path().getFileName().toString()));
            }
        });
    }

    @Test
    void theKameletsOfThePageAreThoseOfTheirTest() throws IOException {
        assertThat(MarkdownPage.ROOT.resolve("camel-postal/camel-postal-kamelets/src/test/resources/routes/kamelets.yaml"))
                .content()
                .contains(MarkdownPage.of("src/docs/kamelets.md").block("yaml", 0));
    }

    /** Camel ignores a misspelt property of a component that is not used, and names a wrong one only at start. */
    @Test
    void everyPropertyOfTheComponentIsAnOption() throws IOException {
        JsonNode options = new ObjectMapper()
                .readTree(getClass().getResource("/META-INF/io/github/camelpostal/postal.json")).path("componentProperties");
        Set<String> known = new TreeSet<>();
        options.fieldNames().forEachRemaining(name -> known.add(name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT)));

        assertThat(properties()).isNotEmpty().isSubsetOf(known);
    }

    private static Set<String> properties() throws IOException {
        try (Stream<Path> files = Stream.concat(Files.walk(MarkdownPage.ROOT.resolve("src/docs")),
                Files.walk(MarkdownPage.ROOT.resolve("examples")))) {
            StringBuilder text = new StringBuilder(Files.readString(MarkdownPage.ROOT.resolve("README.md")));
            for (Path file : files.filter(path -> path.toString().matches(".*\\.(md|properties)"))
                    .filter(path -> !path.toString().contains("/target/")).toList()) {
                text.append(Files.readString(file));
            }
            return PROPERTY.matcher(text).results().map((MatchResult found) -> found.group(1))
                    .map(name -> name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        }
    }

    private static List<Path> tests() {
        try (Stream<Path> files = Stream.concat(Files.walk(MarkdownPage.ROOT.resolve("camel-postal")),
                Files.walk(MarkdownPage.ROOT.resolve("examples")))) {
            return files.filter(path -> path.toString().matches(".*/src/test/java/.*(Test|IT)\\.java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
