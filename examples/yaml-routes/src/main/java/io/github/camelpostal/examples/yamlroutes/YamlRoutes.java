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

import java.util.List;
import java.util.Properties;

import org.apache.camel.main.Main;

/**
 * Camel's own {@link Main}, and a {@link Demo} that feeds the routes if no Postal is configured. The routes need neither this class
 * nor any other: with a Postal of your own, {@code org.apache.camel.main.Main} is enough.
 */
public final class YamlRoutes {

    private YamlRoutes() {
    }

    /** Runs until stopped; with {@code --exit}, until the demo is over. */
    public static void main(String[] args) throws Exception {
        int exitCode = run(new Properties(), args);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /**
     * @param  overrides properties that win over {@code application.properties}
     * @return           the exit code: 0, or 1 if something of the demo did not arrive
     */
    static int run(Properties overrides, String... args) throws Exception {
        Main main = new Main();
        main.setOverrideProperties(overrides);
        Demo demo = new Demo(List.of(args).contains("--exit"));
        main.addMainListener(demo);
        main.run();
        return demo.exitCode();
    }
}
