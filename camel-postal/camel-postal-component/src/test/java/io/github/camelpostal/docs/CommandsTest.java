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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the workflows, {@code .ci/run} and the pages run exists. Maven only warns of a profile that does not, a matrix passes with a
 * property that no pom reads, and nobody runs a workflow before it is pushed.
 */
class CommandsTest {

    private static final Path ROOT = MarkdownPage.ROOT;
    private static final Pattern MAVEN = Pattern.compile("\\bmvn [^\n]*");
    private static final Pattern SCRIPT = Pattern.compile("(?<![\\w./-])(?:src/build/[\\w-]+|\\.ci/run)(?![\\w/.])");
    private static final Pattern PROFILE = Pattern.compile("<profile>\\s*(?:<!--.*?-->\\s*)?<id>([^<]+)</id>", Pattern.DOTALL);
    private static final Pattern PROPERTY = Pattern.compile("<([a-zA-Z][\\w.-]*)>[^<]*</\\1>");
    private static final Pattern PINNED = Pattern.compile("[\\w/-]+@[0-9a-f]{40}");
    /** What Maven and its plugins read, and no pom sets. */
    private static final Set<String> PARAMETERS = Set.of("property", "generateBackupPoms");

    private static final List<String> maven = new ArrayList<>();
    private static final Set<String> scripts = new TreeSet<>();
    private static final List<JsonNode> jobs = new ArrayList<>();
    private static final Set<String> profiles = new HashSet<>();
    private static final Set<String> properties = new HashSet<>(PARAMETERS);

    @BeforeAll
    static void readWhatIsRun() throws IOException {
        List<Path> texts = new ArrayList<>(files(".github/workflows", 1, ".yml"));
        texts.addAll(List.of(ROOT.resolve(".ci/run"), ROOT.resolve("CONTRIBUTING.md")));
        MarkdownPage.all().forEach(page -> texts.add(page.path()));
        for (Path file : texts) {
            String text = Files.readString(file).replaceAll("\\\\\n\\s*", "");
            MAVEN.matcher(text).results().forEach(found -> maven.add(found.group()));
            SCRIPT.matcher(text).results().forEach(found -> scripts.add(found.group()));
        }
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
        for (Path workflow : files(".github/workflows", 1, ".yml")) {
            yaml.readTree(workflow.toFile()).path("jobs").forEach(jobs::add);
        }
        for (String folder : List.of("", "camel-postal", "examples")) {
            for (Path pom : files(folder, folder.isEmpty() ? 1 : 2, "pom.xml")) {
                String text = Files.readString(pom);
                PROFILE.matcher(text).results().forEach(found -> profiles.add(found.group(1)));
                PROPERTY.matcher(text).results().forEach(found -> properties.add(found.group(1)));
            }
        }
    }

    @Test
    void everyProfileExists() {
        assertThat(named("-P([a-z][\\w,-]*)")).contains("release", "soak-short").isSubsetOf(profiles);
    }

    @Test
    void everyModuleExists() {
        assertThat(named("(?:-pl|-f) ([a-z][\\w/,.-]*\\w)(?![\\w/])")).contains("examples/quickstart")
                .allSatisfy(
                        module -> assertThat(ROOT.resolve(module.replace("/pom.xml", "")).resolve("pom.xml")).isRegularFile());
    }

    @Test
    void everyTestExists() throws IOException {
        Set<String> classes = new HashSet<>();
        for (String folder : List.of("camel-postal", "examples")) {
            try (Stream<Path> modules = Files.list(ROOT.resolve(folder))) {
                for (Path module : modules.filter(path -> Files.isDirectory(path.resolve("src/test/java"))).toList()) {
                    files(ROOT.relativize(module) + "/src", 20, ".java")
                            .forEach(file -> classes.add(file.getFileName().toString().replace(".java", "")));
                }
            }
        }

        assertThat(named("-Dtest='?([\\w*,]+)")).contains("DocumentationTest").allSatisfy(test -> assertThat(classes)
                .anyMatch(name -> name.matches(test.replace("*", ".*"))));
    }

    @Test
    void everyScriptExistsAndMayBeRun() {
        assertThat(scripts).contains(".ci/run", "src/build/check-central")
                .allSatisfy(script -> assertThat(ROOT.resolve(script)).exists().isExecutable());
    }

    @Test
    void everyPropertyThatAWorkflowSetsIsReadByAPom() {
        Set<String> set = new TreeSet<>();
        steps("run").forEach(command -> Pattern.compile("-D([\\w.]+)=").matcher(command).results()
                .forEach(found -> set.add(found.group(1))));

        assertThat(set).contains("camel.version").isSubsetOf(properties);
    }

    /** A tag can be moved to other code. Dependabot keeps the commits up to date. */
    @Test
    void everyActionIsPinnedToACommit() {
        assertThat(steps("uses")).isNotEmpty().allSatisfy(action -> assertThat(action).matches(PINNED));
    }

    private static List<String> steps(String kind) {
        return jobs.stream().flatMap(job -> job.findParents(kind).stream()).map(step -> step.path(kind).asText()).toList();
    }

    /** What the first group of the expression finds in Maven's commands, taken apart at the commas. */
    private static Set<String> named(String expression) {
        Set<String> names = new TreeSet<>();
        for (String command : maven) {
            Pattern.compile("(?<= )" + expression).matcher(command).results()
                    .forEach(found -> names.addAll(List.of(found.group(1).split(","))));
        }
        return names;
    }

    private static List<Path> files(String folder, int depth, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve(folder), depth)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }
}
