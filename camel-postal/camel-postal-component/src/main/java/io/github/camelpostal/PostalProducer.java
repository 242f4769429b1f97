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
package io.github.camelpostal;

import io.github.camelpostal.api.PostalClient;
import io.github.camelpostal.api.PostalException;
import io.github.camelpostal.sending.MailSender;
import io.github.camelpostal.sending.StoredMail;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/**
 * Runs one of Postal's calls for each exchange: the endpoint's operation, or the one that the exchange names.
 *
 * <p>
 * It holds the HTTP client while it is started, and knows neither mail nor HTTP. A {@link PostalException} ends the exchange as it
 * is, so that {@code onException} can tell what to do.
 */
class PostalProducer extends DefaultProducer {

    private final ProducerSettings settings;
    private PostalHttpClients.Lease http;
    private MailSender sender;
    private StoredMail storedMail;

    PostalProducer(PostalEndpoint endpoint, ProducerSettings settings) {
        super(endpoint);
        this.settings = settings;
    }

    @Override
    public void process(Exchange exchange) throws PostalException {
        switch (operation(exchange)) {
            case SEND -> sender.send(exchange);
            case SEND_RAW -> sender.sendRaw(exchange);
            case READ -> storedMail.read(exchange);
            case DELIVERIES -> storedMail.deliveries(exchange);
            case WEBHOOK -> throw unknown("webhook");
        }
    }

    @Override
    public PostalEndpoint getEndpoint() {
        return (PostalEndpoint) super.getEndpoint();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        http = getEndpoint().getComponent().httpClients().acquire(getEndpoint().getConfiguration());
        PostalClient client = new PostalClient(http.client(), settings.server());
        sender = new MailSender(client, settings.defaults());
        storedMail = new StoredMail(client, settings.expansions());
    }

    @Override
    protected void doStop() throws Exception {
        if (http != null) {
            http.close();
            http = null;
        }
        super.doStop();
    }

    /** The header is for this exchange and this producer only: a second one in the same route must not see it. */
    private PostalOperation operation(Exchange exchange) {
        Object header = exchange.getMessage().removeHeader(PostalConstants.OPERATION);
        return header == null
                ? getEndpoint().getOperation()
                : PostalOperation.byName(header.toString()).orElseThrow(() -> unknown(header));
    }

    private static IllegalArgumentException unknown(Object operation) {
        return new IllegalArgumentException("The header " + PostalConstants.OPERATION + " names the operation '" + operation
                + "'; a producer can run " + PostalOperation.producerNames());
    }
}
