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
package io.github.camelpostal.model;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.camelpostal.CamelApp;
import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.PostalConsumer;
import io.github.camelpostal.PostalRejectMailException;
import io.github.camelpostal.testing.Wire;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.util.ObjectHelper;

/** One life of the application, from its start to its end or crash: a real consumer on a real server. */
final class Life {

    static final Duration PROCESSING_TIMEOUT = Duration.ofMillis(150);
    static final int MAX_IN_FLIGHT = 2;

    private static final String ROUTE = "webhook";
    private static final long TIMEOUT_MILLIS = 20;
    /** Nothing is in flight then: this is how long a busy machine may take for it. */
    private static final long SUSPEND_TIMEOUT_MILLIS = 10_000;

    private final Book book;
    private final KeptKeys.Connection connection;
    private final CamelApp app;
    private final Map<String, Plan> plans = new ConcurrentHashMap<>();
    private final Map<String, Held> held = new ConcurrentHashMap<>();
    private final Map<String, Integer> doneInRun = new ConcurrentHashMap<>();
    private volatile int routeRun = 1;
    private volatile boolean dead;
    private boolean suspended;

    /** What the route is to do with a message. */
    record Plan(Work work, boolean slow) {
    }

    enum Work {
        COMPLETE, FAIL, ROLL_BACK, REJECT
    }

    private record Held(CountDownLatch latch, int routeRun) {
    }

    Life(Book book, KeptKeys.Connection connection, String publicKey) throws Exception {
        this.book = book;
        this.connection = connection;
        app = CamelApp.create();
        app.context().getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
        app.context().getShutdownStrategy().setTimeout(TIMEOUT_MILLIS);
        app.context().getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
        app.context().getRegistry().bind("keys", connection);
        app.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?idempotentRepository=#keys&publicKey=" + publicKey + "&maxInFlight=" + MAX_IN_FLIGHT
                        + "&processingTimeout=" + PROCESSING_TIMEOUT.toMillis() + "&exceptionHandler=#quiet")
                        .routeId(ROUTE).errorHandler(noErrorHandler()).process(Life.this::work);
            }
        });
        app.context().getRegistry().bind("quiet", new Quiet());
        app.context().start();
    }

    KeptKeys.Connection connection() {
        return connection;
    }

    void plan(String name, Plan plan) {
        plans.put(name, plan);
    }

    Plan planOf(String name) {
        return plans.get(name);
    }

    Wire.Response post(byte[] body, String signature) throws IOException {
        return Wire.post(app.port(), "/postal", body, signature);
    }

    boolean isSuspended() {
        return suspended;
    }

    boolean isHeld(String name) {
        return held.containsKey(name);
    }

    Map<String, ?> held() {
        return held;
    }

    /** What a former run of the route still works on takes no place in the present one. */
    boolean isFull() {
        return held.values().stream().filter(one -> one.routeRun == routeRun).count() >= MAX_IN_FLIGHT;
    }

    boolean isDoneInThisRun(String name) {
        return doneInRun.getOrDefault(name, 0) == routeRun;
    }

    void release(String name) {
        held.remove(name).latch.countDown();
        awaitQuiet();
    }

    /** Until nothing is worked on but what is held. */
    void awaitQuiet() {
        var consumer = (PostalConsumer) app.context().getRoute(ROUTE).getConsumer();
        await().pollInterval(Duration.ofMillis(2)).atMost(Duration.ofSeconds(20))
                .until(() -> consumer.getInFlight() == held.size());
    }

    void suspend() throws Exception {
        app.context().getShutdownStrategy().setTimeout(SUSPEND_TIMEOUT_MILLIS);
        app.context().getRouteController().suspendRoute(ROUTE);
        app.context().getShutdownStrategy().setTimeout(TIMEOUT_MILLIS);
        suspended = true;
    }

    void resume() throws Exception {
        app.context().getRouteController().resumeRoute(ROUTE);
        suspended = false;
    }

    void restartRoute() throws Exception {
        app.context().getRouteController().stopRoute(ROUTE);
        routeRun++;
        app.context().getRouteController().startRoute(ROUTE);
        suspended = false;
    }

    /** The process is killed: what it was doing comes to nothing. */
    void crash() {
        dead = true;
        connection.cut();
        book.processDied();
        stop();
    }

    void stop() {
        held.values().forEach(one -> one.latch.countDown());
        app.close();
    }

    private void work(Exchange exchange) throws Exception {
        String name = "mail".equals(exchange.getMessage().getHeader(PostalConstants.KIND))
                ? "mail-" + exchange.getMessage().getHeader(PostalConstants.ID)
                : exchange.getMessage().getHeader(PostalConstants.EVENT_ID, String.class);
        book.began(name, exchange.getMessage().getHeader(PostalConstants.DEDUP_KEY, String.class));
        exchange.getExchangeExtension().addOnCompletion(new End(name, routeRun));
        Plan plan = plans.get(name);
        if (plan.slow) {
            var mine = new Held(new CountDownLatch(1), routeRun);
            held.put(name, mine);
            mine.latch.await();
        }
        if (dead) {
            throw new IllegalStateException("killed");
        }
        switch (plan.work) {
            case COMPLETE -> exchange.getMessage().setBody(null);
            case FAIL -> throw new IllegalStateException("planned");
            case ROLL_BACK -> exchange.setRollbackOnly(true);
            case REJECT -> throw new PostalRejectMailException("planned");
        }
    }

    private final class End extends SynchronizationAdapter {

        private final String name;
        private final int begunIn;

        End(String name, int begunIn) {
            this.name = name;
            this.begunIn = begunIn;
        }

        @Override
        public void onDone(Exchange exchange) {
            if (dead) {
                return;
            }
            boolean rejection = ObjectHelper.getException(PostalRejectMailException.class, exchange.getException()) != null;
            boolean done = exchange.getException() == null && !exchange.isRollbackOnly()
                    || rejection && name.startsWith("event");
            if (done) {
                doneInRun.put(name, begunIn);
            }
            book.ended(name, done, rejection);
        }
    }
}
