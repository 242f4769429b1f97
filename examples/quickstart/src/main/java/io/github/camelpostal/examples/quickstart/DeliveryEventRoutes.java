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
package io.github.camelpostal.examples.quickstart;

import java.nio.file.Path;

import org.apache.camel.builder.RouteBuilder;

/**
 * Delivery events become status files: one JSON file per message, saying what became of it.
 *
 * <p>A file that cannot be written fails the exchange. Postal then gets no 200 and tries again, for 36 minutes.
 */
class DeliveryEventRoutes extends RouteBuilder {

    private static final String EVENTS = "postal:webhook?path=/postal/events&accept=events"
            + "&events=MessageSent,MessageDelayed,MessageDeliveryFailed,MessageHeld,MessageBounced"
            // events about incoming mail only repeat that we took it
            + "&direction=outgoing";

    @Override
    public void configure() {
        String folder = getContext().resolvePropertyPlaceholders("{{quickstart.folder}}");

        from(EVENTS).routeId("delivery-events")
                .log("Message ${header.CamelPostalId}: ${header.CamelPostalOutcome}")
                .bean(new StatusFiles(Path.of(folder, "status")), "record");
    }
}
