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

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.PostalException;
import org.apache.camel.Exchange;
import org.apache.camel.support.CamelContextHelper;

/**
 * The message as it came from the queue, so that it can be put aside untouched: body and properties as they were, and the reason
 * beside them.
 */
final class Request {

    static final String CODE = "failure_code";
    static final String TEXT = "failure_text";

    private static final String PROPERTY = Request.class.getName();
    /** The first id of a message that was put back into the queue, where it gets another: the key of its mail. */
    private static final String FIRST_ID = "first_message_id";
    private static final String FIRST_TIME = "first_timestamp";
    private static final Duration WAITING_AT_MOST = Duration.ofDays(1);
    private static final String DELIVERIES = "JMSXDeliveryCount";

    private final Object body;
    private final Map<String, Object> headers;

    private Request(Object body, Map<String, Object> headers) {
        this.body = body;
        this.headers = headers;
    }

    /** To be called first in a route, while the message is as the consumer made it. */
    static void remember(Exchange exchange) {
        exchange.setProperty(PROPERTY,
                new Request(exchange.getMessage().getBody(), new HashMap<>(exchange.getMessage().getHeaders())));
    }

    /** Whether it was tried so often, for whatever reason, that there is no point in trying again. */
    static boolean isExhausted(Exchange exchange) {
        int most = CamelContextHelper.parseInteger(exchange.getContext(), "{{jms-to-mail.attempts}}");
        return exchange.getMessage().getHeader(DELIVERIES, 1, int.class) > most;
    }

    /** A repeat has the same key, however often the message was put back. */
    static void setKey(Exchange exchange) {
        exchange.getMessage().setHeader(PostalConstants.IDEMPOTENCY_KEY, of(exchange).firstId());
    }

    /**
     * Says where an uncertain message goes, and whether no other is taken meanwhile: only after the first try, because a message
     * that waits for the ledger says nothing about Postal.
     */
    static void pauseAfterTheFirstTry(Exchange exchange) {
        Request request = of(exchange);
        boolean waitedLong = System.currentTimeMillis() - request.firstTime() > WAITING_AT_MOST.toMillis();
        exchange.setProperty(PauseWhilePostalIsAway.PAUSE, !request.headers.containsKey(FIRST_ID));
        exchange.setProperty("uncertainTo", waitedLong ? "review" : "again");
    }

    /** As it came, with the key beside it. */
    static void restoreToRepeat(Exchange exchange) {
        Request request = of(exchange);
        exchange.getMessage().setBody(request.body);
        exchange.getMessage().setHeaders(new HashMap<>(request.headers));
        exchange.getMessage().setHeader(FIRST_ID, request.firstId());
        exchange.getMessage().setHeader(FIRST_TIME, request.firstTime());
    }

    private static Request of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, Request.class);
    }

    private String firstId() {
        return (String) headers.getOrDefault(FIRST_ID, headers.get("JMSMessageID"));
    }

    private long firstTime() {
        return ((Number) headers.getOrDefault(FIRST_TIME, headers.get("JMSTimestamp"))).longValue();
    }

    /** Names of JMS properties are names of Java, so the reason's are written with underscores. */
    static void restoreWithReason(Exchange exchange) {
        Request request = of(exchange);
        Exception failure = MailQueueRoutes.failure(exchange);
        exchange.getMessage().setBody(request.body);
        exchange.getMessage().setHeaders(new HashMap<>(request.headers));
        exchange.getMessage().setHeader(CODE, code(failure));
        exchange.getMessage().setHeader(TEXT, failure.getMessage());
    }

    /** Postal's word for it where there is one. */
    private static String code(Exception failure) {
        if (failure instanceof PostalException postal && postal.rawCode() != null) {
            return postal.rawCode();
        }
        return failure.getClass().getSimpleName().replaceFirst("^Postal", "").replaceFirst("(Request)?Exception$", "");
    }
}
