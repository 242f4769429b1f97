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

import java.util.List;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.PostalAccessException;
import io.github.camelpostal.api.PostalRejectedException;
import io.github.camelpostal.api.PostalUnavailableException;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.throttling.ThrottlingExceptionRoutePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes no message from the queue while Postal cannot take mails, and asks Postal now and then whether it can.
 *
 * <p>Camel's own circuit breaker for consumers, with two things added: the question, which sends nothing, and that it opens also
 * for a message whose response was lost, so that a restart of Postal does not make the whole queue uncertain.
 */
final class PauseWhilePostalIsAway extends ThrottlingExceptionRoutePolicy {

    /** Exchange property: Postal is away though this exchange did not fail. */
    static final String PAUSE = "pauseWhilePostalIsAway";

    private static final Logger LOG = LoggerFactory.getLogger(PauseWhilePostalIsAway.class);
    private static final long WINDOW_MILLIS = 60_000;

    private final CamelContext context;

    PauseWhilePostalIsAway(CamelContext context) {
        super(1, WINDOW_MILLIS, CamelContextHelper.parseDuration(context, "{{jms-to-mail.pause}}").toMillis(),
                List.of(PostalUnavailableException.class, PostalAccessException.class));
        this.context = context;
        setHalfOpenHandler(this::postalResponds);
    }

    /** The transaction is over without a commit: the message stays where it is. */
    static void rollBack(Exchange exchange) {
        Exception failure = MailQueueRoutes.failure(exchange);
        if (failure instanceof PostalAccessException) {
            LOG.error("Paused until somebody acts. No mail passes, none is lost: {}", failure.getMessage());
        } else {
            LOG.warn("Paused until Postal responds. Nothing is lost: {}", failure.getMessage());
        }
        exchange.setException(failure);
    }

    /**
     * While the circuit is open, what was on its way changes nothing: opened twice, it would get a second timer, which the first
     * one cancels though its own time has not come, and nobody would ask Postal again.
     */
    @Override
    public synchronized void onExchangeDone(Route route, Exchange exchange) {
        if (isOpen()) {
            return;
        }
        if (exchange.getProperty(PAUSE, false, boolean.class)) {
            openCircuit(route);
        } else {
            super.onExchangeDone(route, exchange);
        }
    }

    private boolean isOpen() {
        return getStateAsString().equals("opened");
    }

    /** Asks for a message that no mail server has: Postal checks the key, misses the message, and nothing else happens. */
    private boolean postalResponds() {
        Exception response = context.createFluentProducerTemplate()
                .withHeader(PostalConstants.ID, 0L).to("postal:read").request(Exchange.class).getException();
        boolean responds = response == null || response instanceof PostalRejectedException;
        LOG.debug("Postal {}", responds ? "responds: going on" : "does not respond yet");
        return responds;
    }
}
