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
package io.github.camelpostal.springboot;

import io.github.camelpostal.testing.SlowClients;
import io.github.camelpostal.testing.SteadyPostal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Nothing that a client without a key does keeps one of Tomcat's threads, or Postal's mail waiting. */
@Timeout(600)
class SlowClientsTest {

    private static final Logger LOG = LoggerFactory.getLogger(SlowClientsTest.class);

    @Tag("soak")
    @ParameterizedTest
    @EnumSource
    void doNotKeepMailWaiting(SlowClients.Shape shape) throws Exception {
        try (BootApp app = BootApp.start(new BootApp.Kept(), "server.tomcat.threads.max=10",
                "server.tomcat.max-connections=2000")) {
            SteadyPostal postal = new SteadyPostal(app.port());
            postal.sendAll(); // nothing is compiled yet
            SteadyPostal.Slowest quiet = postal.sendAll();
            try (SlowClients attackers = SlowClients.start(app.port(), shape, SteadyPostal.CONNECTIONS)) {
                SteadyPostal.Slowest attacked = postal.sendAll();

                LOG.info("{}: without {}, with {}", shape, quiet, attacked);
                attacked.assertAsGoodAs(quiet);
            }
        }
    }
}
