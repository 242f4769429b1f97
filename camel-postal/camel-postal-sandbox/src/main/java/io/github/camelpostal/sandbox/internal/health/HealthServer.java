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
package io.github.camelpostal.sandbox.internal.health;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Serves {@code /health}, {@code /metrics} and {@code /} for one of Postal's processes, on 127.0.0.1 (protocol 8). As in
 * Postal the method does not matter, and {@code /health} says only that the process runs.
 */
public final class HealthServer implements AutoCloseable {
    private final HttpServer http;
    private final String process;
    private final Metrics metrics;

    private record Response(int status, String text) {
    }

    /**
     * Listens from now on.
     *
     * @param port    0 for a free one
     * @param process what Postal calls it: {@code worker} or {@code smtp-server}
     * @throws IOException when the port is in use
     */
    public HealthServer(int port, String process, Metrics metrics) throws IOException {
        this.process = process;
        this.metrics = metrics;
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
        http.createContext("/", this::handle);
        http.start();
    }

    public int port() {
        return http.getAddress().getPort();
    }

    @Override
    public void close() {
        http.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange; InputStream unread = exchange.getRequestBody()) {
            unread.transferTo(OutputStream.nullOutputStream());
            Response response = respond(exchange.getRequestURI().getPath());
            byte[] body = response.text().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            boolean head = "HEAD".equals(exchange.getRequestMethod());
            exchange.sendResponseHeaders(response.status(), head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private Response respond(String path) {
        return switch (path) {
            case "/health" -> new Response(200, "OK");
            case "/metrics" -> new Response(200, metrics.text());
            case "/" -> new Response(200, process + " (pid: " + ProcessHandle.current().pid() + ", host: " + hostname() + ")");
            default -> new Response(404, "Not Found");
        };
    }

    private static String hostname() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown-hostname";
        }
    }
}
