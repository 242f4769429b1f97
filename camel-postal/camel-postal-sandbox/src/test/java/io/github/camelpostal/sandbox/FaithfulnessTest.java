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
package io.github.camelpostal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The page about faithfulness says how many recordings are compared, and leaves none out that is not. */
class FaithfulnessTest {
    private static final Path PAGE = Path.of("..", "..", "src", "docs", "sandbox-faithfulness.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)/` \\| (\\d+) \\| (\\d+) \\|");
    private static final Pattern LISTED = Pattern.compile("`([a-z-]+/[A-Za-z0-9.-]+\\.(?:json|pem))`");

    private static final Map<String, Set<String>> COMPARED = compared();

    /** Asked of the tests themselves: what their method sources give is what they compare. */
    private static Map<String, Set<String>> compared() {
        Map<String, Set<String>> compared = new TreeMap<>();
        compared.put("api", names(RecordedApiTest.all()));
        compared.put("api-formats", names(RecordedApiFormatsTest.all()));
        compared.put("health", names(RecordedHealthTest.all()));
        compared.put("incoming", names(RecordedInboundTest.posted(), RecordedInboundTest.notPosted()));
        compared.put("retry", names(RecordedRetryTest.all()));
        compared.get("retry").add("measured.json"); // MeasuredRetriesTest
        compared.put("smtp", names(RecordedSmtpTest.all()));
        compared.put("tracking", names(RecordedTrackingTest.all()));
        compared.put("webhooks", names(RecordedEventsTest.all()));
        compared.put("wellknown", names(RecordedWellKnownTest.all()));
        compared.get("wellknown").add(RecordedWellKnownTest.PEM);
        return compared;
    }

    @Test
    void countsTheFilesOfEveryFolderAndThoseThatAreCompared() throws Exception {
        Map<String, List<Integer>> counted = new TreeMap<>();
        for (Map.Entry<String, Set<String>> folder : files().entrySet()) {
            counted.put(folder.getKey(), List.of(folder.getValue().size(),
                    COMPARED.getOrDefault(folder.getKey(), Set.of()).size()));
        }

        Map<String, List<Integer>> written = new TreeMap<>();
        ROW.matcher(page()).results().forEach(row -> written.put(row.group(1),
                List.of(Integer.valueOf(row.group(2)), Integer.valueOf(row.group(3)))));

        assertThat(written).isEqualTo(counted);
    }

    @Test
    void comparesOrListsEveryFile() throws Exception {
        Set<String> listed = LISTED.matcher(page()).results().map((MatchResult file) -> file.group(1))
                .collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>();
        files().forEach((folder, files) -> files.stream()
                .filter(file -> !COMPARED.getOrDefault(folder, Set.of()).contains(file))
                .map(file -> folder + "/" + file).filter(file -> !listed.contains(file)).forEach(missing::add));

        assertThat(missing).isEmpty();
    }

    private static Map<String, Set<String>> files() throws IOException, URISyntaxException {
        Map<String, Set<String>> files = new TreeMap<>();
        Path recordings = Path.of(FaithfulnessTest.class.getResource("/recordings").toURI());
        try (Stream<Path> all = Files.walk(recordings, 2)) {
            all.filter(Files::isRegularFile).filter(file -> !file.getParent().equals(recordings))
                    .forEach(file -> files.computeIfAbsent(file.getParent().getFileName().toString(), any -> new TreeSet<>())
                            .add(file.getFileName().toString()));
        }
        return files;
    }

    @SafeVarargs
    private static Set<String> names(List<Recording>... recordings) {
        return Stream.of(recordings).flatMap(List::stream).map(recording -> recording.name() + ".json")
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String page() throws IOException {
        return Files.readString(PAGE);
    }
}
