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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

import io.github.camelpostal.api.Expansion;
import io.github.camelpostal.api.PostalClient;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalException;
import io.github.camelpostal.api.PostalRejectedException;
import io.github.camelpostal.api.PostalUnavailableException;
import io.github.camelpostal.api.StoredMessage;
import io.github.camelpostal.internal.client.MailServer;
import io.github.camelpostal.internal.client.PostalHttpClients;
import io.github.camelpostal.internal.webhook.MessageRegister;
import org.apache.camel.support.LRUCacheFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the API of a consumer's mail server for its messages, and remembers them: a message has several events, and Postal
 * sends a mail up to 18 times (protocol 4.7).
 *
 * <p>Postal has five web threads (protocol 2.1). Two calls at a time leave it the others, whatever somebody sends us; and when
 * it could not be asked, it gets a pause.
 */
final class TenantMessages implements MessageRegister, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TenantMessages.class);
    private static final int MOST_REMEMBERED = 10_000;
    private static final int CALLS_AT_ONCE = 2;
    private static final int MOST_WAITING = 200;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final PostalEndpoint endpoint;
    private final PostalHttpClients.Lease http;
    private final PostalClient client;
    private final ExecutorService threads;
    private final Map<Long, Entry> known = LRUCacheFactory.newLRUCache(MOST_REMEMBERED);
    private final Map<Long, CompletableFuture<Optional<Entry>>> asked = new ConcurrentHashMap<>();
    private volatile Pause pause = new Pause(System.nanoTime(), null);

    /** The time until which nobody is asked, and why. */
    private record Pause(long end, @Nullable PostalException reason) {
    }

    private TenantMessages(PostalEndpoint endpoint, MailServer server) {
        this.endpoint = endpoint;
        // nobody waits longer than Postal, and the producers' connections stay theirs
        this.http = endpoint.getComponent().httpClients()
                .acquire(server.connection().withinMillis(endpoint.getConfiguration().getProcessingTimeout()));
        this.client = new PostalClient(http.client(), server.access());
        this.threads = BoundedThreadPool.open(endpoint.getCamelContext(), this, "PostalTenant", CALLS_AT_ONCE, MOST_WAITING);
    }

    static TenantMessages open(PostalEndpoint endpoint) {
        return new TenantMessages(endpoint, server(endpoint));
    }

    /** @throws IllegalArgumentException if the options do not say which mail server it is, and what its key */
    static MailServer server(PostalEndpoint endpoint) {
        String missing = "verifyTenant asks the API of the consumer's mail server and needs serverUrl and the apiKey of that"
                + " server. Set camel.component.postal.api-key, or name one of the component's servers,"
                + " postal:webhook?server=billing&verifyTenant=messages";
        try {
            return new MailServers(endpoint.getComponent()).of(endpoint)
                    .orElseThrow(() -> new IllegalArgumentException(missing));
        } catch (IllegalArgumentException e) {
            throw missing.equals(e.getMessage()) ? e : new IllegalArgumentException(missing + " (" + e.getMessage() + ")", e);
        }
    }

    @Override
    public CompletionStage<Optional<Entry>> find(long id) {
        Entry entry = known.get(id);
        if (entry != null) {
            return CompletableFuture.completedFuture(Optional.of(entry));
        }
        Pause current = pause;
        PostalException reason = current.reason();
        if (reason != null && System.nanoTime() - current.end() < 0) {
            return CompletableFuture.failedFuture(reason);
        }
        CompletableFuture<Optional<Entry>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<Entry>> others = asked.putIfAbsent(id, mine);
        if (others != null) {
            return others;
        }
        mine.whenComplete((found, failure) -> asked.remove(id));
        try {
            threads.execute(() -> ask(id, mine));
        } catch (RejectedExecutionException e) {
            mine.completeExceptionally(e); // more waits than can be asked about in time
        }
        return mine;
    }

    private void ask(long id, CompletableFuture<Optional<Entry>> result) {
        try {
            result.complete(read(id));
        } catch (PostalException e) {
            LOG.debug("{} cannot ask about message {}", endpoint.getPath(), id, e);
            pause = new Pause(System.nanoTime() + PAUSE.toNanos(), e);
            result.completeExceptionally(e);
        } catch (Throwable e) { // an Error too: somebody waits
            result.completeExceptionally(e);
        }
    }

    /** Only what is there is remembered: the next message of ours may get an id that is not there yet. */
    private Optional<Entry> read(long id) throws PostalException {
        try {
            StoredMessage message = client.message(id, Set.of(Expansion.DETAILS));
            StoredMessage.Details details = message.details();
            if (details == null) {
                throw new PostalUnavailableException("read", null, 200, "Postal sent a message without its details", null);
            }
            Entry entry = new Entry(message.token(), details.rcptTo(), details.mailFrom());
            known.put(id, entry);
            return Optional.of(entry);
        } catch (PostalRejectedException e) {
            if (e.code() == PostalErrorCode.MESSAGE_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void close() {
        endpoint.getCamelContext().getExecutorServiceManager().shutdownNow(threads);
        asked.values().forEach(waiting -> waiting.completeExceptionally(new RejectedExecutionException("stopping")));
        http.close();
    }
}
