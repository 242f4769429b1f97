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
import io.github.camelpostal.payload.Posted;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a delivery through the route in an exchange of its own, with its own unit of work, and judges how it ended.
 *
 * <p>What the route leaves in the message is not looked at: a status code there may come from some backend.
 */
final class RouteRun {

    private static final Logger LOG = LoggerFactory.getLogger(RouteRun.class);

    private final DefaultConsumer consumer;
    private final boolean bridged;
    private final ExchangeFiller filler;
    private final WorkPool pool;

    /**
     * @param bridged whether all failures are the business of the route's error handler
     */
    RouteRun(DefaultConsumer consumer, BodyFormat bodyFormat, boolean bridged, WorkPool pool) {
        this.consumer = consumer;
        this.bridged = bridged;
        this.filler = new ExchangeFiller(bodyFormat);
        this.pool = pool;
    }

    /**
     * @return          how it ended, once the unit of work is done
     * @throws Answered if there is no place in the route for it
     */
    Answer run(Delivery delivery, Understood understood) throws Answered {
        try (WorkPool.Place place = pool.take()) {
            Exchange exchange = consumer.createExchange(false);
            try {
                return run(delivery, understood, exchange);
            } finally {
                consumer.releaseExchange(exchange, false);
            }
        }
    }

    private Answer run(Delivery delivery, Understood understood, Exchange exchange) {
        try {
            consumer.createUoW(exchange);
            // wherever the exchange is handed to, its files stay until it is done there
            exchange.getExchangeExtension().addOnCompletion(new LetGo(delivery.store().hold()));
            if (understood instanceof Understood.AsPosted known) {
                filler.fill(exchange, known.posted(), delivery);
            } else if (understood instanceof Understood.Not not) {
                filler.fillRaw(exchange, not, delivery);
                handOverToErrorHandler(exchange, not.reason());
            }
            consumer.getProcessor().process(exchange);
        } catch (Exception | LinkageError | StackOverflowError e) { // what Camel's own processors turn into a failure too
            exchange.setException(e);
        }
        try {
            Answer answer = judge(exchange, understood);
            if (answer == Answer.FAILED) {
                tellExceptionHandler(exchange);
            }
            return answer;
        } finally {
            consumer.doneUoW(exchange); // whatever the user's exception handler throws: the files hang on it
        }
    }

    private static Answer judge(Exchange exchange, Understood understood) {
        Exception exception = exchange.getException();
        if (exception == null) {
            return exchange.isRollbackOnly() || exchange.isRollbackOnlyLast() ? Answer.FAILED : Answer.COMPLETED;
        }
        if (ObjectHelper.getException(PostalRejectMailException.class, exception) == null) {
            return Answer.FAILED;
        }
        LOG.info("The route rejected {}", understood.dedupKey());
        return isMail(understood) ? Answer.MAIL_REJECTED : Answer.EVENT_REJECTED;
    }

    private static boolean isMail(Understood understood) {
        return understood instanceof Understood.AsPosted known && isMail(known.posted());
    }

    private static boolean isMail(Posted posted) {
        return posted instanceof InboundMail;
    }

    /** As Camel's own bridge does it, but with the body that came instead of an error text. */
    private static void handOverToErrorHandler(Exchange exchange, Exception reason) {
        exchange.setException(reason);
        exchange.setProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, reason);
        exchange.setProperty(ExchangePropertyKey.ERRORHANDLER_BRIDGE, true);
        exchange.getExchangeExtension().setRedeliveryExhausted(true); // there is nothing to be tried again
    }

    private void tellExceptionHandler(Exchange exchange) {
        if (exchange.getException() == null || bridged) { // the route's error handler has had it
            return;
        }
        consumer.getExceptionHandler().handleException("The route failed; Postal is told to try again later", exchange,
                exchange.getException());
    }

    private static final class LetGo extends SynchronizationAdapter {

        private final DeliveryStore store;

        LetGo(DeliveryStore store) {
            this.store = store;
        }

        @Override
        public void onDone(Exchange exchange) {
            store.letGo();
        }
    }
}
