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

import java.time.Clock;

import org.apache.camel.main.Main;

/**
 * Starts the tracker: mails go out from a table, and what becomes of them comes back as rows. They go to the Postal in
 * {@code application.properties}.
 */
public final class DeliveryTracker {

    private DeliveryTracker() {
    }

    /** Runs until stopped. */
    public static void main(String[] args) throws Exception {
        try (Tracker tracker = new Tracker(Clock.systemUTC())) {
            Main main = new Main();
            main.addMainListener(tracker);
            main.run();
        }
    }
}
