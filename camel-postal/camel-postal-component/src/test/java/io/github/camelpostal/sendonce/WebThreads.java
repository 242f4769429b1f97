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
package io.github.camelpostal.sendonce;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** In front of a sandbox: works on so many requests at once as Postal has web threads, and counts by API call. */
final class WebThreads implements AutoCloseable {

    private final URI postal;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads;
    private final HttpServer server;
    // guarded by this
    private final Map<String, Integer> now = new HashMap<>();
    private final Map<String, Integer> most = new HashMap<>();
    private final Map<String, Long> counts = new HashMap<>();

    WebThreads(URI postal, int number) throws IOException {
        this.postal = postal;
        this.threads = Executors.newFixedThreadPool(number);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** @param call as {@code send/raw} */
    synchronized long count(String call) {
        return counts.getOrDefault(call, 0L);
    }

    synchronized int mostAtOnce(String call) {
        return most.getOrDefault(call, 0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        String call = exchange.getRequestURI().getPath().replaceFirst("^/api/v1/", "");
        try {
            HttpResponse<byte[]> response = counted(call, exchange);
            exchange.getResponseHeaders().set("Content-Type",
                    response.headers().firstValue("Content-Type").orElse("text/plain"));
            exchange.sendResponseHeaders(response.statusCode(), response.body().length == 0 ? -1 : response.body().length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(response.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException lost) {
            // no response to this one either
        } finally {
            exchange.close();
        }
    }

    /** Until Postal has responded, and not until the client has read it: by then that may make its next call. */
    private HttpResponse<byte[]> counted(String call, HttpExchange exchange) throws IOException, InterruptedException {
        synchronized (this) {
            counts.merge(call, 1L, Long::sum);
            most.merge(call, now.merge(call, 1, Integer::sum), Integer::max);
        }
        try {
            return forward(exchange);
        } finally {
            synchronized (this) {
                now.merge(call, -1, Integer::sum);
            }
        }
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(postal.resolve(exchange.getRequestURI()))
                .method(exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
        for (String header : new String[]{"X-Server-API-Key", "Content-Type", "Accept"}) {
            String value = exchange.getRequestHeaders().getFirst(header);
            if (value != null) {
                request.header(header, value);
            }
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
