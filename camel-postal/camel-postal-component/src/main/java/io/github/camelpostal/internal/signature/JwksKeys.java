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
package io.github.camelpostal.internal.signature;

import java.net.URI;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.hc.client5.http.classic.HttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The keys that Postal publishes under {@code /.well-known/jwks.json}; knows when to fetch them again.
 *
 * <ul>
 * <li>Keys older than the refresh time are fetched again in the background; nobody waits for that.
 * <li>An unknown key id is a reason to fetch at once, because Postal rotates its key without overlap (protocol 6.3). Requests
 * that carry one wait for the keys, within a bound and without a thread. However many there are, and whatever ids they bring,
 * the keys are fetched once per short interval.
 * <li>The last good keys stay while Postal cannot be reached. A key that is missing from a fresh set is gone.
 * </ul>
 */
public final class JwksKeys implements TrustedKeys {

    private static final Logger LOG = LoggerFactory.getLogger(JwksKeys.class);

    /** Anybody can name a key that does not exist; a request that waits for it holds its body. */
    private static final int MOST_WAITING = 32;

    private final JwksSource source;
    private final Pace pace;
    private final Clock clock;
    private final Executor background;

    private volatile KeySet known = KeySet.NONE;
    private @Nullable Fetch running;
    private @Nullable Instant lastEnd;
    private boolean lastFailed;
    private boolean closed;

    /**
     * @param http       carries the request; sets its time-outs, and must not follow redirects
     * @param jwksUrl    where the keys are; see {@link JwksUrl#requireSafe}
     * @param hostHeader the value of {@code Host}, for a Postal that is reached by an internal address
     * @param refresh    how long keys are used before they are fetched again
     * @param background runs the fetches; a fetch may block for as long as {@code http} lets it
     */
    public JwksKeys(HttpClient http, URI jwksUrl, Optional<String> hostHeader, Duration refresh, Clock clock,
            Executor background) {
        this(new JwksSource(http, jwksUrl, hostHeader), new Pace(refresh), clock, background);
    }

    JwksKeys(JwksSource source, Pace pace, Clock clock, Executor background) {
        this.source = source;
        this.pace = pace;
        this.clock = clock;
        this.background = background;
    }

    /**
     * How often keys are fetched, and how long a request waits.
     *
     * @param refresh     age at which keys are fetched again in the background
     * @param betweenFetches least time from the end of one fetch to the start of the next, for unknown key ids
     * @param afterError  the same after a fetch that failed
     * @param timeout     how long a request waits for a fetch, in real time; well below Postal's 5 s
     * @param abandonment age at which a fetch that does not end is given up
     */
    record Pace(Duration refresh, Duration betweenFetches, Duration afterError, Duration timeout, Duration abandonment) {

        Pace(Duration refresh) {
            this(refresh, Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(30));
        }
    }

    /** Begins the first fetch and returns at once. */
    @Override
    public void start() {
        fetch();
    }

    @Override
    public CompletionStage<List<RSAPublicKey>> candidates(Optional<String> keyId) {
        KeySet keys = known;
        List<RSAPublicKey> candidates = keys.candidates(keyId);
        if (candidates.isEmpty()) {
            return fetchFor(keyId);
        }
        if (keys.isOlderThan(pace.refresh(), clock.instant())) {
            fetch();
        }
        return CompletableFuture.completedFuture(candidates);
    }

    @Override
    public List<String> keyIds() {
        return List.copyOf(known.byId().keySet());
    }

    /** Ends a fetch that is under way, so that neither its thread nor anyone who waits for it outlives the consumer. */
    @Override
    public void close() {
        Fetch last;
        synchronized (this) {
            closed = true;
            last = running;
            running = null;
        }
        if (last != null) {
            last.giveUp("the consumer was stopped");
        }
    }

    private CompletionStage<List<RSAPublicKey>> fetchFor(Optional<String> keyId) {
        Optional<Fetch> fetch = fetch();
        if (fetch.isPresent()) {
            return fetch.get().keys().thenApply(keys -> keys.candidates(keyId));
        }
        synchronized (this) {
            if (lastFailed || closed) {
                return unavailable("could not be fetched a moment ago", null);
            }
        }
        return CompletableFuture.completedFuture(known.candidates(keyId)); // fetched a moment ago: no key has that id
    }

    private <T> CompletionStage<T> unavailable(String why, @Nullable Throwable cause) {
        return CompletableFuture.failedFuture(new KeysUnavailableException("The keys of " + source + " " + why, cause));
    }

