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
package io.github.camelpostal.examples.approvalbymail;

import io.github.camelpostal.api.PostalRejectedException;
import org.apache.camel.builder.RouteBuilder;

/**
 * Each request of the queue waits in the database, and becomes a mail. In this order: the answer may come before Postal's
 * response. All else that goes wrong rolls back, and the broker delivers the request again; the ledger knows whether its mail has gone
 * out.
 */
class RequestRoutes extends RouteBuilder {

    @Override
    public void configure() {
        // @formatter:off
        from("jms:queue:{{approval.requests}}?concurrentConsumers=2").routeId("requests")
                .errorHandler(noErrorHandler())
                .setProperty("original", body())
                .doTry()
                    .process(Question::read)
                    .filter(exchange -> Decisions.of(exchange.getContext()).isOpen(exchange))
                        .to("direct:wait")
                        .process(Question::write)
                        .to("postal:send")
                    .end()
                .endDoTry()
                .doCatch(UnreadableRequestException.class)
                    .log("A request cannot be read: ${exception.message}")
                    .setBody(exchangeProperty("original"))
                    .to("jms:queue:{{approval.dead-letters}}")
                .doCatch(PostalRejectedException.class)
                    .log("Request ${header.request} cannot be asked: ${exception.message}")
                    .process(Question::undeliverable)
                    .to("direct:answers")
                .end();
        // @formatter:on
    }
}
