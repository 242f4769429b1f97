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

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import io.github.camelpostal.testing.ForkedJava;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Real processes, real sockets: an application that is restarted under load loses no mail. Small in every build, at its full
 * size with {@code -Psoak}.
 */
class RollingRestartTest {

    private static final Logger LOG = LoggerFactory.getLogger(RollingRestartTest.class);
    private static final RollingRestart.Load LOAD = new RollingRestart.Load(Integer.getInteger("postal.soak.mails", 500),
            Integer.getInteger("postal.soak.mailsPerSecond", 100), Integer.getInteger("postal.soak.restarts", 2));

    @Test
    void completesEveryMailOnceWhenTheApplicationIsStoppedAndStarted() throws Exception {
        RollingRestart.Outcome outcome = new RollingRestart(RollingApp.class, ForkedJava::terminate, LOAD).run();

        LOG.info("SIGTERM, {}: {}", LOAD, outcome);
        completedEveryMail(outcome);
        assertThat(outcome.repeated()).isEmpty();
    }

    @Test
    void completesEveryMailAndRepeatsOnlyWhatWasInFlightWhenTheApplicationIsKilled() throws Exception {
        RollingRestart.Outcome outcome = new RollingRestart(RollingApp.class, ForkedJava::kill, LOAD).run();

        LOG.info("SIGKILL, {}: {}", LOAD, outcome);
        completedEveryMail(outcome);
        assertThat(outcome.driver().cut()).as("mails in flight at a kill").isNotEmpty().containsAll(outcome.repeated());
    }

    private static void completedEveryMail(RollingRestart.Outcome outcome) {
        Set<Long> all = LongStream.rangeClosed(1, LOAD.mails()).boxed().collect(Collectors.toSet());
        assertThat(outcome.driver().faults()).as("answers with which Postal bounces or drops a mail").isEmpty();
        assertThat(outcome.driver().refused()).as("requests while nobody listened").isPositive();
        assertThat(outcome.effects().keySet()).isEqualTo(all);
    }
}
