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
package io.github.camelpostal.internal.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Memory does not grow with the mail: in a heap of 64 MiB, each way of sending takes 256 MiB. */
@Tag("slow")
class BigMailTest {

    @Test
    @Timeout(180)
    void aMailLargerThanTheHeapIsSentInEveryWay() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        File output = File.createTempFile("big-mail", ".txt");
        Process process = new ProcessBuilder(java, "-Xmx64m", "-cp", System.getProperty("java.class.path"),
                BigMailSender.class.getName()).redirectErrorStream(true).redirectOutput(output).start();
        try {
            assertThat(process.waitFor(170, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).withFailMessage(() -> "see " + output).isZero();
            assertThat(output.delete()).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }
}
