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

import io.github.camelpostal.api.PostalAccessException;
import io.github.camelpostal.api.PostalRejectedException;
import io.github.camelpostal.api.PostalUnavailableException;
import io.github.camelpostal.api.PostalUncertainException;
import io.github.camelpostal.ledger.JdbcSendLedger;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.h2.jdbcx.JdbcDataSource;

/**
 * Each message of the queue becomes a mail, or is put aside with the reason, in one transaction with taking it from the queue.
 *
 * <ul>
 * <li>Postal takes the mail: committed.
 * <li>Postal rejects it permanently, or no mail can be made of it: to the dead letters, committed.
 * <li>Nobody knows yet whether Postal has taken it: back to the queue with a delay, committed, until the ledger has found out. No
 * other message is taken before Postal responds. What is unknown after a day goes to the review.
 * <li>Postal cannot take mails: rolled back, and no message is taken before Postal responds.
 * <li>Anything else: rolled back, taken again by the broker's redelivery delay, and to the dead letters in the end.
 * </ul>
 */
class MailQueueRoutes extends RouteBuilder {

    /** The id of the route that consumes. */
    static final String ROUTE = "messages-to-mails";

    @Override
    public void configure() {
        getContext().getRegistry().bind("ledger", ledger());

        // @formatter:off
        from("jms:queue:{{jms-to-mail.mails}}?concurrentConsumers={{jms-to-mail.consumers}}").routeId(ROUTE)
                .routePolicy(new PauseWhilePostalIsAway(getContext()))
                .errorHandler(noErrorHandler())
                .process(Request::remember)
                .doTry()
                    .choice()
                        .when(Request::isExhausted)
                            .throwException(new UnreadableRequestException("It failed each time it was tried", null))
                    .end()
                    .bean(new OrderMail())
                    // a commit can fail when the mail is on its way already: then the message comes again, and is not sent again
                    .process(Request::setKey)
                    .to("postal:send?sendLedger=#ledger")
                    .log("${header.JMSMessageID} is message ${header.CamelPostalId}")
                .endDoTry()
                .doCatch(PostalRejectedException.class, UnreadableRequestException.class)
                    .to("direct:dead-letter")
                .doCatch(PostalUncertainException.class)
                    .process(Request::pauseAfterTheFirstTry)
                    .toD("direct:${exchangeProperty.uncertainTo}")
                .doCatch(PostalUnavailableException.class, PostalAccessException.class)
                    .process(PauseWhilePostalIsAway::rollBack)
                .end();
        // @formatter:on

        from("direct:dead-letter").routeId("dead-letter").errorHandler(noErrorHandler())
                .process(Request::restoreWithReason)
                .log(LoggingLevel.WARN, "${header.JMSMessageID} goes to the dead letters: ${header.failure_code}")
                .to("jms:queue:{{jms-to-mail.dead-letters}}");

        // Not by rolling back: that would raise the delivery count, and end among the dead letters.
        from("direct:again").routeId("again").errorHandler(noErrorHandler())
                .process(Request::restoreToRepeat)
                .log(LoggingLevel.WARN, "${header.JMSMessageID} may or may not have been sent: it waits in the queue")
                .to("jms:queue:{{jms-to-mail.mails}}?deliveryDelay={{jms-to-mail.repeat}}");

        from("direct:review").routeId("review").errorHandler(noErrorHandler())
                .process(Request::restoreWithReason)
                .log(LoggingLevel.WARN, "${header.JMSMessageID} may or may not have been sent: somebody has to look")
                .to("jms:queue:{{jms-to-mail.review}}");
    }

    private JdbcSendLedger ledger() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:" + getContext().resolvePropertyPlaceholders("{{jms-to-mail.ledger}}"));
        database.setUser("sa");
        JdbcSendLedger ledger = new JdbcSendLedger(database);
        ledger.setCreateTables(true);
        return ledger;
    }

    /** What failed last, for the classes of this package that look at an exchange after the fact. */
    static Exception failure(Exchange exchange) {
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    }
}
