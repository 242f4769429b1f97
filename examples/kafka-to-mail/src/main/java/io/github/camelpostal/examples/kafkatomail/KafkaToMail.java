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
package io.github.camelpostal.examples.kafkatomail;

import java.util.List;
import java.util.Properties;

import org.apache.camel.main.Main;

/**
 * Starts the routes: records of two topics become mails, delivery events and inbound mails go to topics.
 *
 * <p>With a Postal and a Kafka in {@code application.properties} that is all. Without a Postal, camel-postal-sandbox-dev plays it,
 * and a {@link Demo} plays the shop that writes records. Without a Kafka, the demo starts one.
 */
public final class KafkaToMail {

    private KafkaToMail() {
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
        try (Demo demo = new Demo(List.of(args).contains("--exit"))) {
            Main main = main(overrides);
            main.addMainListener(demo);
            main.run();
            return demo.exitCode();
        }
    }

    /** The routes, not started yet. */
    static Main main(Properties overrides) {
        Main main = new Main();
        main.setOverrideProperties(overrides);
        main.configure().addConfiguration(new SharedLists());
        main.configure().addRoutesBuilder(new RecordRoutes());
        main.configure().addRoutesBuilder(new EventRoutes());
        return main;
    }
}
