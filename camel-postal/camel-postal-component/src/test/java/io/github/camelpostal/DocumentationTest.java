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
import java.util.stream.Collectors;
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
        return "| option | default | meaning |\n| --- | --- | --- |\n" + all.entrySet().stream()
                .filter(option -> !CAMELS_OWN.contains(option.getKey()) && group(option.getValue()).equals(group))
                .map(option -> "| `" + option.getKey() + "` | " + defaultValue(option.getValue()) + " | "
                        + meaning(option.getValue()) + only.get(option.getKey()) + " |\n")
                .collect(Collectors.joining());
    }

    private static String headers(JsonNode json, Set<String> labels) {
        StringBuilder table = new StringBuilder("| header | type | meaning |\n| --- | --- | --- |\n");
        json.get("headers").fields().forEachRemaining(header -> {
            if (labels.contains(header.getValue().path("label").asText())) {
                table.append("| `").append(header.getKey()).append("` | ")
                        .append(header.getValue().path("javaType").asText().replaceAll("java\\.\\w+\\.", "")
                                .replace("<", "\\<").replace("[]", " array"))
                        .append(" | ").append(meaning(header.getValue())).append(" |\n");
            }
        });
        return table.toString();
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

    private static String meaning(JsonNode described) {
        List<String> choices = new ArrayList<>();
        described.path("enum").forEach(choice -> choices.add("`" + choice.asText() + "`"));
        return described.path("description").asText().replace("|", "\\|")
                + (choices.isEmpty() ? "" : " One of " + String.join(", ", choices) + ".")
                + (described.path("secret").asBoolean() ? " Secret." : "");
    }

    private static JsonNode json() throws IOException {
        return new ObjectMapper().readTree(DocumentationTest.class.getResource("/META-INF/io/github/camelpostal/postal.json"));
    }
}
