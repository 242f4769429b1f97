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
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.github.camelpostal.sandbox.internal.delivery.Agenda;
import io.github.camelpostal.sandbox.internal.delivery.PostOffice;
import io.github.camelpostal.sandbox.internal.delivery.RealTimeAgenda;
import io.github.camelpostal.sandbox.internal.delivery.ServerOffice;
import io.github.camelpostal.sandbox.internal.delivery.VirtualAgenda;
import io.github.camelpostal.sandbox.internal.delivery.WorkerMetrics;
import io.github.camelpostal.sandbox.internal.health.Metrics;
import io.github.camelpostal.sandbox.internal.http.ApiServer;
import io.github.camelpostal.sandbox.internal.http.Calls;
import io.github.camelpostal.sandbox.internal.http.FaultPlan;
import io.github.camelpostal.sandbox.internal.http.Site;
import io.github.camelpostal.sandbox.internal.http.TrackingHost;
import io.github.camelpostal.sandbox.internal.page.Page;
import io.github.camelpostal.sandbox.internal.store.Changes;
import io.github.camelpostal.sandbox.internal.store.Installation;
import io.github.camelpostal.sandbox.internal.store.Journal;
import io.github.camelpostal.sandbox.internal.store.Message;
import io.github.camelpostal.sandbox.internal.store.PostalVersion;
import io.github.camelpostal.sandbox.internal.store.RandomText;
import io.github.camelpostal.sandbox.internal.webhook.DkimSigner;
import io.github.camelpostal.sandbox.internal.webhook.KeyRing;
import io.github.camelpostal.sandbox.internal.webhook.Poster;
import io.github.camelpostal.sandbox.internal.webhook.PrivateTargets;
import io.github.camelpostal.sandbox.internal.webhook.SigningKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the rooms together, owns their threads, and takes everything down again. Decides nothing about mail. */
final class Machinery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PostalSandbox.class);
    private static final int WEB_THREADS = 8;
    private static final int WORKER_THREADS = 2;
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Changes changes = new Changes();
    private final RandomText texts;
    private final KeyRing keys;
    private final ScheduledThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor deadlines;
    private final ExecutorService webThreads;
    private final Agenda agenda;
    private final Poster poster;
    private final FaultPlan faults = new FaultPlan();
    private final PostOffice postOffice;
    private final Page page;
    private final ApiServer web;
    private final OtherPorts otherPorts;

    /**
     * What was chosen before the start.
     *
     * @param keyPair null for a new one
     */
    record Plan(int port, Set<String> hosts, Installation installation, Clock clock, boolean virtualTime, KeyPair keyPair,
            Duration postTimeout, Journal journal, Set<String> allowedTargets, OtherPorts.Plan otherPorts) {
    }

    Machinery(Plan plan) throws IOException {
        SecureRandom random = new SecureRandom();
        this.texts = new RandomText(random, plan.installation().version());
        this.keys = new KeyRing(key(plan.keyPair()));
        this.workers = scheduler("postal-sandbox-worker", WORKER_THREADS);
        this.deadlines = scheduler("postal-sandbox-deadlines", 1);
        this.webThreads = Executors.newFixedThreadPool(WEB_THREADS, threads("postal-sandbox-web"));
        this.agenda = plan.virtualTime()
                ? new VirtualAgenda(plan.clock().instant())
                : new RealTimeAgenda(plan.clock(), workers);
        PostalVersion version = plan.installation().version();
        this.poster = new Poster(keys, version, new PrivateTargets(version.refusesPrivateTargets(), plan.allowedTargets()),
                agenda.clock(), plan.postTimeout(), deadlines);
        Metrics workerMetrics = new Metrics();
        this.postOffice = new PostOffice(plan.installation(), agenda, poster, new DkimSigner(keys), changes, random,
                plan.journal(), new WorkerMetrics(workerMetrics));
        this.page = new Page(new PageMailbox(this), agenda.clock().withZone(ZoneId.systemDefault()),
                threads("postal-sandbox-page"));
        this.web = listen(plan);
        this.otherPorts = openOtherPorts(plan, workerMetrics, random);
        postOffice.resume();
        LOG.info("A Postal sandbox answers on http://127.0.0.1:{}", web.port());
    }

    private ApiServer listen(Plan plan) throws IOException {
        try {
            Calls calls = new Calls(plan.installation(), server -> desk(postOffice.office(server)), agenda.clock());
            TrackingHost tracking = new TrackingHost(plan.installation(),
                    server -> new Visiting(postOffice.office(server), agenda));
            Site site = new Site(plan.installation().version(), plan.hosts(), keys, tracking, calls, agenda.clock());
            ApiServer started = new ApiServer(plan.port(), site, faults, webThreads);
            started.mount(Page.PREFIX, page);
            started.mount("/login", page::leadHere);
            started.start();
            return started;
        } catch (IOException e) {
            stopThreads();
            throw new IOException("port " + plan.port() + " cannot be had", e);
        }
    }

    private Calls.Desk desk(ServerOffice office) {
        return new Calls.Desk(office.server(), office.store(), new ApiIntake(office, changes, agenda instanceof VirtualAgenda));
    }

    private OtherPorts openOtherPorts(Plan plan, Metrics workerMetrics, RandomGenerator random) throws IOException {
        try {
            return new OtherPorts(plan.otherPorts(), new SmtpDesk(postOffice), workerMetrics, random,
                    threads("postal-sandbox-smtp"));
        } catch (IOException | RuntimeException e) {
            web.close();
            stopThreads();
            throw e;
        }
    }

    ApiServer web() {
        return web;
    }

    OtherPorts otherPorts() {
        return otherPorts;
    }

    PostOffice postOffice() {
        return postOffice;
    }

    Changes changes() {
        return changes;
    }

    KeyRing keys() {
        return keys;
    }

    FaultPlan faults() {
        return faults;
    }

    RandomText texts() {
        return texts;
    }

    Agenda agenda() {
        return agenda;
    }

    Clock clock() {
        return agenda.clock();
    }

    void advance(Duration time) {
        if (!(agenda instanceof VirtualAgenda virtual)) {
            throw new IllegalStateException("Time passes by itself here: start the sandbox with builder().virtualTime()");
        }
        virtual.advance(time);
    }

    Message.Visit visit(String url) {
        return new Message.Visit(url, "192.0.2.1", "Mozilla/5.0 (Postal sandbox)", agenda.now());
    }

    <T> T await(ServerOffice office, String what, Duration timeout, Supplier<Optional<T>> look) {
        return changes.await(look, timeout).orElseThrow(() -> new IllegalStateException(
                "There was no " + what + " within " + timeout.toMillis() + " ms. There are " + office.store().size()
                        + " messages, and these posts: " + office.log().all().stream().map(Post::of).toList()));
    }

    <T> Found.Source<T> source(Supplier<List<T>> now) {
        return new Found.Source<>() {
            @Override
            public List<T> now() {
                return now.get();
            }

            @Override
            public <R> Optional<R> await(Supplier<Optional<R>> look, Duration timeout) {
                return changes.await(look, timeout);
            }
        };
    }

    @Override
    public void close() {
        otherPorts.close();
        web.close();
        stopThreads();
    }

    /** Workers before the deadlines that guard their posts; a post under way ends when the HTTP client closes. */
    private void stopThreads() {
        page.close();
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
        return given != null ? CompletableFuture.completedFuture(new SigningKey(given)) : KeyOfThisProcess.KEY;
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
