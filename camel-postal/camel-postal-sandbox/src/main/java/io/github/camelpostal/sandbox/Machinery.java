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
package io.github.camelpostal.sandbox;

import java.io.IOException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.github.camelpostal.sandbox.api.ApiServer;
import io.github.camelpostal.sandbox.api.Calls;
import io.github.camelpostal.sandbox.delivery.Agenda;
import io.github.camelpostal.sandbox.delivery.Events;
import io.github.camelpostal.sandbox.delivery.MailQueue;
import io.github.camelpostal.sandbox.delivery.RealTimeAgenda;
import io.github.camelpostal.sandbox.outbound.KeyRing;
import io.github.camelpostal.sandbox.outbound.PostLog;
import io.github.camelpostal.sandbox.outbound.Poster;
import io.github.camelpostal.sandbox.outbound.SigningKey;
import io.github.camelpostal.sandbox.store.Changes;
import io.github.camelpostal.sandbox.store.MailServer;
import io.github.camelpostal.sandbox.store.Message;
import io.github.camelpostal.sandbox.store.MessageStore;
import io.github.camelpostal.sandbox.store.RandomText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the rooms together, owns their threads, and takes everything down again. Decides nothing about mail. */
final class Machinery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PostalSandbox.class);
    private static final int WEB_THREADS = 8;
    private static final int WORKER_THREADS = 4;
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Clock clock;
    private final String apiKey;
    private final Changes changes = new Changes();
    private final RandomText texts;
    private final MailServer server;
    private final MessageStore store;
    private final KeyRing keys;
    private final PostLog log;
    private final ScheduledThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor deadlines;
    private final ExecutorService webThreads;
    private final Poster poster;
    private final Events events;
    private final MailQueue queue;
    private final ApiServer web;

    /**
     * What was chosen before the start.
     *
     * @param keyPair null for a new one
     */
    record Plan(int port, Set<String> hosts, Set<String> domains, List<MailServer.Credential> credentials, Clock clock,
            KeyPair keyPair, Duration postTimeout) {
    }

    Machinery(Plan plan) throws IOException {
        SecureRandom random = new SecureRandom();
        this.clock = plan.clock();
        this.apiKey = plan.credentials().get(0).key();
        this.texts = new RandomText(random);
        this.server = new MailServer(identity(), plan.domains(), plan.credentials());
        this.store = new MessageStore(clock, random, changes);
        this.keys = new KeyRing(key(plan.keyPair()));
        this.log = new PostLog(changes);
        this.workers = scheduler("postal-sandbox-worker", WORKER_THREADS);
        this.deadlines = scheduler("postal-sandbox-deadlines", 1);
        this.webThreads = Executors.newFixedThreadPool(WEB_THREADS, threads("postal-sandbox-web"));
        this.poster = new Poster(keys, clock, plan.postTimeout(), deadlines);
        Agenda agenda = new RealTimeAgenda(clock, workers);
        this.events = new Events(server, agenda, poster, log);
        this.queue = new MailQueue(server, store, agenda, events, poster, log, random);
        this.web = listen(plan);
        LOG.info("A Postal sandbox answers on http://127.0.0.1:{}", web.port());
    }

    private ApiServer listen(Plan plan) throws IOException {
        try {
            ApiServer started = new ApiServer(plan.port(), plan.hosts(), keys, new Calls(server, store, clock, queue::add),
                    webThreads);
            started.start();
            return started;
        } catch (IOException e) {
            stopThreads();
            throw e;
        }
    }

    ApiServer web() {
        return web;
    }

    MailServer server() {
        return server;
    }

    MessageStore store() {
        return store;
    }

    KeyRing keys() {
        return keys;
    }

    PostLog log() {
        return log;
    }

    Events events() {
        return events;
    }

    MailQueue queue() {
        return queue;
    }

    RandomText texts() {
        return texts;
    }

    Clock clock() {
        return clock;
    }

    String apiKey() {
        return apiKey;
    }

    Message.Visit visit(String url) {
        return new Message.Visit(url, "192.0.2.1", "Mozilla/5.0 (Postal sandbox)", clock.instant());
    }

    <T> T await(String what, Duration timeout, Supplier<Optional<T>> look) {
        return changes.await(look, timeout).orElseThrow(() -> new IllegalStateException(
                "There was no " + what + " within " + timeout.toMillis() + " ms. There are " + store.all().size()
                        + " messages, and these posts: " + log.all().stream().map(Post::of).toList()));
    }

    @Override
    public void close() {
        web.close();
        stopThreads();
    }

    /** Workers before the deadlines that guard their posts; a post under way ends when the HTTP client closes. */
    private void stopThreads() {
        webThreads.shutdownNow();
        workers.shutdownNow();
        try {
            poster.close();
        } catch (IOException e) {
            LOG.debug("The HTTP client did not close cleanly", e);
        }
        awaitEndOf(workers);
        deadlines.shutdownNow();
        awaitEndOf(deadlines);
        awaitEndOf(webThreads);
    }

    private static void awaitEndOf(ExecutorService threads) {
        try {
            if (!threads.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("A thread of the sandbox is still busy after {} s", GRACE.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static CompletableFuture<SigningKey> key(KeyPair given) {
        if (given != null) {
            return CompletableFuture.completedFuture(new SigningKey(given));
        }
        CompletableFuture<SigningKey> made = new CompletableFuture<>();
        threads("postal-sandbox-key").newThread(() -> made.completeAsync(SigningKey::generate, Runnable::run)).start();
        return made;
    }

    private static ScheduledThreadPoolExecutor scheduler(String name, int size) {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(size, threads(name));
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return scheduler;
    }

    private static ThreadFactory threads(String name) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    private static MailServer.Identity identity() {
        return new MailServer.Identity(UUID.randomUUID().toString(), "Sandbox", "sandbox", "sandbox", "sandbx",
                "rp.postal.example.com", "postal.example.com");
    }
}
