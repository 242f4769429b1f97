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
package io.github.camelpostal.examples.jmstomail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import io.github.camelpostal.testing.scaleout.ScaleOutReport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Short with the profile soak-short, at full size with soak. */
@Tag("soak")
class QueueScaleOutTest {

    private static final int MESSAGES = Integer.getInteger("scale-out.records", 100);
    private static final int PROCESSES = Integer.getInteger("scale-out.processes", 2);

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES) // the trial itself gives up sooner
    void processesShareAQueueAndNothingIsLostOrSentTwiceWhenOneIsKilled() throws Exception {
        ScaleOutReport report = QueueTrial.run(MESSAGES, PROCESSES, folder, Path.of("target", "scale-out"));

        report.lines().forEach(System.out::println);
        assertThat(report.broken()).as(() -> String.join("\n", report.lines())).isEmpty();
        assertThat(report.written()).hasSize(MESSAGES);
        assertThat(report.deadLetters()).hasSize(MESSAGES / 50);
        assertThat(report.perProcess().values()).allMatch(mails -> mails > 0);
        assertThat(report.troubles().inDoubt()).isPositive();
        assertThat(report.troubles().lostResponses()).isPositive();
        assertThat(report.troubles().lateCommits()).isPositive();
        assertThat(report.troubles().others()).isPositive();
        assertThat(report.troubles().copies()).isPositive();
    }
}
