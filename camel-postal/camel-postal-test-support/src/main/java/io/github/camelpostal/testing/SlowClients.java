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

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Clients without any key that begin requests and do not end them, on many connections at once, until they are closed. */
public final class SlowClients implements AutoCloseable {

    private static final long PAUSE_MILLIS = 500;

    /** What they send, and then a byte now and then. */
    public enum Shape {
        HALF_HEADS("POST /postal HTTP/1.1\r\nHost: localhost\r\nX-"), BODIES(
                head("/postal", "Content-Length: 4000") + "{\"id\""), CHUNKS(
                        head("/postal", "Transfer-Encoding: chunked") + "FFFF\r\n{\"id\""), SUB_PATHS(
                                head("/postal/x", "Content-Length: 100000") + "{"), UNKNOWN_PATHS(
                                        head("/typo", "Content-Length: 100000") + "{"), ANNOUNCED(
                                                head("/postal", "Content-Length: 262144") + "{"), HALF_CLOSED(
                                                        head("/postal", "Content-Length: 1000000") + "{"), RECONNECTING(
                                                                head("/postal/x", "Content-Length: 10"));

        private final String start;

        Shape(String start) {
            this.start = start;
        }

        private static String head(String path, String length) {
            return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "X-Postal-Signature: x\r\nX-Postal-Signature-256: x\r\nX-Postal-Signature-Kid: unknown\r\n" + length
                    + "\r\n\r\n";
        }
    }

    private final int port;
    private final Shape shape;
    private final List<Socket> sockets = new ArrayList<>();
    private final CountDownLatch enough = new CountDownLatch(1);
    private final CountDownLatch connected = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "slow-clients");
    private final int connections;

    private SlowClients(int port, Shape shape, int connections) {
        this.port = port;
        this.shape = shape;
        this.connections = connections;
    }

    /** Returns when all have connected and sent their start. */
    public static SlowClients start(int port, Shape shape, int connections) throws InterruptedException {
        SlowClients clients = new SlowClients(port, shape, connections);
        clients.thread.start();
        clients.connected.await(60, TimeUnit.SECONDS);
        return clients;
    }

    private void run() {
        try {
            while (true) {
                for (int i = 0; i < connections; i++) {
                    goOn(i);
                }
                connected.countDown();
                if (enough.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void goOn(int i) {
        try {
            if (i >= sockets.size()) {
                sockets.add(connect());
            } else if (shape == Shape.RECONNECTING) {
                sockets.set(i, reconnect(sockets.get(i)));
            } else if (shape != Shape.HALF_CLOSED) {
                sockets.get(i).getOutputStream().write('1');
            }
        } catch (IOException given503) {
            again(i);
        }
    }

    private void again(int i) {
        try {
            if (i < sockets.size()) {
                sockets.set(i, reconnect(sockets.get(i)));
            }
        } catch (IOException e) {
            // the next turn tries again
        }
    }

    private Socket reconnect(Socket old) throws IOException {
        old.close();
        return connect();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.getOutputStream().write(shape.start.getBytes(StandardCharsets.ISO_8859_1));
        if (shape == Shape.HALF_CLOSED) {
            socket.shutdownOutput();
        }
        return socket;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        enough.countDown();
        thread.join();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
