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
package io.github.camelpostal.examples.kafkatomail;

import java.time.Duration;
import java.util.Optional;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalRejectedException;
import io.github.camelpostal.api.PostalUncertainException;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Each record becomes a mail, an order or a newsletter by its topic, or is put aside with the reason; only then it is committed.
 *
 * <ul>
 * <li>Postal takes the mail: committed.
 * <li>It is a newsletter, and the recipient has left or cannot be reached: committed.
 * <li>Postal rejects it permanently, or no mail can be made of the record: to the dead-letter topic, committed.
 * <li>Postal cannot take mails, nobody knows whether it has taken this one, or something else goes wrong: not committed, read
 * again when Postal responds. The mail has a key, so that no repeat sends it twice.
 * <li>After an hour still nobody knows: to the review topic, committed.
 * </ul>
 */
class RecordRoutes extends RouteBuilder {

    /** The id of the route that consumes, by which its consumer is found. */
    static final String ROUTE = "records-to-mails";

    private static final String BYTES = "org.apache.kafka.common.serialization.ByteArray";

    private static final String RECORDS = "kafka:{{kafka-to-mail.records}},{{kafka-to-mail.news}}?groupId={{kafka-to-mail.group}}&consumersCount={{kafka-to-mail.threads}}"
            + "&keyDeserializer=" + BYTES + "Deserializer&valueDeserializer=" + BYTES + "Deserializer"
            // committed by the route, when the record's outcome is known; whoever has never committed starts at the beginning
            + "&autoCommitEnable=false&allowManualCommit=true&commitTimeoutMs={{kafka-to-mail.commit-timeout}}&autoOffsetReset=earliest"
            // one by one: after a failure nothing that was read ahead can be taken for done
            + "&maxPollRecords=1&breakOnFirstError=true"
            // by default, an error of the poll skips a record of each partition
            + "&pollOnError=RECONNECT"
            // how soon a pause, its end or a stop is noticed
            + "&pollTimeoutMs=500";

    // acknowledged by all replicas before the step is over, on the thread that polls
    private static final String ASIDE = "?requestRequiredAcks=all&synchronous=true"
            + "&keySerializer=" + BYTES + "Serializer&valueSerializer=" + BYTES + "Serializer"
            // the largest record that could be read, and the reason
            + "&maxRequestSize=20971520";

    private static final String SEND = "postal:send?sendLedger=#ledger";
    // who has left it gets no more of the stream, and all other mails
    private static final String SEND_NEWS = SEND + "&stream=news&unsubscribeUrl={{kafka-to-mail.url}}/unsubscribe";

    private String news;
    private UncertainRecords uncertain;
    private Pause pause;

    @Override
    public void configure() {
        news = getContext().resolvePropertyPlaceholders("{{kafka-to-mail.news}}");
        uncertain = new UncertainRecords(duration("review-after"));
        pause = new Pause(waits(), this::whatIsWrongWithPostal,
                getContext().getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "pause"));

        from(RECORDS).routeId(ROUTE)
                // whatever is not dealt with below: the record is not committed, and read again after a pause
                .onException(Exception.class).process(this::readAgain).logExhausted(false).end()
                .process(SourceRecord::remember)
                .to("direct:settle")
                .process(this::commit);

        // @formatter:off
        from("direct:settle").routeId("settle").errorHandler(noErrorHandler())
                .doTry()
                    .setHeader(PostalConstants.TAG).exchange(exchange -> SourceRecord.of(exchange).key())
                    .setHeader(PostalConstants.IDEMPOTENCY_KEY).exchange(exchange -> SourceRecord.of(exchange).key())
                    .to("direct:mail")
                    .process(exchange -> pause.over())
                    .log("${header.CamelPostalTag} is message ${header.CamelPostalId}")
                .doCatch(PostalRejectedException.class).onWhen(this::isUnwantedNews)
                    .log("${header.CamelPostalTag} is not sent: its recipient gets no news")
                .doCatch(PostalRejectedException.class, UnreadableRecordException.class)
                    .to("direct:dead-letter")
                .doCatch(PostalUncertainException.class)
                    .process(uncertain::failUntilReview)
                    .to("direct:review")
                    .process(this::pause)
                .end();

        from("direct:mail").routeId("mail").errorHandler(noErrorHandler())
                .choice()
                    .when(this::isNews)
                        .bean(new TemplateMail("news"))
                        .to(SEND_NEWS)
                    .otherwise()
                        .bean(new TemplateMail("order"))
                        .to(SEND)
                .end();
        // @formatter:on

        from("direct:dead-letter").routeId("dead-letter").errorHandler(noErrorHandler())
                .process(FailureHeaders::attach)
                .log(LoggingLevel.WARN, "${header.failure-record} goes to the dead letters: ${header.failure-code}")
                .to("kafka:{{kafka-to-mail.dead-letters}}" + ASIDE);

        from("direct:review").routeId("review").errorHandler(noErrorHandler())
                .process(FailureHeaders::attach)
                .log(LoggingLevel.WARN, "${header.failure-record} may or may not have been sent: somebody has to look")
                .to("kafka:{{kafka-to-mail.review}}" + ASIDE);
    }

    private boolean isNews(Exchange exchange) {
        return SourceRecord.of(exchange).partition().topic().equals(news);
    }

    private boolean isUnwantedNews(Exchange exchange) {
        return isNews(exchange)
                && exchange.getException(PostalRejectedException.class).code() == PostalErrorCode.SUPPRESSED;
    }

    private void readAgain(Exchange exchange) {
        SourceRecord.of(exchange).rewind();
        pause(exchange);
    }

    private void commit(Exchange exchange) {
        SourceRecord.of(exchange).commit();
        uncertain.forget(exchange);
    }

    private void pause(Exchange exchange) {
        pause.hold((ServiceSupport) getContext().getRoute(ROUTE).getConsumer(),
                exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
    }

    /** Asks for a message that no mail server has: Postal checks the key, misses the message, and nothing else happens. */
    private Optional<Exception> whatIsWrongWithPostal() {
        Exception response = getContext().createFluentProducerTemplate()
                .withHeader(PostalConstants.ID, 0L).to("postal:read").request(Exchange.class).getException();
        return Optional.ofNullable(response).filter(e -> !(e instanceof PostalRejectedException));
    }

    private Pause.Waits waits() {
        return new Pause.Waits(duration("pause.first"), duration("pause.most"), duration("pause.somebody"));
    }

    private Duration duration(String name) {
        return CamelContextHelper.parseDuration(getContext(), "{{kafka-to-mail." + name + "}}");
    }
}
