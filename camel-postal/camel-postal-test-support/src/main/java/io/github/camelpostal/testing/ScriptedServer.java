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
package io.github.camelpostal.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/**
 * An HTTP server that does to each request what a test says, down to single bytes and resets, and remembers what came in.
 */
public final class ScriptedServer implements AutoCloseable {

    private final ServerSocket listener;
    private final String scheme;
    private final Script script;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    private ScriptedServer(ServerSocketFactory sockets, String scheme, Script script) {
        try {
            this.listener = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.scheme = scheme;
        this.script = script;
        start(this::accept, "listener");
    }

    public static ScriptedServer start(Script script) {
        return new ScriptedServer(ServerSocketFactory.getDefault(), "http", script);
    }

    public static ScriptedServer startTls(SSLContext tls, Script script) {
        return new ScriptedServer(tls.getServerSocketFactory(), "https", script);
    }

    /** Gives every request the same response. */
    public static ScriptedServer responding(int status, String contentType, String body) {
        return start(connection -> {
            connection.readBody();
            connection.respond(status, Map.of("Content-Type", contentType), body.getBytes(StandardCharsets.UTF_8));
        });
    }

    public static ScriptedServer responding(String json) {
        return responding(200, "application/json; charset=utf-8", json);
    }

    public URI url() {
        return URI.create(scheme + "://127.0.0.1:" + listener.getLocalPort());
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Every request whose head came in, in order of arrival. */
    public List<Request> requests() {
        return requests;
    }

    public Request onlyRequest() {
        if (requests.size() != 1) {
            throw new AssertionError("expected one request on the wire, not " + requests.size());
        }
        return requests.get(0);
    }

    /** How many connections were made. */
    public int connections() {
        return connections.get();
    }

    /** How many connections the client has not closed. */
    public int openConnections() {
        return open.size();
    }

    /** Closes every connection, as a server does that has waited long enough. */
    public void closeConnections() {
        open.forEach(ScriptedServer::closeQuietly);
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        closeConnections();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                int number = connections.incrementAndGet();
                start(() -> serve(socket, number), "connection");
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket, int number) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String head = readHead(in);
            while (head != null) {
                Request request = new Request(number, head);
                requests.add(request);
                script.run(new ScriptedConnection(request, socket, in, socket.getOutputStream()));
                head = socket.isClosed() ? null : readHead(in);
            }
        } catch (IOException e) {
            // the client went away, or the script closed the connection
        } finally {
            open.remove(socket);
        }
    }

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                return null;
            }
            head.append((char) b);
        }
        return head.toString();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // closed enough
        }
    }

    private static void start(Runnable work, String name) {
        Thread thread = new Thread(work, "scripted-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** What to do with one request. */
    @FunctionalInterface
    public interface Script {

        void run(ScriptedConnection connection) throws IOException;
    }

    /** A request as it came in. */
    public static final class Request {

        private final int connection;
        private final String line;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private volatile byte[] body;

        private Request(int connection, String head) {
            this.connection = connection;
            String[] lines = head.split("\r\n");
            this.line = lines[0];
            for (int i = 1; i < lines.length; i++) {
                int colon = lines[i].indexOf(':');
                headers.merge(lines[i].substring(0, colon).toLowerCase(Locale.ROOT), lines[i].substring(colon + 1).trim(),
                        (one, other) -> one + ", " + other);
            }
        }

        /** Counted from 1. */
        public int connection() {
            return connection;
        }

        /** Such as {@code POST /api/v1/send/message HTTP/1.1}. */
        public String line() {
            return line;
        }

        /** By lower-case name; null when absent, joined by commas when repeated. */
        public String header(String name) {
            return headers.get(name);
        }

        public byte[] body() {
            return body;
        }

        void setBody(byte[] body) {
            this.body = body;
        }

        public String bodyText() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }
}
