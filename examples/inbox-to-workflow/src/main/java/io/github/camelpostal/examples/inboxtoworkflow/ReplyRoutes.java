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

import java.time.Clock;

import javax.sql.DataSource;

import io.github.camelpostal.api.PostalAccessException;
import io.github.camelpostal.api.PostalRejectedException;
import io.github.camelpostal.api.PostalUnavailableException;
import io.github.camelpostal.api.PostalUncertainException;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;

/**
 * Answers go into an outbox together with the mail, and from there to Postal.
 *
 * <p>An answer is never lost: it is in the outbox when the mail is in the database, and leaves it when Postal has said what
 * became of it. It is sent twice only when this process ends between Postal's word and the commit; then both have the same
 * Message-ID.
 */
class AnswerRoutes extends RouteBuilder {

    private static final String DEDUP_KEY = "answerTo";
    private static final String STATE = "answerState";

    private final Clock clock;

    /** @param clock says which day it is: nobody gets two answers on one */
    AnswerRoutes(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void configure() throws Exception {
        errorHandler(noErrorHandler());
        Addresses ours = Addresses.of(this);
        AnswerQueue queue = new AnswerQueue(getContext().getRegistry().findSingleByType(DataSource.class), ours, clock);

        // Part of the transaction of direct:mail.
        from("direct:queue-answer").routeId("queue-answer")
                .bean(queue, "add");

        from("scheduler:answers?delay={{inbox.poll}}&greedy=true").routeId("answers")
                .setProperty(Exchange.SCHEDULER_POLLED_MESSAGES, constant(false))
                .to("direct:next-answer");

        from("direct:next-answer").routeId("next-answer")
                .transacted(Database.ONE_TRANSACTION)
                .to("sql:classpath:sql/next-answer.sql?outputType=SelectOne")
                .filter(body().isNotNull())
                .setProperty(DEDUP_KEY, simple("${body[dedup_key]}"))
                .setProperty(STATE, constant("sent"))
                .doTry()
                .process(new AnswerMail())
                .to("postal:send?tag=answer")
                .doCatch(PostalRejectedException.class)
                .setProperty(STATE, constant("refused"))
                // Perhaps it has gone out. A second one is worse than none, and somebody can look into Postal.
                .doCatch(PostalUncertainException.class)
                .setProperty(STATE, constant("uncertain"))
                // Nothing was accepted: it stays in the outbox, and the next one would fare no better.
                .doCatch(PostalUnavailableException.class, PostalAccessException.class)
                .setProperty(STATE, constant("queued"))
                .end()
                .choice()
                .when(exchangeProperty(STATE).isEqualTo("queued"))
                .log(LoggingLevel.WARN, "Answers wait for Postal: ${exception.message}")
                .to("sql:classpath:sql/postpone-answer.sql")
                .otherwise()
                .to("sql:classpath:sql/note-answer.sql")
                .setProperty(Exchange.SCHEDULER_POLLED_MESSAGES, constant(true)) // so look again at once
                .end();
    }
}
