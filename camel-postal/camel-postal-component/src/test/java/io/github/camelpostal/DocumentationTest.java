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
package io.github.camelpostal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the pages say about options, headers and URIs is what the component does. The tables of {@code component.md} are written
 * by this test: run it with {@code -Dpostal.docs.write=true}.
 */
class DocumentationTest {

    private static final Path ROOT = Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize().resolve("../..")
            .normalize();
    private static final Path PAGE = ROOT.resolve("src/docs/component.md");
    private static final Pattern URI = Pattern.compile("postal:(?:send|sendRaw|read|deliveries|webhook|unsubscribe)(?![A-Za-z])"
            + "(?:\\?[A-Za-z]+=[^\\s\"'`<>)]*)?");
    /** Camel gives these to every component and describes them at length; the page only names them. */
    private static final Set<String> CAMELS_OWN = Set.of("autowiredEnabled", "bridgeErrorHandler", "configuration",
            "exceptionHandler", "exchangePattern", "healthCheckConsumerEnabled", "healthCheckProducerEnabled",
            "lazyStartProducer");

    @Test
    void theTablesOfThePageAreThoseOfTheComponent() throws IOException {
        Map<String, String> tables = tables();
        if (Boolean.getBoolean("postal.docs.write")) {
            String page = Files.readString(PAGE);
            for (Map.Entry<String, String> table : tables.entrySet()) {
                page = page.replaceFirst("(?s)(<!-- " + table.getKey() + " -->\n).*?(<!-- end -->)",
                        "$1" + Matcher.quoteReplacement(table.getValue()) + "$2");
            }
            Files.writeString(PAGE, page);
        }
        assertThat(tables).allSatisfy((name, table) -> assertThat(PAGE).content()
                .as("Table '%s'; write it with -Dpostal.docs.write=true", name)
                .contains("<!-- " + name + " -->\n" + table + "<!-- end -->"));
    }

