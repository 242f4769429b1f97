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

import io.github.camelpostal.api.PostalAccessException;
import io.github.camelpostal.api.PostalRejectedException;
import io.github.camelpostal.api.PostalUnavailableException;
import io.github.camelpostal.api.PostalUncertainException;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;

/**
 * Replies go into an outbox together with the mail, and from there to Postal.
 *
 * <p>A reply is never lost: it is in the outbox when the mail is in the database, and leaves it when Postal has said what
 * became of it. It is sent twice only when this process ends between Postal's word and the commit.
 */
class ReplyRoutes extends RouteBuilder {

    private static final String DEDUP_KEY = "repliedTo";
    private static final String STATE = "replyState";
    private static final String REASON = "replyReason";

    @Override
    public void configure() throws Exception {
        errorHandler(noErrorHandler());
        ReplyQueue queue = new ReplyQueue(getContext().getRegistry().findSingleByType(DataSource.class), Addresses.of(this));

        // Part of the transaction of direct:mail.
        from("direct:queue-reply").routeId("queue-reply")
                .bean(queue, "add");

        from("scheduler:replies?delay={{inbox.poll}}&greedy=true").routeId("replies")
                .setProperty(Exchange.SCHEDULER_POLLED_MESSAGES, constant(false))
                .doTry()
                .to("direct:next-reply")
                // Nothing was accepted, and all of the transaction is undone, the count of the day's replies too. It stays in
                // the outbox; the next one would fare no better.
                .doCatch(PostalUnavailableException.class, PostalAccessException.class)
                .log(LoggingLevel.WARN, "Replies wait for Postal: ${exception.message}")
                .to("sql:classpath:sql/postpone-reply.sql")
                .end();

        from("direct:next-reply").routeId("next-reply")
                .transacted(Database.ONE_TRANSACTION)
                .to("sql:classpath:sql/next-reply.sql?outputType=SelectOne")
                .filter(body().isNotNull())
                .setProperty(DEDUP_KEY, simple("${body[dedup_key]}"))
                .setProperty(STATE, constant("sent"))
                .doTry()
                .process(new ReplyMail())
                .to("postal:send?tag=reply")
                .filter(simple("${body.recipients.isEmpty}"))
                .setProperty(STATE, constant("none"))
                .setProperty(REASON, constant(ReplyRules.REPLIED_TODAY))
                .end()
                .endDoTry()
                .doCatch(PostalRejectedException.class)
                .setProperty(STATE, constant("refused"))
                .setProperty(REASON, exceptionMessage())
                // Perhaps it has gone out. A second one is worse than none, and somebody can look into Postal.
                .doCatch(PostalUncertainException.class)
                .setProperty(STATE, constant("uncertain"))
                .setProperty(REASON, exceptionMessage())
                .end()
                .to("sql:classpath:sql/note-reply.sql")
                .setProperty(Exchange.SCHEDULER_POLLED_MESSAGES, constant(true)); // so look again at once
    }
}
