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

import io.github.camelpostal.PostalSendLimitPolicy;
import org.apache.camel.builder.RouteBuilder;

/** The route of several-servers.md that waits while the send limit is reached. */
class SendLimitRoute extends RouteBuilder {

    private final PostalSendLimitPolicy limit;

    SendLimitRoute(PostalSendLimitPolicy limit) {
        this.limit = limit;
    }

    @Override
    public void configure() {
        // snippet
        from("seda:newsletters").routeId("newsletters").routePolicy(limit)
                .to("postal:send?from=news@example.com&subject=News");
        from("postal:webhook?accept=events").routeId("events")
                .to("log:events");
        // end
    }
}
