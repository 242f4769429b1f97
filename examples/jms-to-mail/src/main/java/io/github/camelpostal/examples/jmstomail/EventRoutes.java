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
package io.github.camelpostal.examples.jmstomail;

import java.util.Map;

import org.apache.camel.builder.RouteBuilder;

/**
 * What Postal posts goes to queues: what became of the mails, and mails that come in. Postal gets its 200 when the broker has
 * stored the message; otherwise it gets a 503, keeps what it has and posts it again later.
 */
class EventRoutes extends RouteBuilder {

    @Override
    public void configure() {
        // the ledger: an event says at once what became of a mail whose response was lost
        from("postal:webhook?path=/postal/events&accept=events&direction=outgoing&sendLedger=#ledger")
                .routeId("events-to-queue")
                .convertBodyTo(Map.class)
                .marshal().json()
                .convertBodyTo(String.class, "UTF-8")
                // the names of Camel's headers are no names of JMS properties to everybody: only what is useful goes along
                .removeHeaders("*", "CamelPostalId", "CamelPostalOutcome", "CamelPostalMessageTag")
                .setHeader("message", header("CamelPostalId"))
                .setHeader("outcome", header("CamelPostalOutcome"))
                .setHeader("order", header("CamelPostalMessageTag"))
                .to("jms:queue:{{jms-to-mail.events}}")
                .log("Message ${header.message}: ${header.outcome}");

        from("postal:webhook?path=/postal/mail&accept=mail").routeId("inbound-to-queue")
                .convertBodyTo(Map.class)
                .marshal().json()
                .convertBodyTo(String.class, "UTF-8")
                .removeHeaders("*", "CamelPostalId")
                .setHeader("message", header("CamelPostalId"))
                .to("jms:queue:{{jms-to-mail.inbound}}")
                .log("Inbound mail ${header.message} is in its queue");
    }
}
