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
package io.github.camelpostal.examples.inboxtoworkflow;

import java.util.List;
import java.util.Properties;

import org.apache.camel.main.Main;

/**
 * Starts the routes: inbound mail becomes rows, files, order lines on a queue, and replies.
 *
 * <p>With a Postal in {@code application.properties} that is all. Without one, camel-postal-sandbox-dev plays Postal, and a
 * {@link Demo} plays the people who write mails.
 */
public final class InboxToWorkflow {

    private InboxToWorkflow() {
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
        configure(main);
        Demo demo = new Demo(List.of(args).contains("--exit"));
        main.addMainListener(demo);
        main.run();
        return demo.exitCode();
    }

    /** What a real application has of it. */
    static void configure(Main main) {
        main.configure().addConfiguration(new Database());
        main.configure().addRoutesBuilder(new InboxRoutes());
        main.configure().addRoutesBuilder(new OrderRoutes());
        main.configure().addRoutesBuilder(new SupportRoutes());
        main.configure().addRoutesBuilder(new ReplyRoutes());
    }
}
