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
package io.github.camelpostal.sandbox.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

import io.github.camelpostal.sandbox.internal.delivery.ApiFaultPlan;
import io.github.camelpostal.sandbox.internal.delivery.MailRouter;
import io.github.camelpostal.sandbox.internal.delivery.RealTimeScheduler;
import io.github.camelpostal.sandbox.internal.delivery.Scheduler;
import io.github.camelpostal.sandbox.internal.delivery.VirtualTimeScheduler;
import io.github.camelpostal.sandbox.internal.delivery.WorkerMetrics;
import io.github.camelpostal.sandbox.internal.health.Metrics;
import io.github.camelpostal.sandbox.internal.http.ApiCalls;
import io.github.camelpostal.sandbox.internal.http.ApiServer;
import io.github.camelpostal.sandbox.internal.http.TrackingHost;
import io.github.camelpostal.sandbox.internal.http.WebRouter;
import io.github.camelpostal.sandbox.internal.page.ControlApi;
import io.github.camelpostal.sandbox.internal.page.Page;
import io.github.camelpostal.sandbox.internal.smtp.SmtpBackend;
import io.github.camelpostal.sandbox.internal.store.ChangeNotifier;
import io.github.camelpostal.sandbox.internal.store.Installation;
import io.github.camelpostal.sandbox.internal.store.Journal;
import io.github.camelpostal.sandbox.internal.store.PostalVersion;
import io.github.camelpostal.sandbox.internal.store.StorageFolder;
import io.github.camelpostal.sandbox.internal.webhook.DkimSigner;
import io.github.camelpostal.sandbox.internal.webhook.HttpPoster;
import io.github.camelpostal.sandbox.internal.webhook.KeyRing;
import io.github.camelpostal.sandbox.internal.webhook.PrivateTargets;
import io.github.camelpostal.sandbox.internal.webhook.SigningKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the rooms together, owns their threads, and takes everything down again. Decides nothing about mail. */
public final class SandboxRuntime implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxRuntime.class);
    private static final int WEB_THREADS = 8;
    private static final int WORKER_THREADS = 2;
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final ChangeNotifier changes = new ChangeNotifier();
    private final @Nullable StorageFolder storage;
    private final KeyRing keys;
    private final ScheduledThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor deadlines;
    private final ExecutorService webThreads;
    private final Scheduler scheduler;
    private final HttpPoster poster;
    private final MailRouter router;
    private final Page page;
    private final ApiServer web;
    private final OptionalServers optionalServers;

    /**
     * What was chosen before the start.
     *
     * @param keyPair null for that of the storage folder, or a new one
     * @param storage the folder in which messages and the signing key outlive the process; null for memory
     */
    public record Plan(int port, Set<String> hosts, Installation installation, Clock clock, boolean virtualTime,
            @Nullable KeyPair keyPair,
            Duration webhookTimeout, @Nullable Path storage, Set<String> allowedDestinations,
            OptionalServers.Plan optionalServers) {
    }

    /** @throws IOException if a port or the storage folder is in use; then nothing is left open */
    public static SandboxRuntime start(Plan plan) throws IOException {
        StorageFolder storage = plan.storage() == null ? null : StorageFolder.open(plan.storage());
        try {
            return new SandboxRuntime(plan, storage);
        } catch (IOException | RuntimeException e) {
            if (storage != null) {
                storage.close();
            }
            throw e;
        }
    }

    private SandboxRuntime(Plan plan, @Nullable StorageFolder storage) throws IOException {
        SecureRandom random = new SecureRandom();
        this.storage = storage;
        this.keys = new KeyRing(key(plan.keyPair()));
        this.workers = scheduler("postal-sandbox-worker", WORKER_THREADS);
        this.deadlines = scheduler("postal-sandbox-deadlines", 1);
        this.webThreads = Executors.newFixedThreadPool(WEB_THREADS, threads("postal-sandbox-web"));
        this.scheduler = plan.virtualTime()
                ? new VirtualTimeScheduler(plan.clock().instant())
                : new RealTimeScheduler(plan.clock(), workers);
        PostalVersion version = plan.installation().version();
        this.poster = new HttpPoster(keys, version,
                new PrivateTargets(version.refusesPrivateTargets(), plan.allowedDestinations()),
                scheduler.clock(), plan.webhookTimeout(), deadlines);
        Metrics workerMetrics = new Metrics();
        this.router = new MailRouter(plan.installation(), scheduler, poster, new DkimSigner(keys), changes, random,
                storage == null ? Journal.NONE : storage.journal(), new WorkerMetrics(workerMetrics));
        this.optionalServers = openOptionalServers(plan, workerMetrics, random);
        this.page = new Page(router, optionalServers.smtpAddress(), scheduler.clock().withZone(ZoneId.systemDefault()),
                threads("postal-sandbox-page"));
        this.web = listen(plan);
        router.resume();
        LOG.info("The Postal sandbox listens on http://127.0.0.1:{}", web.port());
    }

    private OptionalServers openOptionalServers(Plan plan, Metrics workerMetrics, RandomGenerator random) throws IOException {
        try {
            return new OptionalServers(plan.optionalServers(), new SmtpBackend(router), workerMetrics, random,
                    threads("postal-sandbox-smtp"));
        } catch (IOException | RuntimeException e) {
            stopThreads();
            throw e;
        }
    }

    private ApiServer listen(Plan plan) throws IOException {
        try {
            WebRouter webRouter = new WebRouter(plan.installation().version(), plan.hosts(), keys, new TrackingHost(router),
                    new ApiCalls(router, scheduler.clock()), scheduler.clock());
            ApiServer started = new ApiServer(plan.port(), webRouter, router.apiFaults(), scheduler, webThreads);
            started.mount(Page.PREFIX, page);
            started.mount("/login", page::leadHere);
            started.mount(ControlApi.PREFIX, new ControlApi(router));
            started.start();
            return started;
        } catch (IOException e) {
            page.close();
            optionalServers.close();
            stopThreads();
            throw new IOException("port " + plan.port() + " is in use", e);
        }
    }

    public ApiServer web() {
        return web;
    }

    public OptionalServers optionalServers() {
        return optionalServers;
    }

    public MailRouter router() {
        return router;
    }

    public ChangeNotifier changes() {
        return changes;
    }

    public KeyRing keys() {
        return keys;
    }

    public ApiFaultPlan faults() {
        return router.apiFaults();
    }

    public Scheduler scheduler() {
        return scheduler;
    }

    public Clock clock() {
        return scheduler.clock();
    }

    public void advance(Duration time) {
        scheduler.advance(time);
    }

    @Override
    public void close() {
        optionalServers.close();
        web.close();
        page.close();
        stopThreads();
    }

    /** Workers before the deadlines that guard their requests; a request under way ends when the HTTP client closes. */
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
        if (storage != null) {
            storage.close();
        }
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

    private CompletableFuture<SigningKey> key(@Nullable KeyPair given) throws IOException {
        KeyPair chosen = given == null && storage != null ? storage.signingKey() : given;
        return chosen == null ? KeyOfThisProcess.KEY : CompletableFuture.completedFuture(new SigningKey(chosen));
    }

    /** Made once, beside the first start: it takes longer than all the rest of a start, and tests start many sandboxes. */
    private static final class KeyOfThisProcess {

        static final CompletableFuture<SigningKey> KEY = new CompletableFuture<>();

        static {
            threads("postal-sandbox-key").newThread(() -> KEY.completeAsync(SigningKey::generate, Runnable::run)).start();
        }

        private KeyOfThisProcess() {
        }
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
}
