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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.camelpostal.api.Delivery;
import io.github.camelpostal.payload.DeliveryEvent;
import io.github.camelpostal.payload.FailureReason;
import io.github.camelpostal.payload.Outcome;
import io.github.camelpostal.payload.PostalEvent;
import io.github.camelpostal.payload.SendLimitEvent;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Suspends routes that send while the mail server's send limit is reached, and resumes them when Postal counts anew. Otherwise
 * each further mail looks sent and is Held: Postal never sends it by itself, and drops it after 7 days (protocol 2.14).
 *
 * <pre>
 * PostalSendLimitPolicy limit = new PostalSendLimitPolicy();
 * from("jms:mails").routePolicy(limit).to("postal:send");
 * from("postal:webhook").to("direct:events");
 * </pre>
 *
 * <p>It learns of the limit from every {@code postal:webhook} of the context whose option {@code server} is the same as
 * {@link #setServer}: from {@code SendLimitExceeded}, which Postal sends to webhooks for all events only, and from
 * {@code MessageHeld} for the limit. Where the events arrive elsewhere, call {@link #event} or {@link #deliveries}.
 *
 * <p>What is suspended is the consumer, as with Camel's own throttling policies: the route is shown as started. Several routes may
 * share a policy. Safe for use by any number of threads.
 */
public final class PostalSendLimitPolicy extends RoutePolicySupport implements CamelContextAware {

    private static final Logger LOG = LoggerFactory.getLogger(PostalSendLimitPolicy.class);
    private static final Duration POSTALS_WINDOW = Duration.ofMinutes(60);
    private static final Duration POSTALS_GRAIN = Duration.ofMinutes(1);
    private static final long LOOK_EVERY_MILLIS = 500;

    private final Clock clock;
    private final Set<Route> routes = new LinkedHashSet<>();
    private final Set<Route> suspended = new LinkedHashSet<>();
    private Duration window = POSTALS_WINDOW.plus(POSTALS_GRAIN);
    private boolean suspendWhenApproaching;
    private @Nullable String server;
    private @Nullable CamelContext camelContext;
    private @Nullable ScheduledExecutorService scheduler;
    private @Nullable Instant resumesAt;

    public PostalSendLimitPolicy() {
        this(Clock.systemUTC());
    }

    /** @param clock decides when the window is over; events are compared with it, so it should agree with Postal's */
    public PostalSendLimitPolicy(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    public @Nullable String getServer() {
        return server;
    }

    /** Whose limit it is: the option {@code server} of the consumer that gets the events. Null, the default, is a consumer without one. */
    public void setServer(@Nullable String server) {
        this.server = server;
    }

    public Duration getWindow() {
        return window;
    }

    /**
     * How long after the limit was reached the routes stay suspended. By default 61 minutes: Postal counts the last 60, minute by
     * minute, so that all that was counted then is forgotten.
     *
     * @throws IllegalArgumentException unless it is positive
     */
    public void setWindow(Duration window) {
        if (window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("window must be positive, for example 61 minutes");
        }
        this.window = window;
    }

    public boolean isSuspendWhenApproaching() {
        return suspendWhenApproaching;
    }

    /** Whether to suspend at 90 % of the limit already, so that hardly any mail is Held; false by default. */
    public void setSuspendWhenApproaching(boolean suspendWhenApproaching) {
        this.suspendWhenApproaching = suspendWhenApproaching;
    }

    /** When the routes go on; empty while they are not suspended. */
    public synchronized Optional<Instant> resumesAt() {
        return Optional.ofNullable(resumesAt);
    }

    /** Tells it what Postal reported; of no effect unless it is about the limit. Returns at once. */
    public void event(PostalEvent event) {
        if (event instanceof SendLimitEvent limit && (limit.exceeded() || suspendWhenApproaching)) {
            reached(limit.timestamp(), limit.volume() + " of " + limit.limit() + " messages in an hour");
        } else if (event instanceof DeliveryEvent held && held.outcome() == Outcome.HELD && isForLimit(held.reason())) {
            reached(held.attempted(), held.message() + " was Held");
        }
    }

    /** The same for what {@code postal:deliveries} reads, where no events arrive. */
    public void deliveries(Collection<Delivery> attempts) {
        attempts.stream().filter(attempt -> attempt.status().equals("Held") && isForLimit(attempt.reason()))
                .forEach(attempt -> reached(attempt.timestamp(), "a message was Held"));
    }

    /** Resumes the routes now, whatever Postal said; for an operator who had the limit raised. */
    public synchronized void resumeNow() {
        if (resumesAt != null) {
            resumesAt = clock.instant();
        }
    }

    boolean isFor(@Nullable String consumersServer) {
        return Objects.equals(server, consumersServer);
    }

    private static boolean isForLimit(Optional<FailureReason> reason) {
        return reason.filter(known -> known.category() == FailureReason.Category.SEND_LIMIT).isPresent();
    }

    /** The first report counts: what is Held later is what was under way, and would only put the end off. */
    private synchronized void reached(Instant at, String what) {
        Instant now = clock.instant();
        Instant end = (at.isAfter(now) ? now : at).plus(window); // a clock that is ahead must not suspend them for longer
        if (resumesAt != null || !end.isAfter(now)) { // a retry may come half an hour late (protocol 5.4)
            return;
        }
        resumesAt = end;
        LOG.warn("The send limit of {} is reached ({}): {} sending routes are suspended until {}",
                server == null ? "the mail server" : server, what, routes.size(), end);
        watch();
    }

    // ---- the routes --------------------------------------------------------------------------------------------------

    @Override
    public void onInit(Route route) {
        super.onInit(route);
        setCamelContext(route.getCamelContext());
        synchronized (this) {
            routes.add(route);
        }
        SendLimitPolicies.of(route.getCamelContext()).add(this);
    }

    @Override
    public synchronized void onStart(Route route) {
        if (resumesAt != null) { // it starts while the limit is reached
            watch();
        }
    }

    @Override
    public synchronized void onStop(Route route) {
        suspended.remove(route);
    }

    @Override
    public void onRemove(Route route) {
        synchronized (this) {
            routes.remove(route);
            suspended.remove(route);
        }
        super.onRemove(route);
    }

    @Override
    public synchronized @Nullable CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public synchronized void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    /** From now on another thread looks: never that of an event, whose response Postal waits for, nor one of the route. */
    private synchronized void watch() {
        if (scheduler == null && camelContext != null) {
            scheduler = camelContext.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "PostalSendLimit");
            scheduler.scheduleWithFixedDelay(this::look, 0, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void watchNoLonger() {
        if (scheduler != null && camelContext != null) {
            camelContext.getExecutorServiceManager().shutdownNow(scheduler);
            scheduler = null;
        }
    }

    private void look() {
        try {
            Instant end = resumesAt().orElse(null);
            if (end == null) {
                return;
            }
            if (clock.instant().isBefore(end)) {
                suspendAll();
            } else {
                resumeAll();
            }
        } catch (RuntimeException e) {
            LOG.error("The sending routes cannot be suspended or resumed; trying again", e);
        }
    }

    private void suspendAll() {
        for (Route route : copy(routes)) {
            if (isStarted(route) && isNew(route)) { // never with our lock held: Camel calls us with its own
                attempt(route, "suspended", () -> suspendOrStopConsumer(route.getConsumer()));
            }
        }
    }

    private void resumeAll() {
        List<Route> waiting = copy(suspended);
        synchronized (this) {
            suspended.clear();
            resumesAt = null;
        }
        LOG.info("The send limit's window is over: {} sending routes are resumed", waiting.size());
        for (Route route : waiting) {
            if (isStarted(route)) { // else an operator has suspended or stopped it, and shall find it so
                attempt(route, "resumed", () -> resumeOrStartConsumer(route.getConsumer()));
            }
        }
        synchronized (this) {
            if (resumesAt == null) { // else the limit is reached again
                watchNoLonger();
            }
        }
    }

    private synchronized boolean isNew(Route route) {
        return suspended.add(route);
    }

    private boolean isStarted(Route route) {
        return controller(route).getRouteStatus(route.getId()) == ServiceStatus.Started;
    }

    private synchronized List<Route> copy(Set<Route> some) {
        return new ArrayList<>(some);
    }

    /** What happens to a consumer. */
    @FunctionalInterface
    private interface Change {

        void make() throws Exception;
    }

    private void attempt(Route route, String what, Change change) {
        try {
            change.make();
            LOG.debug("{} is {}", route.getId(), what);
        } catch (Exception e) {
            LOG.error("{} cannot be {}", route.getId(), what, e);
        }
    }

    /** Also when one of several routes is removed: then the others still have to be resumed. */
    @Override
    protected void doStop() throws Exception {
        synchronized (this) {
            if (camelContext != null && (routes.isEmpty() || camelContext.isStopping() || camelContext.isStopped())) {
                SendLimitPolicies.of(camelContext).remove(this);
                watchNoLonger();
            }
        }
        super.doStop();
    }
}
