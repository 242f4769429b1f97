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
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;

/**
 * Each message of the queue becomes a mail, or is put aside with the reason, in one transaction with taking it from the queue.
 *
 * <ul>
 * <li>Postal takes the mail: committed.
 * <li>Postal rejects it permanently, or no mail can be made of it: to the dead letters, committed.
 * <li>Nobody knows whether Postal has taken it: to the review, committed, and no other message is taken before Postal responds.
 * <li>Postal cannot take mails: rolled back, and no message is taken before Postal responds.
 * <li>Anything else: rolled back, taken again by the broker's redelivery delay, and to the dead letters in the end.
 * </ul>
 */
class MailQueueRoutes extends RouteBuilder {

    /** The id of the route that consumes. */
    static final String ROUTE = "messages-to-mails";

    private static final int REMEMBERED = 10_000;

    @Override
    public void configure() {
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
                    // a commit can fail when the mail is on its way already: then the message comes again, and is not sent again
                    .idempotentConsumer(header("JMSMessageID"), MemoryIdempotentRepository.memoryIdempotentRepository(REMEMBERED))
                        .bean(new OrderMail())
                        .to("postal:send")
                        .log("${header.JMSMessageID} is message ${header.CamelPostalId}")
                    .end()
                .endDoTry()
                .doCatch(PostalRejectedException.class, UnreadableRequestException.class)
                    .to("direct:dead-letter")
                .doCatch(PostalUncertainException.class)
                    .setProperty(PauseWhilePostalIsAway.PAUSE, constant(true))
                    .to("direct:review")
                .doCatch(PostalUnavailableException.class, PostalAccessException.class)
                    .process(PauseWhilePostalIsAway::rollBack)
                .end();
        // @formatter:on

        from("direct:dead-letter").routeId("dead-letter").errorHandler(noErrorHandler())
                .process(Request::restoreWithReason)
                .log(LoggingLevel.WARN, "${header.JMSMessageID} goes to the dead letters: ${header.failure_code}")
                .to("jms:queue:{{jms-to-mail.dead-letters}}");

        from("direct:review").routeId("review").errorHandler(noErrorHandler())
                .process(Request::restoreWithReason)
                .log(LoggingLevel.WARN, "${header.JMSMessageID} may or may not have been sent: somebody has to look")
                .to("jms:queue:{{jms-to-mail.review}}");
    }

    /** What failed last, for the classes of this package that look at an exchange after the fact. */
    static Exception failure(Exchange exchange) {
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    }
}
