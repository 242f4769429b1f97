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

import java.util.Properties;

import org.apache.camel.main.Main;

/**
 * Starts the routes: inbound mail becomes rows, files, order lines on a queue, and replies. Mail comes from the Postal in
 * {@code application.properties}.
 */
public final class InboxToWorkflow {

    private InboxToWorkflow() {
    }

    /** Runs until stopped. */
    public static void main(String[] args) throws Exception {
        main(new Properties()).run();
    }

    /**
     * The routes, not started yet.
     *
     * @param overrides properties that win over {@code application.properties}
     */
    static Main main(Properties overrides) {
        Main main = new Main();
        main.setOverrideProperties(overrides);
        main.configure().addConfiguration(new Database());
        main.configure().addRoutesBuilder(new InboxRoutes());
        main.configure().addRoutesBuilder(new OrderRoutes());
        main.configure().addRoutesBuilder(new SupportRoutes());
        main.configure().addRoutesBuilder(new ReplyRoutes());
        return main;
    }
}
