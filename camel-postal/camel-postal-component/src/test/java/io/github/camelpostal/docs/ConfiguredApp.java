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
package io.github.camelpostal.docs;

import java.util.Map;

import io.github.camelpostal.suppression.InMemorySuppressionList;
import org.apache.camel.main.Main;
import org.slf4j.LoggerFactory;

/**
 * A process on Camel Main that knows nothing of its Postal but what it was configured with. It sends one mail to the address of its
 * first argument and ends, with exit code 0 if Postal took the mail.
 */
final class ConfiguredApp {

    private ConfiguredApp() {
    }

    public static void main(String[] args) {
        Main main = new Main();
        main.bind("suppressions", new InMemorySuppressionList());
        if (args.length == 1) {
            main.configure().addRoutesBuilder(new WelcomeRoute());
        }
        int exitCode = 1;
        try {
            main.start();
            String uri = args.length == 1 ? "direct:welcome" : args[1];
            Object body = args.length == 1 ? Map.of("email", args[0], "name", "Zoe") : "Good to have you here";
            main.getCamelContext().createProducerTemplate().sendBodyAndHeaders(uri, body,
                    Map.of("CamelPostalTo", args[0], "CamelPostalFrom", "shop@example.com", "CamelPostalSubject", "Welcome"));
            exitCode = 0;
        } catch (Exception e) {
            LoggerFactory.getLogger(ConfiguredApp.class).error("Not sent", e);
        } finally {
            Runtime.getRuntime().halt(exitCode); // nothing of what still runs is worth waiting for
        }
    }
}
