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

/** The tests about receiving pass as well where nothing is kept in memory, which is what happens to large mail. */
@Tag("slow")
class EverythingInFilesTest {

    private static final List<String> ABOUT_RECEIVING = List.of("RecordedDeliveriesTest", "WebhookExchangeTest",
            "BodiesOnTheWireTest", "CopiedExchangesTest", "LateResultsTest", "ResponseTableTest", "OddRequestsTest",
            "MountTest",
            "SignatureCheckTest", "ErrorsInRoutesTest");

    @Test
    void testsAboutReceivingPassWithAnAttachmentThresholdOfZero() throws Exception {
        try (ForkedJava process = ForkedJava.start(AsciiSuite.class, List.of("-Dpostal.test.attachmentThreshold=0"),
                ABOUT_RECEIVING.stream().map(name -> "io.github.camelpostal." + name).toArray(String[]::new))) {

            process.report(); // the charset
            String passed = process.report();
            assertThat(process.report()).isEmpty();
            assertThat(Integer.parseInt(passed)).isGreaterThan(150);
        }
    }
}
