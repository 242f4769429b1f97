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
package io.github.camelpostal.testing.scaleout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The way from one process to Postal. It counts mails, now and then breaks when Postal has responded to one and the process does
 * not know yet, and tells when a response has come.
 */
final class LossyProxy implements AutoCloseable {

    private final ServerSocket server;
    private final URI postal;
    private final Trouble trouble;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicInteger mails = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicReference<Trap> trap = new AtomicReference<>();

    /** What happens to mails on the way. */
    @FunctionalInterface
    interface Trouble {

        /**
         * @param  mail counted from 1
         * @return      whether the way breaks when Postal has taken it
         */
        boolean breaksAt(int mail);
    }

    /**
     * @param address where it listens: one of 127.0.0.0/8
     * @param port    0 for a free one
     */
    LossyProxy(URI postal, String address, int port, Trouble trouble) throws IOException {
        this.postal = postal;
        this.trouble = trouble;
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

    /** How many responses to a mail have been lost on it. */
    int lost() {
        return lost.get();
    }

    /**
     * From now on responses to mails stop here. When so many have, or after ten seconds those that have, the action runs, once;
     * then they go on, if anybody is left who wants them.
     *
     * @return how many there were, when the action has run
     */
    CompletableFuture<Integer> onResponses(int count, Runnable action) {
        Trap armed = new Trap(action, new CountDownLatch(count), new AtomicInteger(), new CompletableFuture<>());
        trap.set(armed);
        return armed.caught;
    }

    private record Trap(Runnable action, CountDownLatch missing, AtomicInteger held, CompletableFuture<Integer> caught) {

        synchronized void spring() {
            if (!caught.isDone()) {
                action.run();
                caught.complete(held.get());
            }
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket process = server.accept();
                Socket far = new Socket(postal.getHost(), postal.getPort());
                open.add(process);
                open.add(far);
                Request request = new Request();
                threads.execute(() -> carry(process, far, true, request));
                threads.execute(() -> carry(far, process, false, request));
            } catch (IOException e) {
                // closed, or Postal is away: the process sees a connection that ends
            }
        }
    }

    /** What a connection is busy with. Of these, one thread writes and one reads. */
    private static final class Request {
        private volatile boolean mail;
        private volatile boolean breaks;
    }

    private void carry(Socket from, Socket to, boolean towardsPostal, Request request) {
        byte[] buffer = new byte[65_536];
        try (from; to) {
            for (int length = from.getInputStream().read(buffer); length > 0; length = from.getInputStream().read(buffer)) {
                if (towardsPostal && isMail(buffer, length)) {
                    request.breaks = trouble.breaksAt(mails.incrementAndGet());
                    request.mail = true;
                } else if (!towardsPostal && request.mail) {
                    request.mail = false;
                    responded();
                    if (request.breaks) {
                        lost.incrementAndGet();
                        return; // Postal has the mail, and nobody hears of it
                    }
                }
                to.getOutputStream().write(buffer, 0, length);
            }
        } catch (IOException e) {
            // one side is gone, and with this the other
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private void responded() {
        Trap armed = trap.get();
        if (armed == null || armed.caught.isDone()) {
            return;
        }
        armed.held.incrementAndGet();
        armed.missing.countDown();
        try {
            armed.missing.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        armed.spring();
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
