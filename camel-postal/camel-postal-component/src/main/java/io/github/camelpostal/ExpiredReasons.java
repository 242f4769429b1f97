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

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.github.camelpostal.api.Delivery;
import io.github.camelpostal.api.PostalClient;
import io.github.camelpostal.api.PostalException;
import io.github.camelpostal.internal.client.MailServer;
import io.github.camelpostal.internal.client.PostalHttpClients;
import io.github.camelpostal.internal.reason.ReasonClassifier;
import io.github.camelpostal.internal.webhook.ReasonLookup;
import io.github.camelpostal.payload.DeliveryEvent;
import io.github.camelpostal.payload.FailureReason;
import io.github.camelpostal.payload.FailureReason.Category;
import io.github.camelpostal.payload.FailureReason.Side;
import io.github.camelpostal.payload.MessageInfo;
import io.github.camelpostal.payload.Outcome;
import io.github.camelpostal.payload.PostalPayload;
import org.apache.camel.support.LRUCacheFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the API why the attempts failed of a mail that Postal has given up: the last event only says that there were too many.
 * One call at a time leaves Postal its web threads (protocol 2.1), and the route waits a moment and then goes on without:
 * to know better is not worth an event.
 */
final class ExpiredReasons implements ReasonLookup, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ExpiredReasons.class);
    private static final CompletionStage<?> READY = CompletableFuture.completedFuture(null);
    private static final int MOST_WAITING = 200;
    private static final int MOST_REMEMBERED = 10_000;

    private final PostalEndpoint endpoint;
    private final Duration longestWait;
    private final ReasonClassifier classifier;
    /** By the token of the message, because an event comes again. */
    private final Map<String, FailureReason> known = LRUCacheFactory.newLRUCache(MOST_REMEMBERED);
    private @Nullable Connection connection;
    private boolean closed;

    /** What is needed once the first mail has expired. */
    private record Connection(PostalHttpClients.Lease http, PostalClient client, ExecutorService thread) {
    }

    /**
     * @param processingTimeout when the response of an event is due; at most half of it is spent here
     * @param classifier        the one that gave the events their reasons
     */
    ExpiredReasons(PostalEndpoint endpoint, Duration processingTimeout, ReasonClassifier classifier) {
        this.endpoint = endpoint;
        this.classifier = classifier;
        this.longestWait = processingTimeout.dividedBy(2);
    }

    @Override
    public CompletionStage<?> prepare(PostalPayload payload) {
        if (!(payload instanceof DeliveryEvent event) || event.outcome() != Outcome.FAILED || !isExpired(event.reason())
                || known.containsKey(event.message().token())) {
            return READY;
        }
        CompletableFuture<?> asked = new CompletableFuture<>();
        try {
            Optional<Connection> open = connection();
            if (open.isEmpty()) {
                return READY;
            }
            open.get().thread().execute(() -> {
                try {
                    read(event.message(), open.get().client());
                } finally {
                    asked.complete(null);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("{} stays without its last reply, because too many are asked for", event);
            return READY;
        } catch (RuntimeException e) {
            LOG.warn("{} stays without its last reply: {}", event, e.getMessage());
            return READY;
        }
        return asked.completeOnTimeout(null, longestWait.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Optional<FailureReason> of(DeliveryEvent event) {
        Optional<FailureReason> reason = event.reason();
        FailureReason found = event.outcome() == Outcome.FAILED && isExpired(reason)
                ? known.get(event.message().token())
                : null;
        return found != null ? Optional.of(found) : reason;
    }

    private static boolean isExpired(Optional<FailureReason> reason) {
        return reason.filter(known -> known.category() == Category.EXPIRED).isPresent();
    }

    private void read(MessageInfo message, PostalClient client) {
        try {
            // ids are counted per mail server: another server's message may have this one
            if (client.message(message.id(), Set.of()).token().equals(message.token())) {
                lastReal(client.deliveries(message.id())).ifPresent(reason -> known.put(message.token(), reason));
            }
        } catch (PostalException | RuntimeException e) {
            LOG.debug("The attempts of message {} cannot be read", message.id(), e);
        }
    }

    private Optional<FailureReason> lastReal(List<Delivery> oldestFirst) {
        return oldestFirst.stream().flatMap(delivery -> delivery.reason().stream())
                .filter(reason -> reason.category() != Category.EXPIRED && reason.category() != Category.UNKNOWN
                        && reason.side() != Side.POSTAL)
                .reduce((earlier, later) -> later);
    }

    /** Empty where no key of the endpoint's server is known. */
    private synchronized Optional<Connection> connection() {
        if (connection == null && !closed) {
            connection = server().map(this::connect).orElse(null);
        }
        return Optional.ofNullable(connection);
    }

    private Optional<MailServer> server() {
        try {
            return new MailServers(endpoint.getComponent()).of(endpoint);
        } catch (IllegalArgumentException e) {
            LOG.debug("Nobody can be asked for the attempts of a mail: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private Connection connect(MailServer server) {
        PostalHttpClients.Lease http = endpoint.getComponent().httpClients()
                .acquire(server.connection().withinMillis(endpoint.getConfiguration().getProcessingTimeout()));
        return new Connection(http, new PostalClient(http.client(), server.access(), classifier),
                BoundedThreadPool.open(endpoint.getCamelContext(), this, "PostalExpired", 1, MOST_WAITING));
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (connection != null) {
            endpoint.getCamelContext().getExecutorServiceManager().shutdownNow(connection.thread());
            connection.http().close();
            connection = null;
        }
    }
}
