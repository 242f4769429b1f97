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
package io.github.camelpostal.internal.webhook;

import io.github.camelpostal.BodyFormat;
import io.github.camelpostal.PostalRejectMailException;
import io.github.camelpostal.payload.InboundMail;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Route;
import org.apache.camel.spi.InflightRepository;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the route with an exchange and a unit of work of its own, and says how it ended.
 *
 * <p>What the route leaves in the message is not looked at: a status code there may come from some backend.
 */
final class RouteInvoker {

    private static final Logger LOG = LoggerFactory.getLogger(RouteInvoker.class);

    private final DefaultConsumer consumer;
    private final boolean bridged;
    private final ExchangeFiller filler;
    private final WebhookExecutor executor;
    private final WebhookExtensions extensions;

    /**
     * @param bridged whether the route's error handler deals with all failures
     */
    RouteInvoker(DefaultConsumer consumer, BodyFormat bodyFormat, boolean bridged, WebhookExecutor executor,
            WebhookExtensions extensions) {
        this.consumer = consumer;
        this.bridged = bridged;
        this.filler = new ExchangeFiller(bodyFormat);
        this.executor = executor;
        this.extensions = extensions;
    }

    /**
     * @return          how it ended, once the unit of work is done
     * @throws EarlyResponse if there is no place in the route for it
     */
    WebhookResponse invoke(ReceivedRequest request, DecodedRequest decoded) throws EarlyResponse {
        try (WebhookExecutor.Place place = executor.take()) {
            Exchange exchange = consumer.createExchange(false);
            try {
                return invoke(request, decoded, exchange);
            } finally {
                consumer.releaseExchange(exchange, false);
            }
        }
    }

    private WebhookResponse invoke(ReceivedRequest request, DecodedRequest decoded, Exchange exchange) {
        try {
            consumer.createUoW(exchange);
            request.buffers().holdFor(exchange);
            if (decoded instanceof DecodedRequest.Payload known) {
                filler.fill(exchange, known.payload(), request);
                extensions.contribute(known.payload(), exchange.getMessage().getHeaders());
            } else if (decoded instanceof DecodedRequest.Undecodable undecodable) {
                filler.fillRaw(exchange, undecodable, request);
                handOverToErrorHandler(exchange, undecodable.reason());
            }
            consumer.getProcessor().process(exchange);
        } catch (Throwable e) { // an Error too: the exchange has failed, and its files must go
            exchange.setException(e);
            leaveRoutes(exchange);
        }
        try {
            WebhookResponse response = outcome(exchange, decoded);
            if (response == WebhookResponse.FAILED) {
                reportFailure(exchange);
            }
            return response;
        } finally {
            consumer.doneUoW(exchange); // whatever the user's exception handler throws: the files hang on it
        }
    }

    /** What an Error has flown past, Camel still counts as working on the exchange, and a stop of the route would wait for it. */
    private static void leaveRoutes(Exchange exchange) {
        UnitOfWork work = exchange.getUnitOfWork();
        if (work == null) {
            return;
        }
        InflightRepository inFlight = exchange.getContext().getInflightRepository();
        for (Route left = work.popRoute(); left != null; left = work.popRoute()) {
            inFlight.remove(exchange, left.getRouteId());
        }
    }

    private static WebhookResponse outcome(Exchange exchange, DecodedRequest decoded) {
        Exception exception = exchange.getException();
        if (exception == null) {
            return exchange.isRollbackOnly() || exchange.isRollbackOnlyLast()
                    ? WebhookResponse.FAILED
                    : WebhookResponse.COMPLETED;
        }
        if (exception instanceof EarlyResponse early) {
            return early.response();
        }
        if (ObjectHelper.getException(PostalRejectMailException.class, exception) == null) {
            return WebhookResponse.FAILED;
        }
        LOG.info("The route rejected {}", decoded.dedupKey());
        return isMail(decoded) ? WebhookResponse.MAIL_REJECTED : WebhookResponse.EVENT_REJECTED;
    }

    private static boolean isMail(DecodedRequest decoded) {
        return decoded instanceof DecodedRequest.Payload known && known.payload() instanceof InboundMail;
    }

    /** As Camel's own bridge does it, but with the body that came instead of an error text. */
    private static void handOverToErrorHandler(Exchange exchange, Exception reason) {
        exchange.setException(reason);
        exchange.setProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, reason);
        exchange.setProperty(ExchangePropertyKey.ERRORHANDLER_BRIDGE, true);
        exchange.getExchangeExtension().setRedeliveryExhausted(true); // a second attempt would find the same
    }

    private void reportFailure(Exchange exchange) {
        if (exchange.getException() == null || bridged) { // the route's error handler has had it
            return;
        }
        consumer.getExceptionHandler().handleException("The route failed; Postal will try again", exchange,
                exchange.getException());
    }
}
