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
package io.github.camelpostal.internal.telemetry;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.github.camelpostal.PostalComponent;
import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.PostalEndpoint;
import io.github.camelpostal.PostalOperation;
import io.github.camelpostal.api.PostalException;
import io.github.camelpostal.api.SendResult;
import io.github.camelpostal.internal.client.CallOutcome;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.telemetry.Span;
import org.apache.camel.telemetry.TagConstants;
import org.apache.camel.telemetry.decorators.AbstractSpanDecorator;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/**
 * What the span of a {@code postal:} endpoint says, by OpenTelemetry's conventions for messaging: ids, the operation and what
 * became of it. A trace is read by more people than a mail, so it has neither the URI's options, among which are addresses and
 * subjects, nor the text of exceptions that are not our own.
 */
public final class PostalSpanDecorator extends AbstractSpanDecorator {

    static final String SYSTEM = "messaging.system";
    static final String OPERATION_NAME = "messaging.operation.name";
    static final String OPERATION_TYPE = "messaging.operation.type";
    static final String MESSAGE_COUNT = "messaging.batch.message_count";
    static final String SERVER_PORT = "server.port";
    static final String ERROR_TYPE = "error.type";
    static final String MESSAGE_IDS = "postal.message.ids";
    static final String OUTCOME = "postal.outcome";
    static final String CODE = "postal.code";
    static final String DUPLICATE = "postal.duplicate";
    static final String KIND = "postal.kind";
    static final String EVENT = "postal.event";
    static final String DIRECTION = "postal.direction";

    /** Set while a producer works: the end of a span does not say whose it is. */
    private static final String CALL = "CamelPostalSpanCall";
    private static final int MOST_IDS = 50;

    @Override
    public String getComponent() {
        return "postal";
    }

    @Override
    public String getComponentClassName() {
        return PostalComponent.class.getName();
    }

    @Override
    public String getOperationName(Exchange exchange, Endpoint endpoint) {
        return endpoint instanceof PostalEndpoint postal
                ? operation(exchange, postal) + " " + destination(exchange, postal)
                : super.getOperationName(exchange, endpoint);
    }

    @Override
    public void beforeTracingEvent(Span span, Exchange exchange, Endpoint endpoint) {
        span.setComponent("camel-postal");
        span.setTag(TagConstants.URL_SCHEME, "postal");
        span.setTag(TagConstants.EXCHANGE_ID, exchange.getExchangeId());
        span.setTag(SYSTEM, "postal");
        if (endpoint instanceof PostalEndpoint postal) {
            String operation = operation(exchange, postal);
            span.setTag(OPERATION_NAME, operation);
            span.setTag(TagConstants.MESSAGE_BUS_DESTINATION, destination(exchange, postal));
            if (postal.getOperation().isProducer()) {
                beforeCall(span, exchange, postal, operation);
            } else {
                beforeWork(span, exchange, postal);
            }
        }
    }

    private static void beforeCall(Span span, Exchange exchange, PostalEndpoint endpoint, String operation) {
        boolean sends = PostalOperation.byName(operation)
                .map(known -> known == PostalOperation.SEND || known == PostalOperation.SEND_RAW).orElse(false);
        if (sends) {
            span.setTag(OPERATION_TYPE, "send");
        } else {
            tag(span, TagConstants.MESSAGE_ID, exchange.getMessage().getHeader(PostalConstants.ID));
        }
        if (header(exchange, PostalConstants.SERVER).isEmpty()) {
            serverOf(endpoint.getServiceUrl()).ifPresent(server -> {
                span.setTag(TagConstants.SERVER_ADDRESS, server.getHostName());
                if (server.getPort() > 0) {
                    span.setTag(SERVER_PORT, Integer.toString(server.getPort()));
                }
            });
        }
        exchange.setProperty(CALL, new Call(sends && header(exchange, PostalConstants.IDEMPOTENCY_KEY).isPresent()));
    }

