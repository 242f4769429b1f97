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

import java.util.List;

import io.github.camelpostal.testing.ForkedJava;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/**
 * Text does not depend on the charset of the platform, which before Java 18 is that of the locale: ASCII in a container where
 * nobody set one.
 */
@Tag("slow")
class AsciiPlatformTest {

    private static final List<String> ABOUT_TEXT = List.of("io.github.camelpostal.internal.send.SendTextTest",
            "io.github.camelpostal.internal.codec.RecordedPayloadsTest", "io.github.camelpostal.RecordedDeliveriesTest",
            "io.github.camelpostal.internal.send.HostileTextTest", "io.github.camelpostal.internal.send.RawMailMatrixTest");

    @Test
    @EnabledForJreRange(max = JRE.JAVA_17)
    void testsAboutTextPassWhereThePlatformKnowsAsciiOnly() throws Exception {
        try (ForkedJava process = ForkedJava.start(AsciiSuite.class, List.of("-Dfile.encoding=US-ASCII"),
                ABOUT_TEXT.toArray(String[]::new))) {

            assertThat(process.report()).isEqualTo("US-ASCII");
            String passed = process.report();
            assertThat(process.report()).isEmpty();
            assertThat(Integer.parseInt(passed)).isGreaterThan(200);
        }
    }
}
