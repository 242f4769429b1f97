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
package io.github.camelpostal.sandbox.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.regex.Pattern;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.github.camelpostal.sandbox.outbound.KeyRing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The web process: listens on 127.0.0.1 only, checks the Host, finds the call, and answers with Postal's headers. Knows HTTP,
 * never what a call does.
 */
public final class ApiServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH");
    private static final Pattern BROWSER = Pattern.compile(",\\s*\\*/\\*|\\*/\\*\\s*,");
    private static final int LARGEST_BODY = 64 * 1024 * 1024;
    private static final String KEYS_PATH = "/.well-known/jwks.json";
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    static {
        // The JDK's server sends head and body apart; without this each answer waits 40 ms for the client's delayed ACK.
        // It is read once, when the JDK's server is first used in this JVM.
        if (System.getProperty(NO_DELAY) == null) {
            System.setProperty(NO_DELAY, "true");
        }
    }

    private final HttpServer http;
    private final ExecutorService workers;
    private final Set<String> hosts;
    private final KeyRing keys;
    private final Calls calls;
    private final Map<String, HttpHandler> others = new ConcurrentHashMap<>();
    private volatile boolean answersKeys = true;

    /**
     * @param port    0 for a free one
     * @param hosts   names that are answered, in lower case; all others get 403 (contract 2.1)
     * @param workers how many requests are served at once is their number; closed with this server
     * @throws IOException when the port cannot be had
     */
    public ApiServer(int port, Set<String> hosts, KeyRing keys, Calls calls, ExecutorService workers) throws IOException {
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
        this.workers = workers;
        this.hosts = Set.copyOf(hosts);
        this.keys = keys;
        this.calls = calls;
        http.setExecutor(workers);
        http.createContext("/", this::handle);
    }

    /**
     * Something that is none of Postal's, under its own path; it is asked after the Host was checked. It answers, and closes the
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

    /** False: the keys are answered 503, as by a proxy whose web process is away. */
    public void answerKeys(boolean answer) {
        this.answersKeys = answer;
    }

    @Override
    public void close() {
        http.stop(0);
        workers.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        HttpHandler other = others.get(firstStep(exchange.getRequestURI().getPath()));
        if (other != null && isKnownHost(exchange.getRequestHeaders())) {
            other.handle(exchange);
        } else {
            answer(exchange);
        }
    }

    private static String firstStep(String path) {
        int end = path.indexOf('/', 1);
        return end < 0 ? path : path.substring(0, end);
    }

    private void answer(HttpExchange exchange) throws IOException {
        long started = System.nanoTime();
        try (exchange) {
            byte[] body = read(exchange.getRequestBody());
            Calls.Result result;
            try {
                result = route(exchange, body, started);
            } catch (RuntimeException e) {
                LOG.error("The sandbox itself failed on {}", exchange.getRequestURI().getPath(), e);
                result = Calls.Result.of(Answer.frame(500, wantsJson(exchange)));
            }
            try {
                send(exchange, result.answer(), started);
            } finally { // also when the client has gone: what is stored is queued
                result.afterwards().run();
            }
        }
    }

    private Calls.Result route(HttpExchange exchange, byte[] body, long started) {
        if (!isKnownHost(exchange.getRequestHeaders())) {
            return Calls.Result.of(Answer.emptyHtml(403));
        }
        boolean wantsJson = wantsJson(exchange);
        String path = exchange.getRequestURI().getPath().replaceAll("/{2,}", "/");
        String method = exchange.getRequestMethod();
        if (path.equals(KEYS_PATH) && (method.equals("GET") || method.equals("HEAD"))) {
            return Calls.Result.of(answersKeys
                    ? Answer.json(Map.of("keys", List.of(keys.current().jwk())))
                    : Answer.frame(503, wantsJson));
        }
        String call = path.replaceAll("(\\.json)?/?$", "");
        if (!METHODS.contains(method) || !calls.know(call)) {
            return Calls.Result.of(Answer.frame(404, wantsJson));
        }
        if (body == null) { // larger than any database packet
            return Calls.Result.of(Answer.frame(500, wantsJson));
        }
        Headers headers = exchange.getRequestHeaders();
        return calls.answer(new Calls.Request(call, utf8(headers.getFirst("X-Server-API-Key")),
                headers.getFirst("Content-Type"), exchange.getRequestURI().getRawQuery(), body, wantsJson, started));
    }

    /** Null when it is larger than we take; read to its end in any case, or the client would not see the answer. */
    private static byte[] read(InputStream in) throws IOException {
        byte[] body = in.readNBytes(LARGEST_BODY + 1);
        in.transferTo(OutputStream.nullOutputStream());
        return body.length > LARGEST_BODY ? null : body;
    }

    /** Any port, any letter case; the last of {@code X-Forwarded-Host} must match too (contract 2.1). */
    private boolean isKnownHost(Headers headers) {
        String forwarded = headers.getFirst("X-Forwarded-Host");
        String last = forwarded == null ? null : forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
        return isKnownHost(headers.getFirst("Host")) && (last == null || isKnownHost(last));
    }

    private boolean isKnownHost(String host) {
        return host != null && hosts.contains(host.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT));
    }

    /** Rails looks at the first type only, and takes a browser's list for HTML. */
    private static boolean wantsJson(HttpExchange exchange) {
        String accept = exchange.getRequestHeaders().getFirst("Accept");
        return accept != null && !BROWSER.matcher(accept).find()
                && accept.split("[,;]")[0].strip().equalsIgnoreCase("application/json");
    }

    private static String utf8(String header) {
        return header == null ? null : new String(header.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, Answer answer, long started) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.contentType());
        headers.set("X-Frame-Options", "sameorigin");
        headers.set("X-Content-Type-Options", "nosniff");
        if (answer.status() != 403) {
            headers.set("X-Request-Id", UUID.randomUUID().toString());
            headers.set("X-Runtime", String.format(Locale.ROOT, "%.6f", (System.nanoTime() - started) / 1e9));
        }
        int status = answer.status();
        if (status == 200) {
            String etag = "W/\"" + md5(answer.body()) + '"';
            headers.set("ETag", etag);
            headers.set("Cache-Control", "max-age=0, private, must-revalidate");
            boolean unchanged = etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
            status = unchanged && exchange.getRequestMethod().equals("GET") ? 304 : 200;
        }
        if (status == 304 || exchange.getRequestMethod().equals("HEAD") || answer.body().length == 0) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
        exchange.getResponseBody().close();
    }

    private static String md5(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5", e);
        }
    }
}
