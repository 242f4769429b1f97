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
package io.github.camelpostal.examples.quarkus;

import jakarta.enterprise.context.ApplicationScoped;

import io.github.camelpostal.api.PostalRejectedException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** Mail out, events and mail in. All settings are in {@code application.properties}. */
@ApplicationScoped
public class MailRoutes extends RouteBuilder {

    private final Guests guests;

    MailRoutes(Guests guests) {
        this.guests = guests;
    }

    @Override
    public void configure() {
        // the same message is refused each time: whoever asked for it has to know
        onException(PostalRejectedException.class).handled(true)
                .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(422)).setBody(constant("That address takes no mail"));

        from("platform-http:/invitations?httpMethodRestrict=POST").routeId("invite")
                .setHeader("CamelPostalTo", bodyAs(String.class))
                .setHeader("CamelPostalSubject", constant("You are invited"))
                .setHeader("CamelPostalReplyTo", simple("{{party.address}}"))
                .setBody(constant("We are having a party. Reply to this mail if you will come."))
                .to("postal:send")
                .bean(guests, "invited")
                .setBody(constant("Invited"));

        from("postal:webhook?path=/postal").routeId("postal")
                .choice()
                .when(header("CamelPostalKind").isEqualTo("mail"))
                .bean(guests, "replied")
                .when(header("CamelPostalDirection").isEqualTo("outgoing"))
                .bean(guests, "event")
                .end();

        from("platform-http:/guests?httpMethodRestrict=GET").routeId("guests").bean(guests, "list").marshal().json();
    }
}
