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
package io.github.camelpostal.examples.deliverytracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;

import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class DeliveryTrackerTest {

    @Test
    void showsEverythingAndEndsWell() throws Exception {
        Properties properties = new Properties();
        properties.setProperty("camel.server.port", String.valueOf(RunningTracker.freePort()));

        assertThat(run(properties)).isZero();
    }

    @Test
    void withARealPostalThereIsNoDemoAndExitSaysSo() throws Exception {
        Properties real = new Properties();
        real.setProperty("camel.component.postal.server-url", "http://127.0.0.1:" + RunningTracker.freePort());
        real.setProperty("camel.component.postal.api-key", "key");
        real.setProperty("camel.server.port", String.valueOf(RunningTracker.freePort()));
        real.setProperty("tracker.database.url", TestDatabase.empty());

        assertThat(run(real)).isEqualTo(1);
    }

    private static int run(Properties properties) throws Exception {
        Main main = new Main();
        main.setOverrideProperties(properties);
        return new Demo().run(main, "--exit");
    }
}
