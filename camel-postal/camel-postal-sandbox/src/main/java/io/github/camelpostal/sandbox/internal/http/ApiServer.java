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
package io.github.camelpostal.sandbox.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.github.camelpostal.sandbox.internal.delivery.ApiFaultPlan;
import io.github.camelpostal.sandbox.internal.delivery.ApiFaultPlan.Fault;
import io.github.camelpostal.sandbox.internal.delivery.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The web process: listens on 127.0.0.1 only, reads requests and sends responses, and fails where a fault asks for it. Knows
 * HTTP, never what is asked for.
 */
public final class ApiServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final int LARGEST_BODY = 64 * 1024 * 1024;
    /** Longer ones are no business of Rails: Postal's HTTP server refuses them (recorded in {@code header-too-large}). */
    private static final int LONGEST_HEADER = 80 * 1024;
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    static {
        // The JDK's server sends head and body apart; without this each response waits 40 ms for the client's delayed ACK.
        // It is read once, when the JDK's server is first used in this JVM.
        if (System.getProperty(NO_DELAY) == null) {
            System.setProperty(NO_DELAY, "true");
        }
    }

    private final HttpServer http;
    private final ExecutorService workers;
    private final WebRouter site;
    private final ApiFaultPlan faults;
    private final Scheduler scheduler;
    private final Map<String, HttpHandler> others = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    /**
     * @param port    0 for a free one
     * @param workers how many requests are served at once is their number; closed with this server
     * @throws IOException when the port is in use
     */
    public ApiServer(int port, WebRouter site, ApiFaultPlan faults, Scheduler scheduler, ExecutorService workers)
            throws IOException {
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
        this.workers = workers;
        this.site = site;
        this.faults = faults;
        this.scheduler = scheduler;
        http.setExecutor(workers);
        http.createContext("/", this::handle);
    }

    /**
     * Something that Postal does not have, under its own path; called after the Host was checked. It responds, and closes the
     * exchange, when it likes and on which thread it likes.
     *
     * @param path of one step, such as {@code /ui}: it and everything below it
     */
    public void mount(String path, HttpHandler handler) {
        others.put(path, handler);
    }

    public void start() {
        http.start();
    }

    public int port() {
        return http.getAddress().getPort();
    }

    /** False: a request for the keys gets 503, as from a proxy whose web process is away. */
    public void publishKeys(boolean response) {
        site.publishKeys(response);
    }

    @Override
    public void close() {
        closing.countDown();
        http.stop(0);
        workers.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        long started = System.nanoTime();
        WebRequest unread = request(exchange, null, started);
        HttpHandler other = others.get(firstStep(unread.path()));
        if (other != null && !site.isTracking(unread) && site.isKnownHost(unread)) {
            other.handle(exchange);
            return;
        }
        try (exchange) {
            respond(exchange, started);
        }
    }

    private static String firstStep(String path) {
        int end = path.indexOf('/', 1);
        return end < 0 ? path : path.substring(0, end);
    }

    /** An exchange that is closed without a response ends its connection. */
    private void respond(HttpExchange exchange, long started) throws IOException {
        WebRequest request = request(exchange, read(exchange.getRequestBody()), started);
        if (hasLongHeader(request)) {
            ResponseWriter.send(exchange, request, WebResponse.refused(400));
            return;
        }
        List<Fault> hitting = faults.hitting(site.faultPath(request), site.isCall(request));
        int breaksAfter = Integer.MAX_VALUE;
        for (Fault fault : hitting) {
            if (fault instanceof Fault.Delay delay) {
                pause(delay.time());
            } else if (fault instanceof Fault.Reset) {
                return;
            } else if (fault instanceof Fault.Status status) {
                ResponseWriter.send(exchange, request, WebResponse.frame(status.status(), request.wantsJson()));
                return;
            } else if (fault instanceof Fault.Break broken) {
                breaksAfter = Math.min(breaksAfter, broken.afterRecipients());
            } else if (fault instanceof Fault.LostAfter lost) {
                breaksAfter = Math.min(breaksAfter, lost.recipients());
            } else if (fault instanceof Fault.LateCommit late) {
                scheduler.after(late.time(), () -> result(request, Integer.MAX_VALUE).afterwards().run());
                return;
            }
        }
        respond(exchange, request, hitting, result(request, breaksAfter));
    }

    private ApiCalls.Result result(WebRequest request, int breaksAfter) {
        try {
            return site.respond(request, breaksAfter);
        } catch (RuntimeException e) {
            LOG.error("The sandbox itself failed on {}", request.path(), e);
            return ApiCalls.Result.of(WebResponse.frame(500, request.wantsJson()));
        }
    }

    /** What is stored is queued when the response has gone out, and also when the client has gone. */
    private void respond(HttpExchange exchange, WebRequest request, List<Fault> hitting, ApiCalls.Result result)
            throws IOException {
        boolean lost = hitting.stream()
                .anyMatch(fault -> fault instanceof Fault.LostResponse || fault instanceof Fault.LostAfter);
        List<Duration> late = hitting.stream().filter(Fault.LateResponse.class::isInstance)
                .map(fault -> ((Fault.LateResponse) fault).time()).toList();
        if (lost || !late.isEmpty()) {
            result.afterwards().run();
            late.forEach(this::pause);
            if (!lost) {
                ResponseWriter.send(exchange, request, result.response());
            }
            return;
        }
        try {
            ResponseWriter.send(exchange, request, result.response());
        } finally {
            result.afterwards().run();
        }
    }

    private static boolean hasLongHeader(WebRequest request) {
        return request.headers().values().stream().flatMap(List::stream).anyMatch(value -> value.length() > LONGEST_HEADER);
    }

    private static WebRequest request(HttpExchange exchange, byte @Nullable [] body, long started) {
        String path = exchange.getRequestURI().getPath();
        return new WebRequest(exchange.getRequestMethod(), path == null ? "" : path, exchange.getRequestURI().getRawQuery(),
                exchange.getRequestHeaders(), body, exchange.getRemoteAddress().getAddress().getHostAddress(), started);
    }

    /** Null when it is larger than we take; read to its end in any case, or the client would not see the response. */
    private static byte @Nullable [] read(InputStream in) throws IOException {
        byte[] body = in.readNBytes(LARGEST_BODY + 1);
        in.transferTo(OutputStream.nullOutputStream());
        return body.length > LARGEST_BODY ? null : body;
    }

    private void pause(Duration time) {
        try {
            if (closing.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("A request that waits is ended: the sandbox is closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
