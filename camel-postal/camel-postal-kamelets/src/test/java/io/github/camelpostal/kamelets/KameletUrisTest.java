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
package io.github.camelpostal.kamelets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A Kamelet declares what its template uses, and uses what it declares, as the Kamelet catalog asks. */
class KameletUrisTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([A-Za-z]+)}}");
    private static final Pattern PROPERTY = Pattern.compile("(?m)^      ([A-Za-z]+):$");

    static Stream<Path> kamelets() throws Exception {
        return Files.list(Path.of("src/main/resources/kamelets"));
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void declaresExactlyWhatItUses(Path file) throws Exception {
        String text = Files.readString(file);
        String definition = text.substring(text.indexOf("    properties:"), text.indexOf("  types:"));
        Map<Boolean, TreeSet<String>> names = Map.of(
                true,
                PROPERTY.matcher(definition).results().map(m -> m.group(1)).collect(Collectors.toCollection(TreeSet::new)),
                false, PLACEHOLDER.matcher(text).results().map(m -> m.group(1)).collect(Collectors.toCollection(TreeSet::new)));

        assertThat(names.get(false)).isEqualTo(names.get(true)).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void isNamedAsItsFile(Path file) throws Exception {
        String name = file.getFileName().toString().replace(".kamelet.yaml", "");

        assertThat(Files.readString(file)).contains("\n  name: " + name + "\n")
                .contains("kamelet.type: " + name.substring(name.lastIndexOf('-') + 1));
    }
}
