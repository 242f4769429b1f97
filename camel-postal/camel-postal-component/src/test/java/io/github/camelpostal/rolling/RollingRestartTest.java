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
package io.github.camelpostal.rolling;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpostal.testing.ForkedJava;
import io.github.camelpostal.testing.RollingRestart;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Real processes, real sockets: an application that is restarted under load loses no mail.
 */
@Tag("soak")
class RollingRestartTest {

    private static final Logger LOG = LoggerFactory.getLogger(RollingRestartTest.class);
    private static final RollingRestart.Load LOAD = RollingRestart.Load.ofThisBuild(500, 2, 300);

    @Test
    void completesEveryMailOnceWhenTheApplicationIsStoppedAndStarted() throws Exception {
        RollingRestart.Outcome outcome = new RollingRestart(RollingApp.class, ForkedJava::terminate, LOAD).run();

        LOG.info("SIGTERM, {}: {}", LOAD, outcome);
        outcome.completedEveryMail();
        assertThat(outcome.repeated()).isEmpty();
    }

    @Test
    void completesEveryMailAndRepeatsOnlyWhatWasInFlightWhenTheApplicationIsKilled() throws Exception {
        RollingRestart.Outcome outcome = new RollingRestart(RollingApp.class, ForkedJava::kill, LOAD).run();

        LOG.info("SIGKILL, {}: {}", LOAD, outcome);
        outcome.completedEveryMail();
        assertThat(outcome.driver().cut()).as("mails in flight at a kill").isNotEmpty().containsAll(outcome.repeated());
    }
}