    /** The fetch that is under way, if need be a new one; empty when it is too early for one. */
    private Optional<Fetch> fetch() {
        Fetch stuck = null;
        Fetch fetch;
        synchronized (this) {
            Instant now = clock.instant();
            if (running != null && isWithin(pace.abandonment(), running.start, now)) {
                return Optional.of(running);
            }
            if (closed || running == null && lastEnd != null
                    && isWithin(lastFailed ? pace.afterError() : pace.betweenFetches(), lastEnd, now)) {
                return Optional.empty();
            }
            stuck = running;
            fetch = running = new Fetch(now);
        }
        if (stuck != null) {
            stuck.giveUp("it took longer than " + pace.abandonment().toSeconds() + " s");
        }
        fetch.begin();
        return Optional.of(fetch);
    }

    /** A clock that was set back must not stop the fetching, so a time in the future is not within any duration. */
    private static boolean isWithin(Duration duration, Instant since, Instant now) {
        return !now.isBefore(since) && now.isBefore(since.plus(duration));
    }

    /**
     * Notes how a fetch ended, in one step with its keys: whoever sees that it has ended sees them too.
     *
     * @return whether it still mattered; not when it had been given up
     */
    private synchronized boolean ended(Fetch fetch, Optional<KeySet> fresh) {
        if (running != fetch) {
            return false;
        }
        running = null;
        lastEnd = clock.instant();
        lastFailed = fresh.isEmpty();
        known = fresh.orElse(known);
        return true;
    }

    private synchronized boolean lastFailed() {
        return lastFailed;
    }

    /** One request for the keys, and every request that waits for it. */
    private final class Fetch implements Runnable {

        private final Instant start;
        private final CompletableFuture<KeySet> result = new CompletableFuture<>();
        private final JwksSource.Request request = source.request();
        private final Semaphore waiting = new Semaphore(MOST_WAITING);

        Fetch(Instant start) {
            this.start = start;
        }

        void begin() {
            try {
                background.execute(this);
            } catch (RejectedExecutionException e) {
                failed(e);
            }
        }

        @Override
        public void run() {
            try {
                succeeded(new KeySet(request.keys(), clock.instant()));
            } catch (Exception e) {
                failed(e);
            }
        }

        private void succeeded(KeySet fresh) {
            boolean worthLogging = lastFailed() || !fresh.byId().equals(known.byId());
            if (ended(this, Optional.of(fresh)) && worthLogging) {
                LOG.info("Trusting the signing keys {} of {}", fresh.byId().keySet(), source);
            }
            result.complete(fresh);
        }

        private void failed(Exception e) {
            Level level = lastFailed() ? Level.DEBUG : Level.WARN; // once an outage
            if (ended(this, Optional.empty())) {
                LOG.atLevel(level).log("Cannot fetch the signing keys of {}: {}. {}", source, e.getMessage(),
                        known == KeySet.NONE
                                ? "Postal's requests get 503 until this works"
                                : "The keys fetched before stay in use");
            }
            result.completeExceptionally(e);
        }

        void giveUp(String reason) {
            request.cancel();
            result.completeExceptionally(new KeysUnavailableException("The fetch was given up: " + reason, null));
        }

        /** What is fetched, for one of those who wait for it, of whom there may be so many. */
        CompletionStage<KeySet> keys() {
            if (!waiting.tryAcquire()) {
                return unavailable("are waited for by too many requests", null);
            }
            return result.copy().orTimeout(pace.timeout().toNanos(), TimeUnit.NANOSECONDS)
                    .whenComplete((keys, failure) -> waiting.release())
                    .exceptionallyCompose(failure -> unavailable(
                            failure.getCause() instanceof TimeoutException ? "did not come in time" : "cannot be fetched",
                            failure.getCause()));
        }
    }

    /** What Postal published at one moment. */
    private record KeySet(Map<String, RSAPublicKey> byId, Instant fetched) {

        static final KeySet NONE = new KeySet(Map.of(), Instant.MIN);

        List<RSAPublicKey> candidates(Optional<String> keyId) {
            if (keyId.isEmpty()) {
                return List.copyOf(byId.values());
            }
            RSAPublicKey key = byId.get(keyId.get());
            return key == null ? List.of() : List.of(key);
        }

        boolean isOlderThan(Duration age, Instant now) {
            return !isWithin(age, fetched, now);
        }
    }
}
