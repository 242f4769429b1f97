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
package io.github.camelpostal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import io.github.camelpostal.testing.ForkedJava;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is sent is never held: an attachment eight times the heap goes out. */
@Tag("slow")
class LargeSendTest {

    private static final Logger LOG = LoggerFactory.getLogger(LargeSendTest.class);
    private static final long SENT = SizeOf.mebibytes(128, 512);
    private static final long HEAP = SizeOf.mebibytes(32, 64);

    @ParameterizedTest
    @EnumSource(LargeSend.Kind.class)
    void sendsManyTimesTheHeap(LargeSend.Kind kind) throws Exception {
        try (Sink postal = new Sink();
                ForkedJava process = ForkedJava.start(LargeSend.class, List.of("-Xmx" + HEAP + "m"), postal.url(), kind.name(),
                        String.valueOf(SENT))) {

            assertThat(process.report()).isEqualTo("large@sink");
            String peak = process.report();
            process.close();

            assertThat(postal.received()).isGreaterThan(SENT * SizeOf.MIB * 4 / 3);
            LOG.info("Sent {} MiB as {} with at most {} MiB of heap in use", SENT, kind, peak);
        }
    }
}
