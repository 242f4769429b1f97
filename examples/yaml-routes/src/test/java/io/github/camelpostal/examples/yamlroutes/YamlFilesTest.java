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
package io.github.camelpostal.examples.yamlroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.camelpostal.PostalComponent;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files are what a tool for Camel's YAML would write, and each option in them exists. */
class YamlFilesTest {

    private static final Path ROUTES = Path.of(System.getProperty("basedir", ".")).resolve("src/main/resources/routes");
    private static final Set<String> LANGUAGES = Set.of("simple", "constant");

    static Stream<Path> files() throws IOException {
        return Files.list(ROUTES).sorted();
    }

    @ParameterizedTest
    @MethodSource("files")
    void theCatalogKnowsEveryUriAndEveryOption(Path file) throws Exception {
        DefaultCamelCatalog catalog = new DefaultCamelCatalog();
        catalog.addComponent("postal", PostalComponent.class.getName(), postal());
        List<Map<String, Object>> endpoints = maps(read(file)).stream().filter(map -> map.containsKey("uri")).toList();

        assertThat(endpoints).isNotEmpty().allSatisfy(endpoint -> {
            boolean consumer = endpoint.containsKey("steps");
            EndpointValidationResult result = catalog.validateEndpointProperties(uri(endpoint), false, consumer, !consumer);
            assertThat(result.isSuccess()).as("%s: %s", endpoint, result.summaryErrorMessage(false)).isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyExpressionIsWrittenInFull(Path file) throws Exception {
        for (Map<String, Object> map : maps(read(file))) {
            for (String language : LANGUAGES) {
                if (map.containsKey(language)) {
                    assertThat(map).as("what stands around %s", map).hasSize(1);
                    assertThat(map.get(language)).as(language).isInstanceOf(Map.class);
                    assertThat((Map<?, ?>) map.get(language)).asInstanceOf(
                            org.assertj.core.api.InstanceOfAssertFactories.MAP).containsOnlyKeys("expression");
                }
            }
        }
    }

    private static String postal() throws IOException, URISyntaxException {
        try (var json = PostalComponent.class.getResourceAsStream("/META-INF/io/github/camelpostal/postal.json")) {
            return new String(json.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String uri(Map<String, Object> endpoint) {
        Map<?, ?> parameters = (Map<?, ?>) endpoint.getOrDefault("parameters", Map.of());
        List<String> options = new ArrayList<>();
        parameters.forEach((name, value) -> options.add(name + "=" + value));
        return endpoint.get("uri") + (options.isEmpty() ? "" : "?" + String.join("&", options));
    }

    private static Object read(Path file) throws IOException {
        return new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    }

    /** All maps there are, at any depth. */
    private static List<Map<String, Object>> maps(Object node) {
        List<Map<String, Object>> maps = new ArrayList<>();
        if (node instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, value) -> copy.put(String.valueOf(key), value));
            maps.add(copy);
            map.values().forEach(value -> maps.addAll(maps(value)));
        } else if (node instanceof List<?> list) {
            list.forEach(element -> maps.addAll(maps(element)));
        }
        return maps;
    }
}
