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

import java.time.Duration;
import java.util.List;

import io.github.camelpostal.api.PostalAccessException;
import io.github.camelpostal.api.PostalUnavailableException;
import io.github.camelpostal.api.PostalUncertainException;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;

/**
 * Sends what stands in the outbox, except to suppressed addresses.
 *
 * <p>A row is taken before its mail is sent, so that no mail is sent twice. After a crash it stands as {@code sending}, and a
 * person decides.
 */
class SendRoutes extends RouteBuilder {

    /** Exchange property: the state of the row. One that has become sent is never called failed or waiting again. */
    private static final String STATE = "outboxState";
    private static final String REASON = "reason";
    private static final String MARK = "sql:classpath:sql/outbox-state.sql?noop=true";

    private final Ledger ledger;
    private final Pauses pauses;

    SendRoutes(Ledger ledger, Pauses pauses) {
        this.ledger = ledger;
        this.pauses = pauses;
    }

    @Override
    public void configure() {
        whatMayGoWrong();

        from("sql:classpath:sql/outbox-waiting.sql?initialDelay=0&delay={{tracker.outbox.delay}}&maxMessagesPerPoll=50")
                .routeId("outbox")
                .to("sql:classpath:sql/outbox-claim.sql?noop=true")
                .filter(header("CamelSqlUpdateCount").isEqualTo(1))
                .to("direct:outgoing");

        from("direct:outgoing").routeId("outgoing")
                .setProperty(STATE, constant("sending"))
                .setProperty("outboxId", simple("${body[id]}"))
                .bean(OutgoingMail.class, "of")
                .to("sql:classpath:sql/suppressed.sql?outputHeader=suppressed")
                .setBody(SendRoutes::withoutSuppressed)
                .setProperty(OutgoingMail.PROPERTY, body())
                .split(simple("${body.refusals}"))
                .to("sql:classpath:sql/refuse-recipient.sql?noop=true")
                .end()
                .choice()
                .when(simple("${body.hasRecipients}")).to("direct:send")
                .otherwise().to("direct:refused");

        from("direct:refused").routeId("refused")
                .setProperty(STATE, constant("refused"))
                .to(MARK);

        from("direct:send").routeId("send")
                .setBody(exchange -> exchange.getMessage().getBody(OutgoingMail.class).fields())
                .to("postal:send?from={{tracker.sender}}")
                .setProperty(STATE, constant("sent"))
                .to(MARK)
                .bean(ledger, "ofSend")
                .split(body())
                .to("sql:classpath:sql/complete-send.sql?noop=true");
    }

    private void whatMayGoWrong() {
        // The result and an event may both find no row yet, and insert it. One of them does, the other tries again.
        onException(DuplicateKeyException.class).maximumRedeliveries(5).redeliveryDelay(20);
        // Nothing was accepted, and the next mail would fare no better: this one waits again, and so do the others.
        onException(PostalUnavailableException.class).handled(true)
                .setProperty(STATE, constant("waiting"))
                .to("direct:unsent")
                .setBody(exchange -> pauses.of("unavailable", Duration.ofSeconds(30)))
                .to("direct:pause");
        // The key or the URL is wrong, or the mail server is suspended. Somebody has to act; the mail is not to blame.
        onException(PostalAccessException.class).handled(true)
                .setProperty(STATE, constant("waiting"))
                .to("direct:unsent")
                .setBody(exchange -> pauses.of("access", Duration.ofMinutes(5)))
                .to("direct:pause");
        // Perhaps it was sent: a person decides.
        onException(PostalUncertainException.class).handled(true)
                .setProperty(STATE, constant("review"))
                .to("direct:unsent");
        onException(DataAccessException.class).onWhen(exchangeProperty(STATE).isEqualTo("sending")).handled(true)
                .setProperty(STATE, constant("waiting"))
                .to("direct:unsent");
        onException(Exception.class).onWhen(exchangeProperty(STATE).isEqualTo("sending")).handled(true)
                .setProperty(STATE, constant("failed"))
                .to("direct:unsent");

        from("direct:unsent").routeId("unsent")
                .setProperty(REASON, simple("${exception.message}"))
                .log(LoggingLevel.WARN, "Mail ${exchangeProperty.outboxId} of the outbox is ${exchangeProperty.outboxState},"
                        + " because of ${exception.class.simpleName}")
                .to(MARK);
    }

    @SuppressWarnings("unchecked")
    private static OutgoingMail withoutSuppressed(Exchange exchange) {
        return exchange.getMessage().getBody(OutgoingMail.class)
                .without(exchange.getMessage().getHeader("suppressed", List.class));
    }
}
