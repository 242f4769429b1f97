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

import org.apache.camel.builder.RouteBuilder;

/** The routes of observability.md. */
public class ObservabilityRoutes extends RouteBuilder {

    @Override
    public void configure() {
        from("postal:webhook").routeId("events-out")
                .transformDataType("postal:application-cloudevents")
                .to("direct:event-bus");

        from("direct:receipts").routeId("receipts")
                .to("postal:send?from=shop@example.com&subject=Receipt")
                .transformDataType("postal:application-cloudevents")
                .to("direct:event-bus");
    }
}
