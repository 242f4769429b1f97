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
import java.util.Set;

import io.github.camelpostal.examples.kafkatomail.scaleout.Orders.Kind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short form of what {@code scale-out.sh} does at full size. */
@Tag("soak")
class ScaleOutTest {

    @Test
    @Timeout(600)
    void twoProcessesShareATopicAndNothingIsLostWhenOneIsKilled() throws Exception {
        TrialReport report = Trial.run(400, 2, Path.of("target", "scale-out"));

        assertThat(report.broken()).as(() -> String.join("\n", report.lines())).isEmpty();
        assertThat(report.written()).hasSize(400);
        assertThat(report.deadLetters()).hasSize(8);
        assertThat(report.review()).isEmpty();
        assertThat(report.duplicates()).isEmpty();
        assertThat(report.lostResponses()).isPositive();
        assertThat(report.perProcess().values()).allMatch(mails -> mails > 0);
    }

    @Test
    void theAccountFindsWhatIsLostAndWhatIsDoneTwice() {
        TrialReport report = new TrialReport(Duration.ZERO,
                Map.of("t-0@0", Kind.MAIL, "t-0@1", Kind.MAIL, "t-0@2", Kind.MAIL, "t-0@3", Kind.DEAD_LETTER, "t-0@4",
                        Kind.MAIL),
                Map.of("t-0@1", 2, "t-0@2", 2, "t-0@3", 1, "t-0@4", 1), Map.of(), Map.of("t-0@4", 1), Set.of("t-0@1"),
                Map.of(), 0);

        assertThat(report.broken()).containsExactlyInAnyOrder("t-0@0 is lost",
                "t-0@1 has two ends", "t-0@2 has two ends", "t-0@4 is under review",
                "t-0@3 should have become DEAD_LETTER");
        assertThat(report.duplicates()).containsExactly("t-0@1", "t-0@2");
    }
}
