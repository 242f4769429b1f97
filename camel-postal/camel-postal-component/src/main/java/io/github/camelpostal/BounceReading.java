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

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;

import io.github.camelpostal.api.Expansion;
import io.github.camelpostal.api.PostalClient;
import io.github.camelpostal.api.PostalException;
import io.github.camelpostal.api.StoredMessage;
import io.github.camelpostal.internal.client.MailServer;
import io.github.camelpostal.internal.client.PostalHttpClients;
import io.github.camelpostal.payload.BounceEvent;
import io.github.camelpostal.payload.Content;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads bounces from Postal, which sends their event without them, on a thread of its own: an event has to be responded to
 * within seconds. A bounce that cannot be read suppresses nobody.
 */
final class BounceReading implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BounceReading.class);
    private static final int LARGEST_BOUNCE = 8 * 1024 * 1024;
    private static final int MOST_WAITING = 1000;

    private final PostalHttpClients.Lease http;
    private final PostalClient client;
    private final PostalEndpoint endpoint;
    private final ExecutorService thread;

    private BounceReading(PostalEndpoint endpoint, MailServer server) {
        this.endpoint = endpoint;
        this.http = endpoint.getComponent().httpClients().acquire(server.connection());
        this.client = new PostalClient(http.client(), server.access());
        this.thread = BoundedThreadPool.open(endpoint.getCamelContext(), this, "PostalBounces", 1, MOST_WAITING);
    }

    /** Empty where no key of the endpoint's server is known: then no bounce is read. */
    static Optional<BounceReading> open(PostalEndpoint endpoint) {
        try {
            return new MailServers(endpoint.getComponent()).of(endpoint).map(server -> new BounceReading(endpoint, server));
        } catch (IllegalArgumentException e) {
            LOG.info("Bounces that come back as mail put nobody on the suppression list of {}: to read them takes serverUrl and"
                    + " the component's apiKey, or server", endpoint.getPath());
            return Optional.empty();
        }
    }

    void read(BounceEvent event, BiConsumer<BounceEvent, byte[]> reader) {
        try {
            thread.execute(() -> bytes(event).ifPresent(mail -> reader.accept(event, mail)));
        } catch (RejectedExecutionException e) {
            LOG.warn("The bounce in {} is not read, because too many are waiting", event);
        }
    }

    private Optional<byte[]> bytes(BounceEvent event) {
        try {
            StoredMessage bounce = client.message(event.bounce().id(), Set.of(Expansion.RAW_MESSAGE));
            Content raw = bounce.rawMessage();
            // ids are counted per mail server: another server's message may have this one
            if (raw == null || !bounce.token().equals(event.bounce().token())) {
                LOG.info("The bounce in {} is not at {}, or no longer", event, endpoint.getServiceUrl());
                return Optional.empty();
            }
            try (InputStream in = raw.open()) {
                return Optional.of(in.readNBytes(LARGEST_BOUNCE));
            }
        } catch (PostalException | IOException | RuntimeException e) {
            LOG.warn("The bounce in {} cannot be read: {}", event, e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        endpoint.getCamelContext().getExecutorServiceManager().shutdownNow(thread);
        http.close();
    }
}
