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

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

import io.github.camelpostal.internal.webhook.Answer;
import io.github.camelpostal.internal.webhook.Counters;
import io.github.camelpostal.internal.webhook.FrontDoor;
import io.github.camelpostal.internal.webhook.HttpRequest;
import io.github.camelpostal.internal.webhook.InFlight;
import io.github.camelpostal.internal.webhook.Receiver;
import io.github.camelpostal.internal.webhook.Reply;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One mounted path: takes every request, whatever its method, and keeps what must outlive a restart of the route.
 */
final class Mount implements FrontDoor.Receptionist {

    private static final Logger LOG = LoggerFactory.getLogger(Mount.class);
    private static final String METER_REGISTRY = "io.micrometer.core.instrument.MeterRegistry";
    private static final int DEFAULT_REPOSITORY_SIZE = 100_000;

    private final String path;
    private final FrontDoor server;
    private final Mounts mounts;
    private final InFlight inFlight = new InFlight();
    private final Counters counters = new Counters(Clock.systemUTC());
    private boolean isOpen;
    private Optional<Runnable> hideMeters = Optional.empty();
    private IdempotentRepository defaultRepository;
    private PostalEndpoint owner;
    private volatile Receiver receiver;

    Mount(String path, FrontDoor server, Mounts mounts) {
        this.path = path;
        this.server = server;
        this.mounts = mounts;
    }

    String path() {
        return path;
    }

    InFlight inFlight() {
        return inFlight;
    }

    Counters counters() {
        return counters;
    }

    /** Mounts the path, unless it is mounted, and shows its counters where the application has a place for them. */
    synchronized void open(CamelContext context) throws Exception {
        if (hideMeters.isEmpty() && context.getClassResolver().resolveClass(METER_REGISTRY) != null) {
            hideMeters = WebhookMeters.show(context, path, counters, inFlight);
        }
        if (isOpen) {
            return;
        }
        server.mount(path, this);
        isOpen = true;
        LOG.debug("Mounted {}: until its route runs, Postal is told to try again later", path);
    }

    void claim(PostalEndpoint endpoint) {
        if (owner != null && owner != endpoint) {
            throw new IllegalArgumentException("Two consumers with path=" + path + ", but one path belongs to one consumer."
                    + " Give each its own, for example path=" + (path.equals("/") ? "" : path) + "/billing");
        }
        owner = endpoint;
    }

    void release(PostalEndpoint endpoint) {
        if (owner == endpoint) {
            owner = null;
        }
    }

    /** From now on requests are received. */
    void attach(Receiver newReceiver) {
        receiver = newReceiver;
    }

    /** From now on Postal is told to try again later. */
    void detach() {
        receiver = null;
    }

    /** What is used where no repository is configured. */
    synchronized IdempotentRepository defaultRepository() {
        if (defaultRepository == null) {
            LOG.info("{} remembers its last {} completed deliveries in memory: after a restart, or on a second node, Postal's"
                    + " repeats run the route again. A shared idempotentRepository avoids that", path, DEFAULT_REPOSITORY_SIZE);
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
    public Answer at(HttpRequest request) {
        Receiver current = receiver;
        return current != null ? current.receive(request) : Receiver.refuse(request, Answer.NOT_OPEN, counters);
    }

    @Override
    public Optional<Duration> patience(long bodyLength) {
        Receiver current = receiver;
        return current != null ? current.patience(bodyLength) : Receiver.patienceToRefuse(bodyLength);
    }

    @Override
    public Answer incomplete() {
        return counters.count(Answer.INCOMPLETE);
    }

    @Override
    public Reply at(HttpRequest request, byte[] body) {
        Receiver current = receiver;
        return current != null ? current.receive(request, body) : Receiver.refuse(Answer.NOT_OPEN, counters);
    }

    @Override
    public Answer below(String requestPath, HttpRequest request) {
        Optional<Mount> meant = mounts.meantBy(requestPath, this);
        if (meant.isPresent()) {
            return meant.get().at(request);
        }
        LOG.debug("A request to a path below {}", path);
        return Receiver.refuse(request, Answer.WRONG_PATH, counters);
    }
}
