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

import javax.sql.DataSource;

import org.apache.camel.builder.RouteBuilder;

/** A reply to one of our replies joins its ticket, any other mail to support opens one. */
class SupportRoutes extends RouteBuilder {

    /** Exchange property: the name of the mail's ticket. */
    static final String TICKET = "ticket";

    @Override
    public void configure() {
        errorHandler(noErrorHandler());
        Tickets tickets = new Tickets(getContext().getRegistry().findSingleByType(DataSource.class));

        // Part of the transaction of direct:mail.
        from("direct:support").routeId("support")
                .setProperty(TICKET, method(tickets, "file"))
                .log("Mail ${header.CamelPostalId} is in ticket ${exchangeProperty.ticket}")
                .setProperty(ReplyQueue.TEXT, simple("""
                        Thank you, your mail has arrived and is part of ticket ${exchangeProperty.ticket}.

                        Just reply to this mail when you want to add to it.
                        """))
                .setProperty(ReplyQueue.FROM, simple("{{inbox.support}}"))
                .setProperty(ReplyQueue.CONVERSATION, exchangeProperty(TICKET));
    }
}
