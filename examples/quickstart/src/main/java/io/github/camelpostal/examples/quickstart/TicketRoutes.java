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

import io.github.camelpostal.api.PostalRejectedException;
import io.github.camelpostal.api.PostalUncertainException;
import org.apache.camel.builder.RouteBuilder;

/**
 * Inbound mails become tickets: mail to {@code support+<ticket>@...} joins that ticket, any other mail opens one, and the
 * sender gets a reply in the same thread.
 *
 * <p>Whatever fails here fails the exchange, unless it is handled below: Postal gets a 503, keeps the mail and posts it again.
 * That is why each step looks first whether it was done already.
 */
class TicketRoutes extends RouteBuilder {

    @Override
    public void configure() {
        String folder = getContext().resolvePropertyPlaceholders("{{quickstart.folder}}");
        String address = getContext().resolvePropertyPlaceholders("{{quickstart.address}}");
        TicketDesk desk = new TicketDesk(Path.of(folder, "tickets"));
        TicketReply reply = new TicketReply(address);

        // The mail is safe in its ticket. What went wrong is written beside it; to fail would only make Postal repeat it. Perhaps
        // an uncertain reply has gone out: a second one is worse than none.
        onException(PostalRejectedException.class, PostalUncertainException.class).handled(true)
                .bean(desk, "noteFailed");

        from("postal:webhook?path=/postal/mail&accept=mail").routeId("tickets")
                .bean(desk, "file")
                .setProperty(TicketDesk.ENTRY, body())
                .log("Mail ${header.CamelPostalId} is in ticket ${body.ticket()}")
                .filter(reply::isWanted)
                .process(reply)
                .to("postal:send?tag=ticket")
                .bean(desk, "noteSent");
    }
}
