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
package io.github.camelpostal.examples.kafkatomail.scaleout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The way from one process to Postal. It counts mails, now and then breaks after a mail has gone through and before its response
 * has, and tells when a response has come.
 */
final class LossyProxy implements AutoCloseable {

    private final ServerSocket server;
    private final URI postal;
    private final int breaksAfter;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicInteger mails = new AtomicInteger();
    private final AtomicReference<Runnable> onResponse = new AtomicReference<>();

    /**
     * @param address     where it listens: one of 127.0.0.0/8
     * @param port        0 for a free one
     * @param breaksAfter after how many mails it breaks, again and again
     */
    LossyProxy(URI postal, String address, int port, int breaksAfter) throws IOException {
        this.postal = postal;
        this.breaksAfter = breaksAfter;
        this.server = new ServerSocket(port, 50, InetAddress.getByName(address));
        threads.execute(this::accept);
    }

    String address() {
        return server.getInetAddress().getHostAddress();
    }

    int port() {
        return server.getLocalPort();
    }

    /** How many calls to send a mail have gone through it. */
    int mails() {
        return mails.get();
    }

    /** Once, when the next response has come from Postal and before it goes on. */
    void onNextResponse(Runnable action) {
        onResponse.set(action);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket process = server.accept();
                Socket far = new Socket(postal.getHost(), postal.getPort());
                open.add(process);
                open.add(far);
                threads.execute(() -> carry(process, far, true));
                threads.execute(() -> carry(far, process, false));
            } catch (IOException e) {
                // closed, or Postal is away: the process sees a connection that ends
            }
        }
    }

    private void carry(Socket from, Socket to, boolean towardsPostal) {
        byte[] buffer = new byte[65_536];
        try (from; to) {
            for (int length = from.getInputStream().read(buffer); length > 0; length = from.getInputStream().read(buffer)) {
                boolean breaks = towardsPostal && isMail(buffer, length) && mails.incrementAndGet() % breaksAfter == 0;
                if (!towardsPostal) {
                    responded();
                }
                to.getOutputStream().write(buffer, 0, length);
                if (breaks) {
                    // what has been written arrives; what would come back does not
                    from.close();
                }
            }
        } catch (IOException e) {
            // one side is gone, and with this the other
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private void responded() {
        Runnable action = onResponse.getAndSet(null);
        if (action != null) {
            action.run();
        }
    }

    /** A request begins a buffer, since nobody sends the next one before the response. */
    private static boolean isMail(byte[] buffer, int length) {
        return new String(buffer, 0, Math.min(length, 40), StandardCharsets.US_ASCII).contains("/api/v1/send/");
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
        } finally {
            threads.shutdownNow();
        }
    }
}
