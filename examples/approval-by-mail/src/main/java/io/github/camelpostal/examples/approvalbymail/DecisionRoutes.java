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
package io.github.camelpostal.examples.approvalbymail;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.PostalRejectedException;
import io.github.camelpostal.examples.approvalbymail.Decisions.Decision;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.aggregate.jdbc.JdbcAggregationRepository;

/**
 * A request waits until its first answer or until its time is over; then its result goes to a queue. What waits, and what has an
 * answer and is not in the queue yet, is in the database: after a crash, Camel goes on with it. The result may then be sent twice
 * with the same id, and the broker drops the second one.
 *
 * <p>Which answer is the first one is settled before the aggregator: of two that come in the same millisecond both would find the
 * request waiting, and the second one be aggregated with nothing.
 */
class DecisionRoutes extends RouteBuilder {

    /** Artemis drops a message with an id that it has seen. */
    private static final String DUPLICATE_ID = "_AMQ_DUPL_ID";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public void configure() {
        JdbcAggregationRepository waiting = getContext().getRegistry().lookupByNameAndType("waiting",
                JdbcAggregationRepository.class);

        // @formatter:off
        // whoever brings an answer hears of a failure here, and brings it again
        from("direct:answers").routeId("answers")
                .errorHandler(noErrorHandler())
                .process(DecisionRoutes::decide)
                .to("direct:decided")
                .to("direct:late");

        // a process that was killed between a decision and the aggregator
        from("timer:interrupted?repeatCount=1&delay=0").routeId("interrupted")
                .split().exchange(exchange -> Decisions.of(exchange.getContext()).interrupted())
                .process(exchange -> carry(exchange, exchange.getMessage().getBody(Decision.class)))
                .to("direct:decided");

        from("direct:decided").routeId("decided")
                .errorHandler(noErrorHandler())
                .doTry()
                    .to("direct:wait")
                .doCatch(FirstAnswer.NothingWaitsException.class)
                    .log(LoggingLevel.DEBUG, "The result of ${header.request} is on its way")
                .end();

        from("direct:wait").routeId("wait")
                .errorHandler(noErrorHandler())
                .aggregate(header(Answer.REQUEST), new FirstAnswer()).aggregationRepository(waiting)
                        .completionPredicate(header(Answer.RESULT).isNotNull())
                        .completionTimeout("{{approval.timeout}}")
                    .process(DecisionRoutes::result)
                    .to("results:queue:{{approval.results}}?exchangePattern=InOnly")
                .end();

        from("direct:late").routeId("late")
                .errorHandler(noErrorHandler())
                .filter(exchangeProperty(Answer.TELL).isNotNull())
                .doTry()
                    .process(DecisionRoutes::late)
                    .to("postal:send")
                .doCatch(PostalRejectedException.class)
                    .log("Nobody can be told that an answer came late: ${exception.message}")
                .end();
        // @formatter:on
    }

    /** This answer, or the one that came before it: from here on the message carries the one that stands. */
    private static void decide(Exchange exchange) {
        Message message = exchange.getMessage();
        Decision answer = new Decision(message.getHeader(Answer.REQUEST, String.class),
                message.getHeader(Answer.RESULT, String.class), message.getHeader(Answer.BY, String.class),
                message.getHeader(Answer.ID, String.class));
        Decision decision = Decisions.of(exchange.getContext()).decide(answer);
        if (!decision.answer().equals(answer.answer())) {
            exchange.setProperty(Answer.TELL, message.getHeader(Answer.TELL));
        }
        carry(exchange, decision);
    }

    private static void carry(Exchange exchange, Decision decision) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setBody(null);
        message.setHeader(Answer.REQUEST, decision.request());
        message.setHeader(Answer.RESULT, decision.result());
    }

    private static void result(Exchange exchange) throws JsonProcessingException {
        Message message = exchange.getMessage();
        Decision decision = Decisions.of(exchange.getContext()).decide(new Decision(
                message.getHeader(Answer.REQUEST, String.class), Result.TIMEOUT.name(), "nobody", "timeout"));
        Map<String, String> result = new LinkedHashMap<>();
        result.put("request", decision.request());
        result.put("result", decision.result());
        result.put("by", decision.decidedBy());
        message.removeHeaders("*");
        message.setHeader(DUPLICATE_ID, decision.request());
        message.setBody(JSON.writeValueAsString(result));
    }

    /** Each person is told once of each request: that also ends a loop with a program that takes itself for a person. */
    private static void late(Exchange exchange) {
        Message message = exchange.getMessage();
        String request = message.getHeader(Answer.REQUEST, String.class);
        Object result = message.getHeader(Answer.RESULT);
        String tell = exchange.getProperty(Answer.TELL, String.class);
        message.removeHeaders("*");
        message.setHeader(PostalConstants.IDEMPOTENCY_KEY,
                "late-" + UUID.nameUUIDFromBytes((request + ' ' + tell).getBytes(StandardCharsets.UTF_8)));
        message.setHeader(PostalConstants.TO, tell);
        message.setHeader(PostalConstants.SUBJECT, "Too late: " + request);
        message.setHeader(PostalConstants.BOUNCE, true); // the null sender: nobody wants a bounce of it
        message.setHeader(PostalConstants.HEADERS, Map.of("Auto-Submitted", "auto-replied"));
        message.setBody("Your answer came too late. It was decided before: " + result + "\n");
    }
}