    @Test
    void thePageNamesTheOptionsThatEveryComponentHas() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(CAMELS_OWN).filteredOn(name -> !name.equals("configuration"))
                .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }

    @ParameterizedTest
    @MethodSource("pagesAndExamples")
    void everyUriIsValid(Path file) throws IOException {
        DefaultCamelCatalog catalog = new DefaultCamelCatalog();
        catalog.addComponent("postal", PostalComponent.class.getName(), json().toString());

        List<String> uris = URI.matcher(Files.readString(file)).results().map(MatchResult::group).distinct().toList();

        assertThat(uris).allSatisfy(uri -> {
            EndpointValidationResult result = catalog.validateEndpointProperties(uri, true);
            assertThat(result.isSuccess()).as("%s: %s", uri, result.summaryErrorMessage(false)).isTrue();
        });
    }

    static Stream<Path> pagesAndExamples() throws IOException {
        List<Path> files = new ArrayList<>(List.of(ROOT.resolve("README.md")));
        for (String folder : List.of("src/docs", "examples")) {
            try (Stream<Path> found = Files.walk(ROOT.resolve(folder))) {
                found.filter(path -> path.toString().matches(".*\\.(md|java|yaml|properties)"))
                        .filter(path -> !path.toString().contains("/target/")).sorted().forEach(files::add);
            }
        }
        return files.stream();
    }

    private static Map<String, String> tables() throws IOException {
        JsonNode json = json();
        Map<String, String> tables = new LinkedHashMap<>();
        for (String group : List.of("common", "security", "producer", "consumer", "advanced", "health", "proxy")) {
            tables.put("options: " + group, options(json, group));
        }
        tables.put("headers: sending", headers(json, Set.of("producer")));
        tables.put("headers: both", headers(json, Set.of("common")));
        tables.put("headers: receiving", headers(json, Set.of("consumer")));
        return tables;
    }

    private static String options(JsonNode json, String group) {
        Map<String, JsonNode> all = new LinkedHashMap<>();
        Map<String, String> only = new LinkedHashMap<>();
        json.get("componentProperties").fields().forEachRemaining(option -> {
            all.put(option.getKey(), option.getValue());
            only.put(option.getKey(), " Component only.");
        });
        json.get("properties").fields().forEachRemaining(option -> {
            only.put(option.getKey(), all.put(option.getKey(), option.getValue()) == null ? " Endpoint only." : "");
        });
        StringBuilder table = new StringBuilder("| option | default | meaning |\n| --- | --- | --- |\n");
        StringBuilder below = new StringBuilder();
        all.forEach((name, option) -> {
            if (!CAMELS_OWN.contains(name) && group(option).equals(group)) {
                Meaning meaning = Meaning.of(option);
                table.append("| `").append(name).append("` | ").append(defaultValue(option)).append(" | ")
                        .append(meaning.cell()).append(only.get(name)).append(" |\n");
                below.append(meaning.below(name));
            }
        });
        return table + (below.isEmpty() ? "" : "\n" + below);
    }

    private static String headers(JsonNode json, Set<String> labels) {
        StringBuilder table = new StringBuilder("| header | type | meaning |\n| --- | --- | --- |\n");
        StringBuilder below = new StringBuilder();
        json.get("headers").fields().forEachRemaining(header -> {
            if (labels.contains(header.getValue().path("label").asText())) {
                table.append("| `").append(header.getKey()).append("` | ")
                        .append(header.getValue().path("javaType").asText().replaceAll("java\\.\\w+\\.", "")
                                .replace("<", "\\<").replace("[]", " array"))
                        .append(" | ").append(Meaning.of(header.getValue()).cell()).append(" |\n");
                below.append(Meaning.of(header.getValue()).below(header.getKey()));
            }
        });
        return table + (below.isEmpty() ? "" : "\n" + below);
    }

    /** Camel splits groups further, such as "consumer (advanced)"; one table for all that is advanced reads better. */
    private static String group(JsonNode option) {
        String group = option.path("group").asText();
        return group.endsWith("(advanced)") ? "advanced" : group;
    }

    private static String defaultValue(JsonNode option) {
        String value = option.path("defaultValue").asText();
        return value.isEmpty() ? "" : "`" + value + "`" + ("duration".equals(option.path("type").asText()) ? " ms" : "");
    }

    /** A description: in a cell what is short, else its first sentence, and the others in a list below the table. */
    private record Meaning(String cell, String more) {

        private static final int CELL = 130;
        private static final int LINE = 120;

        static Meaning of(JsonNode described) {
            String text = described.path("description").asText();
            String[] sentences = text.length() <= CELL
                    ? new String[]{text}
                    : text.split("(?<=[.!?]) (?=[A-Z])", 2);
            List<String> choices = new ArrayList<>();
            described.path("enum").forEach(choice -> choices.add("`" + choice.asText() + "`"));
            return new Meaning(sentences[0].replace("|", "\\|")
                    + (choices.isEmpty() ? "" : " One of " + String.join(", ", choices) + ".")
                    + (described.path("secret").asBoolean() ? " Secret." : ""), sentences.length == 1 ? "" : sentences[1]);
        }

        /** An item of the list, wrapped like all of the page; empty where the cell says it all. */
        String below(String name) {
            if (more.isEmpty()) {
                return "";
            }
            StringBuilder item = new StringBuilder();
            StringBuilder line = new StringBuilder("- `" + name + "`:");
            for (String word : more.split(" ")) {
                if (line.length() + 1 + word.length() > LINE) {
                    item.append(line).append('\n');
                    line.setLength(0);
                    line.append(' ');
                }
                line.append(' ').append(word);
            }
            return item.append(line).append('\n').toString();
        }
    }

    private static JsonNode json() throws IOException {
        return new ObjectMapper().readTree(DocumentationTest.class.getResource("/META-INF/io/github/camelpostal/postal.json"));
    }
}
