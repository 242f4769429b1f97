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
package io.github.camelpostal.examples.yamlroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Properties;

import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class YamlRoutesTest {

    @TempDir
    Path folder;

    @Test
    void showsAllThreeJobsAndEndsWellAlsoInAFolderThatWasUsedBefore() throws Exception {
        assertThat(run(properties())).isZero();
        assertThat(run(properties())).isZero();
    }

    @Test
    void withARealPostalThereIsNoDemoAndExitSaysSo() throws Exception {
        Properties real = properties();
        real.setProperty("camel.component.postal.server-url", "http://127.0.0.1:" + RunningRoutes.freePort());
        real.setProperty("camel.component.postal.api-key", "key");

        assertThat(run(real)).isEqualTo(1);
    }

    private static int run(Properties properties) throws Exception {
        Main main = new Main();
        main.setOverrideProperties(properties);
        return new Demo().run(main, "--exit");
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("yaml.folder", folder.toString());
        properties.setProperty("camel.server.port", String.valueOf(RunningRoutes.freePort()));
        return properties;
    }
}
