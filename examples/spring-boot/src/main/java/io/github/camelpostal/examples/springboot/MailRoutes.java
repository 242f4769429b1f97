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
package io.github.camelpostal.examples.springboot;

import io.github.camelpostal.api.PostalRejectedException;
import io.github.camelpostal.api.PostalUnavailableException;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** Mail out, events and mail in. All settings are in {@code application.yml}. */
@Component
class MailRoutes extends RouteBuilder {

    @Override
    public void configure() {
        // nothing was accepted, so nothing can be sent twice
        onException(PostalUnavailableException.class).maximumRedeliveries(3).redeliveryDelay(2000);
        // the same message is refused each time; the order is there, its confirmation is not
        onException(PostalRejectedException.class).handled(true)
                .log(LoggingLevel.WARN, "The confirmation of order ${header.orderNumber} was refused: ${exception.message}");

        from("direct:confirm").routeId("confirm")
                .setHeader("orderNumber", simple("${body.number}"))
                .setHeader("CamelPostalTo", simple("${body.customer}"))
                .setHeader("CamelPostalSubject", simple("Your order ${body.number}"))
                .setHeader("CamelPostalReplyTo", simple("orders+${body.number}@{{shop.domain}}"))
                .setHeader("CamelPostalTag", simple("${body.number}"))
                .setBody(simple("Thank you for ordering ${body.item}. Answer to this mail if something is wrong."))
                .to("postal:send")
                .bean(Orders.class, "queued(${header.orderNumber})");

        from("postal:webhook?path=/postal").routeId("postal")
                .choice()
                .when(header("CamelPostalKind").isEqualTo("mail"))
                .to("direct:reply")
                .when(header("CamelPostalDirection").isEqualTo("outgoing"))
                .bean(Orders.class, "event(${header.CamelPostalMessageTag}, ${header.CamelPostalOutcome}, "
                        + "${header.CamelPostalEventTime})")
                .end();

        from("direct:reply").routeId("reply")
                .convertBodyTo(String.class)
                .setHeader("known", method(Orders.class, "replied(${header.CamelPostalAddressTag}, ${body})"))
                .choice()
                .when(header("known").isEqualTo(false))
                .log("Mail ${header.CamelPostalId} is about no order of ours")
                .end();
    }
}
