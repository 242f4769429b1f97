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
package io.github.camelpostal.examples.kafkatomail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads what comes, and closes the connection without a response: a Postal that dies with a request in its hands. */
final class SilentPostal implements AutoCloseable {

    private final ServerSocket socket;
    private final Thread thread;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger sends = new AtomicInteger();

    SilentPostal(int port) {
        try {
            socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        thread = new Thread(this::listen, "silent-postal");
        thread.setDaemon(true);
        thread.start();
    }

    int requests() {
        return requests.get();
    }

    int sends() {
        return sends.get();
    }

    private void listen() {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                String head = new String(connection.getInputStream().readNBytes(40), StandardCharsets.US_ASCII);
                requests.incrementAndGet();
                if (head.contains("/api/v1/send/")) {
                    sends.incrementAndGet();
                }
            } catch (IOException e) {
                // the other side went away, or close() was called
            }
        }
    }

    /** The port is free only when the thread that accepts has noticed. */
    @Override
    public void close() {
        try {
            socket.close();
            thread.join(60_000);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
