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

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.github.camelpostal.api.PostalException;
import io.github.camelpostal.internal.client.CallCounters;
import io.github.camelpostal.internal.client.MailServer;
import io.github.camelpostal.internal.client.Refusal;
import io.github.camelpostal.internal.send.ExchangeText;
import io.github.camelpostal.internal.send.ServerConnection;
import io.github.camelpostal.payload.ReasonRules;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;

/**
 * Runs one of Postal's calls for each exchange: the endpoint's operation at the endpoint's mail server, or what the exchange
 * names instead.
 *
 * <p>
 * It holds the HTTP clients while it is started, and knows neither mail nor HTTP. A {@link PostalException} ends the exchange as
 * it is, so that {@code onException} can tell what to do.
 */
class PostalProducer extends DefaultProducer {

    private final MailServers servers;
    private final ProducerSettings settings;
    private final ReasonRules reasons;
    private final Map<String, ServerConnection> named = new ConcurrentHashMap<>();
    private @Nullable ServerConnection own;
    private @Nullable Runnable endOfHealthCheck;

    PostalProducer(PostalEndpoint endpoint) {
        super(endpoint);
        this.settings = ProducerSettings.of(endpoint.getOperation(), endpoint.getConfiguration(),
                endpoint.getComponent().autoReplyRepository(endpoint.getConfiguration()));
        this.reasons = endpoint.getComponent().reasonRules().forDeliveries(endpoint);
        this.servers = new MailServers(endpoint.getComponent());
        servers.of(endpoint); // what is missing is said before anything starts
    }

    @Override
    public void process(Exchange exchange) throws PostalException {
        // the headers are for this exchange and this producer only: a second one in the same route must not see them
        String operation = removed(exchange, PostalConstants.OPERATION);
        String server = removed(exchange, PostalConstants.SERVER);
        PostalOperation chosen = operation(operation);
        ServerConnection connection = connection(server);
        CallCounters calls = calls(connection.server(), chosen);
        try {
            run(chosen, connection, exchange);
            calls.ended(null);
        } catch (PostalException | RuntimeException e) {
            calls.ended(e);
            throw e;
        }
    }

    private @Nullable String removed(Exchange exchange, String header) throws PostalException {
        try {
            return ExchangeText.header(exchange.getMessage(), header);
        } catch (Refusal refusal) {
            throw refusal.by(getEndpoint().getOperation().toString());
        } finally {
            exchange.getMessage().removeHeader(header);
        }
    }

    private static void run(PostalOperation operation, ServerConnection connection, Exchange exchange) throws PostalException {
        switch (operation) {
            case SEND -> connection.sender().send(exchange);
            case SEND_RAW -> connection.sender().sendRaw(exchange);
            case READ -> connection.lookup().read(exchange);
            case DELIVERIES -> connection.lookup().deliveries(exchange);
            case WEBHOOK, UNSUBSCRIBE -> throw unknown(operation);
        }
    }

    @Override
    public PostalEndpoint getEndpoint() {
        return (PostalEndpoint) super.getEndpoint();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        servers.of(getEndpoint()).ifPresent(server -> {
            own = connect(server);
            calls(server, getEndpoint().getOperation()); // its meters are there before the first call
            endOfHealthCheck = getEndpoint().getComponent().healthChecks().watch(server, own.http(), own.client());
        });
        getEndpoint().getComponent().running().add(this);
    }

    @Override
    protected void doStop() throws Exception {
        getEndpoint().getComponent().running().remove(this);
        named.values().forEach(ServerConnection::close);
        named.clear();
        if (endOfHealthCheck != null) {
            endOfHealthCheck.run();
            endOfHealthCheck = null;
        }
        if (own != null) {
            own.close();
            own = null;
        }
        super.doStop();
    }

    private PostalOperation operation(@Nullable String header) {
        return header == null
                ? getEndpoint().getOperation()
                : PostalOperation.byName(header).orElseThrow(() -> unknown(header));
    }

    private ServerConnection connection(@Nullable String header) {
        if (header != null) {
            return named.computeIfAbsent(header, name -> connect(servers.named(name, getEndpoint())));
        }
        if (own == null) {
            throw new IllegalArgumentException("Nothing says which mail server to use: set the option server or the header "
                    + PostalConstants.SERVER + " to one of the names in camel.component.postal.servers, or set"
                    + " camel.component.postal.api-key for all that name none");
        }
        return own;
    }

    private ServerConnection connect(MailServer server) {
        PostalComponent component = getEndpoint().getComponent();
        return new ServerConnection(component.httpClients(), server, settings.sending(), settings.expansions(), reasons,
                settings.ledger().map(ledger -> component.sendLedgers().forSending(ledger, server)).orElse(null));
    }

    /** Empty while it does not run, and when only headers choose the mail server. */
    Optional<MailServer> mailServer() {
        ServerConnection connection = own;
        return connection == null ? Optional.empty() : Optional.of(connection.server());
    }

    private CallCounters calls(MailServer server, PostalOperation operation) {
        return getEndpoint().getComponent().callStatistics().of(server.label(), operation.toString());
    }

    private static IllegalArgumentException unknown(Object operation) {
        return new IllegalArgumentException("The header " + PostalConstants.OPERATION + " names the operation '" + operation
                + "'; a producer can run " + PostalOperation.producerNames());
    }
}
