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
package io.github.camelpostal.internal.send;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;

/**
 * A server on loopback that keeps what was posted to it and says yes, as Postal would; for tests that look at what went out.
 */
final class CapturedPostal implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** One request as it arrived. */
    record Call(String path, Headers headers, JsonNode body) {

        List<String> list(String field) {
            return JSON.convertValue(body.get(field), JSON.getTypeFactory().constructCollectionType(List.class, String.class));
        }

        String text(String field) {
            return body.get(field) == null ? null : body.get(field).textValue();
        }

        byte[] rawData() {
            return Base64.getDecoder().decode(text("data"));
        }

        boolean isRaw() {
            return path.equals("/api/v1/send/raw");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private volatile String response;

    CapturedPostal() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Call call = new Call(exchange.getRequestURI().getPath(), exchange.getRequestHeaders(), JSON.readTree(body));
            calls.add(call);
            byte[] out = (response == null ? success(call) : response).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
            exchange.sendResponseHeaders(200, out.length);
            try (OutputStream stream = exchange.getResponseBody()) {
                stream.write(out);
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Call> calls() {
        return calls;
    }

    Call onlyCall() {
        if (calls.size() != 1) {
            throw new AssertionError("expected one call, there were " + calls.size());
        }
        return calls.get(0);
    }

    void clear() {
        calls.clear();
    }

    /** Responds with this data from now on. */
    void respondWith(String data) {
        response = "{\"status\":\"success\",\"time\":0.01,\"flags\":{},\"data\":" + data + "}";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static String success(Call call) throws IOException {
        Map<String, Object> messages = new LinkedHashMap<>();
        int id = 41;
        for (String field : List.of("to", "cc", "bcc", "rcpt_to")) {
            if (call.body().has(field)) {
                for (String address : call.list(field)) {
                    messages.put(address.replaceAll(".*<|>", ""), Map.of("id", ++id, "token", "token" + id));
                }
            }
        }
        return JSON.writeValueAsString(Map.of("status", "success", "time", 0.01, "flags", Map.of(), "data",
                Map.of("message_id", "m1@rp.example", "messages", messages)));
    }
}
