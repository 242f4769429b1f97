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
package io.github.camelpostal.examples.kafkatomail.scaleout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.camelpostal.testing.scaleout.ScaleOutReport;
import io.github.camelpostal.testing.scaleout.ScaleOutReport.Kind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short form of what {@code scale-out.sh} does at full size. */
@Tag("soak")
class ScaleOutTest {

    private static final int RECORDS = Integer.getInteger("scale-out.records", 400);
    private static final int PROCESSES = Integer.getInteger("scale-out.processes", 2);

    @Test
    @Timeout(value = 40, unit = TimeUnit.MINUTES) // the trial itself gives up sooner
    void processesShareATopicAndNothingIsLostOrSentTwiceWhenOneIsKilled() throws Exception {
        ScaleOutReport report = Trial.run(RECORDS, PROCESSES, Path.of("target", "scale-out"));

        report.lines().forEach(System.out::println);
        assertThat(report.broken()).as(() -> String.join("\n", report.lines())).isEmpty();
        assertThat(report.written()).hasSize(RECORDS);
        assertThat(report.deadLetters()).hasSize(RECORDS / 50);
        assertThat(report.review()).isEmpty();
        assertThat(report.duplicates()).isEmpty();
        assertThat(report.troubles().inDoubt()).isPositive();
        assertThat(report.troubles().lostResponses()).isPositive();
        assertThat(report.troubles().lateCommits()).isPositive();
        assertThat(report.troubles().others()).isPositive();
        assertThat(report.troubles().copies()).isPositive();
        assertThat(report.perProcess().values()).allMatch(mails -> mails > 0);
    }

    @Test
    void theAccountFindsWhatIsLostAndWhatIsDoneTwice() {
        ScaleOutReport report = new ScaleOutReport(Duration.ZERO,
                Map.of("t-0@0", Kind.MAIL, "t-0@1", Kind.MAIL, "t-0@2", Kind.MAIL, "t-0@3", Kind.DEAD_LETTER, "t-0@4",
                        Kind.MAIL),
                Map.of("t-0@1", 2, "t-0@2", 2, "t-0@3", 1, "t-0@4", 1), Map.of(), Map.of("t-0@4", 1), Map.of(),
                new ScaleOutReport.Troubles(0, 0, 0, 0, 0));

        assertThat(report.broken()).containsExactlyInAnyOrder("t-0@0 is lost",
                "t-0@1 has two ends", "t-0@2 has two ends", "t-0@4 is under review",
                "t-0@3 should have become DEAD_LETTER");
        assertThat(report.duplicates()).containsExactly("t-0@1", "t-0@2");
    }
}
