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

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import io.github.camelpostal.internal.meters.MeterRegistries;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One mounted path: handles every request to it, and keeps what must outlive a restart of the route. */
public final class WebhookMount implements WebhookHandler {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookMount.class);
    private static final int DEFAULT_REPOSITORY_SIZE = 100_000;

    private final String path;
    private final String methods;
    private final WebhookServer server;
    private final WebhookMounts mounts;
    private final RateLimitedLog log;
    private final InFlightRegistry inFlight = new InFlightRegistry();
    private final WebhookCounters counters = new WebhookCounters(Clock.systemUTC());
    private boolean isOpen;
    private Optional<Runnable> hideMeters = Optional.empty();
    private @Nullable IdempotentRepository defaultRepository;
    private @Nullable Object owner;
    private volatile @Nullable WebhookHandler receiver;

    WebhookMount(String path, String methods, WebhookServer server, WebhookMounts mounts) {
        this.path = path;
        this.methods = methods;
        this.server = server;
        this.mounts = mounts;
        log = new RateLimitedLog(path, Clock.systemUTC());
    }

    public String path() {
        return path;
    }

    public InFlightRegistry inFlight() {
        return inFlight;
    }

    public WebhookCounters counters() {
        return counters;
    }

    /** Mounts the path, unless it is mounted, and registers its meters where the application has a registry. */
    public synchronized void open(CamelContext context) throws Exception {
        if (hideMeters.isEmpty() && MeterRegistries.areThere(context)) {
            hideMeters = WebhookMeters.show(context, path, counters, inFlight);
        }
        if (isOpen) {
            return;
        }
        server.mount(path, this);
        isOpen = true;
        LOG.debug("Mounted {}. Until its route runs, the response is 503", path);
    }

    /**
     * @throws IllegalArgumentException if the server rejects smaller bodies already; the text names the property to set
     */
    public void requireBodySize(long maxBodySize) {
        server.requireBodySize(maxBodySize);
    }

    /** @throws IllegalStateException if the server does not listen */
    public void requireListening() {
        server.requireListening();
    }

    void claim(Object newOwner) {
        if (owner != null && owner != newOwner) {
            throw new IllegalArgumentException("Two consumers with path=" + path + ", but one path belongs to one consumer."
                    + " Give each its own, for example path=" + (path.equals("/") ? "" : path) + "/billing");
        }
        owner = newOwner;
    }

    void release(Object oldOwner) {
        if (owner == oldOwner) {
            owner = null;
        }
    }

    /** From now on requests are received. */
    public void attach(WebhookHandler newReceiver) {
        receiver = newReceiver;
    }

    /** From now on the response is 503: Postal, and a mail client whose user leaves, try again. */
    public void detach() {
        receiver = null;
    }

    /** What is used where no repository is configured. */
    public synchronized IdempotentRepository defaultRepository() {
        if (defaultRepository == null) {
            LOG.info("{} keeps the keys of its last {} completed requests in memory: after a restart, or on a second node,"
                    + " Postal's duplicates run the route again. A shared idempotentRepository avoids that", path,
                    DEFAULT_REPOSITORY_SIZE);
            defaultRepository = MemoryIdempotentRepository.memoryIdempotentRepository(DEFAULT_REPOSITORY_SIZE);
        }
        return defaultRepository;
    }

    synchronized void forget() {
        detach();
        hideMeters.ifPresent(Runnable::run);
        hideMeters = Optional.empty();
        ServiceHelper.stopService(defaultRepository);
    }

    @Override
    public String methods() {
        return methods;
    }

    /** A server may hand over what is meant for a path below this one, which another mount may have. */
    @Override
    public CompletionStage<? extends HttpResponse> handle(WebhookRequest request) {
        Optional<WebhookMount> meant = mounts.at(request.path());
        if (meant.isPresent()) {
            return meant.get().receive(request);
        }
        if (request.isFromPostal()) {
            log.refused(WebhookResponse.WRONG_PATH, "it is for a path below, where nobody listens. Compare the URLs of Postal's"
                    + " webhooks and HTTP endpoints with the paths of postal:webhook");
        }
        return request.refuse(WebhookResponse.WRONG_PATH).thenApply(counters::count);
    }

    private CompletionStage<? extends HttpResponse> receive(WebhookRequest request) {
        WebhookHandler current = receiver;
        return current != null
                ? current.handle(request)
                : request.refuse(WebhookResponse.NOT_OPEN).thenApply(counters::count);
    }
}
