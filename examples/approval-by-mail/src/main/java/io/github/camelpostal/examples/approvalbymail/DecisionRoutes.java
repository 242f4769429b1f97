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
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.PostalRejectedException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.aggregate.jdbc.JdbcAggregationRepository;

/**
 * A request waits until its first answer or until its time is over; then its result goes to a queue. What waits, and what has an
 * answer and is not in the queue yet, is in the database: after a crash, Camel goes on with it. The result may then be sent twice
 * with the same id, and the broker drops the second one.
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
        from("direct:answers").routeId("answers")
                .errorHandler(noErrorHandler())
                .choice()
                    // whoever brings such an answer hears of a failure here, and brings it again
                    .when(DecisionRoutes::isLate)
                        .to("direct:late")
                    .otherwise()
                        .to("direct:decide")
                .end();

        from("direct:decide").routeId("decide")
                .errorHandler(noErrorHandler())
                .aggregate(header(Answer.REQUEST), new FirstAnswer()).aggregationRepository(waiting)
                        .completionPredicate(header(Answer.RESULT).isNotNull())
                        .completionTimeout("{{approval.timeout}}")
                    .process(DecisionRoutes::decide)
                    .to("results:queue:{{approval.results}}?exchangePattern=InOnly")
                    .to("direct:late") // for an answer that came while another one was decided
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

    private static boolean isLate(Exchange exchange) {
        Message message = exchange.getMessage();
        Optional<Decisions.Decision> earlier = message.getHeader(Answer.RESULT) == null
                ? Optional.empty()
                : Decisions.of(exchange.getContext()).find(message.getHeader(Answer.REQUEST, String.class))
                        .filter(decision -> !decision.answer().equals(message.getHeader(Answer.ID)));
        earlier.ifPresent(decision -> cameAfter(decision, exchange));
        return earlier.isPresent();
    }

    private static void cameAfter(Decisions.Decision decision, Exchange exchange) {
        exchange.setProperty(Answer.TELL, exchange.getMessage().getHeader(Answer.TELL));
        exchange.setProperty(Answer.RESULT, decision.result());
        exchange.setProperty(Answer.REQUEST, decision.request());
    }

    private static void decide(Exchange exchange) throws JsonProcessingException {
        Message message = exchange.getMessage();
        boolean answered = message.getHeader(Answer.RESULT) != null;
        Decisions.Decision answer = new Decisions.Decision(message.getHeader(Answer.REQUEST, String.class),
                answered ? message.getHeader(Answer.RESULT, String.class) : Result.TIMEOUT.name(),
                answered ? message.getHeader(Answer.BY, String.class) : "nobody",
                answered ? message.getHeader(Answer.ID, String.class) : "timeout");
        Decisions.Decision decision = Decisions.of(exchange.getContext()).decide(answer);
        if (!decision.answer().equals(answer.answer())) {
            cameAfter(decision, exchange);
        }
        Map<String, String> result = new LinkedHashMap<>();
        result.put("request", decision.request());
        result.put("result", decision.result());
        result.put("by", decision.by());
        message.removeHeaders("*");
        message.setHeader(DUPLICATE_ID, decision.request());
        message.setBody(JSON.writeValueAsString(result));
    }

    /** Each person is told once of each request: that also ends a loop with a program that takes itself for a person. */
    private static void late(Exchange exchange) {
        Message message = exchange.getMessage();
        String request = exchange.getProperty(Answer.REQUEST, String.class);
        String tell = exchange.getProperty(Answer.TELL, String.class);
        message.removeHeaders("*");
        message.setHeader(PostalConstants.IDEMPOTENCY_KEY,
                "late-" + UUID.nameUUIDFromBytes((request + ' ' + tell).getBytes(StandardCharsets.UTF_8)));
        message.setHeader(PostalConstants.TO, tell);
        message.setHeader(PostalConstants.SUBJECT, "Too late: " + request);
        message.setHeader(PostalConstants.BOUNCE, true); // the null sender: nobody wants a bounce of it
        message.setHeader(PostalConstants.HEADERS, Map.of("Auto-Submitted", "auto-replied"));
        message.setBody("Your answer came too late. It was decided before: " + exchange.getProperty(Answer.RESULT) + "\n");
    }
}