    private static void beforeWork(Span span, Exchange exchange, PostalEndpoint endpoint) {
        if (endpoint.getOperation() == PostalOperation.WEBHOOK) {
            span.setTag(OPERATION_TYPE, "process");
            tag(span, KIND, exchange.getMessage().getHeader(PostalConstants.KIND));
            tag(span, EVENT, exchange.getMessage().getHeader(PostalConstants.EVENT));
            tag(span, OUTCOME, exchange.getMessage().getHeader(PostalConstants.OUTCOME));
            tag(span, DIRECTION, exchange.getMessage().getHeader(PostalConstants.DIRECTION));
            tag(span, TagConstants.MESSAGE_ID, exchange.getMessage().getHeader(PostalConstants.ID));
        }
    }

    @Override
    public void afterTracingEvent(Span span, Exchange exchange) {
        Exception failure = exchange.getException();
        if (exchange.removeProperty(CALL) instanceof Call call) {
            span.setTag(OUTCOME, CallOutcome.of(failure).value());
            if (failure == null) {
                afterCall(span, exchange, call);
            }
        }
        if (exchange.isFailed()) {
            span.setError(true);
        }
        if (failure != null) {
            failed(span, failure);
        }
    }

    private static void afterCall(Span span, Exchange exchange, Call call) {
        if (call.withKey()) {
            tag(span, DUPLICATE, exchange.getMessage().getHeader(PostalConstants.DUPLICATE));
        }
        if (exchange.getMessage().getBody() instanceof SendResult result) {
            if (result.onlyRecipient() != null) {
                tag(span, TagConstants.MESSAGE_ID, result.onlyRecipient().id());
            } else {
                tag(span, MESSAGE_COUNT, result.recipients().size());
                tag(span, MESSAGE_IDS, result.recipients().values().stream().limit(MOST_IDS)
                        .map(copy -> Long.toString(copy.id())).collect(Collectors.joining(",")));
            }
        }
    }

    private static void failed(Span span, Exception failure) {
        span.setTag(ERROR_TYPE, failure.getClass().getName());
        Map<String, String> event = new HashMap<>();
        event.put("event", "error");
        event.put("error.kind", failure.getClass().getName());
        if (failure instanceof PostalException known) { // the others may repeat an address or a subject
            tag(span, CODE, known.rawCode());
            event.put("message", known.getMessage());
        }
        span.log(event);
    }

    private static String operation(Exchange exchange, PostalEndpoint endpoint) {
        return endpoint.getOperation().isProducer()
                ? header(exchange, PostalConstants.OPERATION).flatMap(PostalOperation::byName).orElse(endpoint.getOperation())
                        .toString()
                : endpoint.getOperation().toString();
    }

    /** The mail server's name, else its host, for a producer; the path for a consumer. */
    private static String destination(Exchange exchange, PostalEndpoint endpoint) {
        if (!endpoint.getOperation().isProducer()) {
            return endpoint.getPath();
        }
        return header(exchange, PostalConstants.SERVER).or(() -> Optional.ofNullable(endpoint.getServer()))
                .or(() -> serverOf(endpoint.getServiceUrl()).map(URIAuthority::getHostName)).orElse("postal");
    }

    private static Optional<URIAuthority> serverOf(@Nullable String url) {
        try {
            String authority = url == null ? null : new URI(url.strip()).getRawAuthority();
            return authority == null
                    ? Optional.empty()
                    : Optional.of(URIAuthority.create(authority.substring(authority.lastIndexOf('@') + 1)));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> header(Exchange exchange, String name) {
        return Optional.ofNullable(exchange.getMessage().getHeader(name)).map(Object::toString).filter(text -> !text.isBlank());
    }

    private static void tag(Span span, String name, @Nullable Object value) {
        if (value != null) {
            span.setTag(name, value.toString());
        }
    }

    /** @param withKey whether the send has an idempotency key, so that {@code CamelPostalDuplicate} is its own */
    private record Call(boolean withKey) {
    }
}
