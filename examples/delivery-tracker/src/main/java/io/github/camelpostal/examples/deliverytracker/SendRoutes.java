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

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.PostalAccessException;
import io.github.camelpostal.api.PostalRejectedException;
import io.github.camelpostal.api.PostalUnavailableException;
import io.github.camelpostal.api.PostalUncertainException;
import io.github.camelpostal.api.SendResult;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;

/**
 * Sends what stands in the outbox, except to recipients on the suppression list.
 *
 * <p>A row is taken before its mail is sent, so that no mail is sent twice. After a crash it stands as {@code sending}, and a
 * person decides.
 */
class SendRoutes extends RouteBuilder {

    /** Exchange property: the id of the row. */
    static final String OUTBOX_ID = "outboxId";

    /** Exchange property: the state of the row. One that has become sent is never called failed or waiting again. */
    private static final String STATE = "outboxState";
    private static final String REASON = "reason";
    /** Exchange property: whom the suppression list kept from the mail. */
    private static final String SUPPRESSED = "suppressed";
    private static final String SEND = "postal:send?from={{tracker.sender}}";
    private static final String MARK = "sql:classpath:sql/outbox-state.sql?noop=true";

    private final Ledger ledger;
    private final TrackerClock clock;

    SendRoutes(Ledger ledger, TrackerClock clock) {
        this.ledger = ledger;
        this.clock = clock;
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
                .setProperty(OUTBOX_ID, simple("${body[id]}"))
                .setHeader(PostalConstants.TO, simple("${body[recipients]}"))
                .setHeader(PostalConstants.SUBJECT, simple("${body[subject]}"))
                .setHeader(PostalConstants.TAG, simple("${body[tag]}"))
                .setHeader(PostalConstants.STREAM, simple("${body[stream]}"))
                .setHeader(PostalConstants.HTML_BODY, simple("${body[html_body]}"))
                .setBody(simple("${body[plain_body]}"))
                .choice()
                // who can leave needs a link of his own, so such a mail has one recipient
                .when(header(PostalConstants.STREAM).isNotNull())
                .to(SEND + "&unsubscribeUrl={{tracker.url}}/unsubscribe")
                .otherwise().to(SEND)
                .end()
                .setProperty(STATE, constant("sent"))
                .setProperty(SUPPRESSED).exchange(SendRoutes::suppressed)
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
                .setBody(exchange -> clock.pause("unavailable", Duration.ofSeconds(30)))
                .to("direct:pause");
        // The key or the URL is wrong, or the mail server is suspended. Somebody has to act; the mail is not to blame.
        onException(PostalAccessException.class).handled(true)
                .setProperty(STATE, constant("waiting"))
                .to("direct:unsent")
                .setBody(exchange -> clock.pause("access", Duration.ofMinutes(5)))
                .to("direct:pause");
        // Perhaps it was sent: a person decides.
        onException(PostalUncertainException.class).handled(true)
                .setProperty(STATE, constant("review"))
                .to("direct:unsent");
        // All recipients are on the suppression list.
        onException(PostalRejectedException.class).onWhen(simple("${exception.code} == 'SUPPRESSED'")).handled(true)
                .setProperty(STATE, constant("refused"))
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

    private static String suppressed(Exchange exchange) {
        return String.join(", ", exchange.getMessage().getBody(SendResult.class).suppressed());
    }
}
