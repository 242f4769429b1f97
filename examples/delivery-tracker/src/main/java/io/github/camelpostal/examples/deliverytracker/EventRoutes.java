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

import static io.github.camelpostal.PostalConstants.OUTCOME;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.dao.DuplicateKeyException;

/**
 * Delivery events become rows. Every statement may run twice: a failure makes Postal post the event again, and then all of
 * them run again. The suppression list hears of each event from the component.
 */
class EventRoutes extends RouteBuilder {

    // Events about incoming mail only repeat that we took it. Their ids are of the same count as those of our mails.
    private static final String EVENTS = "postal:webhook?path=/postal/events&accept=events&direction=outgoing";

    private final Ledger ledger;

    EventRoutes(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void configure() {
        // Two events about a message that has no row yet may both find none. One inserts it, the other tries again.
        onException(DuplicateKeyException.class).maximumRedeliveries(5).redeliveryDelay(20);

        from(EVENTS).routeId("events")
                .log("Message ${header.CamelPostalId}: ${header.CamelPostalOutcome}")
                .choice()
                .when(header(OUTCOME).in("deferred", "held", "delivered", "failed", "bounced"))
                .bean(ledger, "ofEvent")
                .to("direct:state")
                .when(header(OUTCOME).in("clicked", "opened"))
                .bean(ledger, "ofActivity")
                .to("sql:classpath:sql/record-existence.sql?noop=true")
                .to("sql:classpath:sql/record-activity.sql?noop=true")
                .when(header(OUTCOME).in("dns", "limit"))
                .to("direct:alarm")
                .otherwise()
                .log("Nothing to do for ${header.CamelPostalEvent}");

        // What an event or Postal's history says of a message.
        from("direct:state").routeId("state")
                .to("sql:classpath:sql/record-state.sql?noop=true");

        // Who left is on the suppression list before this route begins.
        from("postal:unsubscribe?path=/unsubscribe").routeId("unsubscribe")
                .log("Somebody left ${header.CamelPostalUnsubscribedStream}");
    }
}
