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
package io.github.camelpostal.examples.inboxtoworkflow.scaleout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two processes, one of which is killed: small in every build, at its full size with {@code scale-out.sh}. */
@Tag("soak")
class ScaleOutTest {

    private static final Logger LOG = LoggerFactory.getLogger(ScaleOutTest.class);
    private static final ScaleOutReport.Size SIZE = new ScaleOutReport.Size(Integer.getInteger("inbox.scaleout.mails", 200),
            Integer.getInteger("inbox.scaleout.kills", 1));
    private static final Duration AT_MOST = Duration.ofMinutes(Integer.getInteger("inbox.scaleout.minutes", 5));

    @TempDir
    Path folder;

    @Test
    void everyMailIsOneRowWhoeverIsKilled() throws Exception {
        ScaleOutReport report = new ScaleOut(SIZE, folder).run(AT_MOST);

        LOG.info("\n{}", report);
        Files.writeString(Path.of("target", "scale-out.txt"), report.toString());
        assertThat(report.broken()).as(report.toString()).isEmpty();
    }
}
