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
package io.github.camelpostal.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Something that listens but is no well-behaved HTTP server. */
final class MisbehavingServer implements AutoCloseable {
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final ServerSocket server;
    private final String behaviour;

    /** @param behaviour {@code slow}, {@code badssl}: says nothing; {@code close}: hangs up; {@code garbage}: is no HTTP;
     *                  {@code early}: refuses the body with 413 before it was sent */
    MisbehavingServer(String behaviour) {
        this.behaviour = behaviour;
        try {
            server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve);
        thread.setDaemon(true);
        thread.start();
    }

    URI url() {
        return URI.create((behaviour.equals("badssl") ? "https" : "http") + "://127.0.0.1:" + server.getLocalPort() + "/");
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                switch (behaviour) {
                    case "close" -> {
                        socket.getInputStream().read(new byte[1 << 16]);
                        socket.close();
                    }
                    case "early" -> {
                        socket.getInputStream().read(new byte[1 << 10]);
                        socket.getOutputStream()
                                .write("HTTP/1.1 413 Payload Too Large\r\nContent-Length: 5\r\nConnection: close\r\n\r\nlarge"
                                        .getBytes(StandardCharsets.US_ASCII));
                        socket.shutdownOutput();
                        socket.close();
                    }
                    case "garbage" -> {
                        socket.getInputStream().read(new byte[1 << 16]);
                        socket.getOutputStream().write("this is not http\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                        socket.close();
                    }
                    default -> socket.setSoTimeout(1); // and says nothing
                }
            } catch (IOException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
