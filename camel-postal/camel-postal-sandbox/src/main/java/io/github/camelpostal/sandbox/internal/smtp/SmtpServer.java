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
package io.github.camelpostal.sandbox.internal.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;
import org.subethamail.smtp.server.SessionHandler;

/** Postal's SMTP server, on 127.0.0.1. */
public final class SmtpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpServer.class);
    private static final int IDLE_MINUTES = 10;
    /** Goes to a connection that is closed already: nobody sees it. */
    private static final SessionHandler.SessionAcceptance OVER = SessionHandler.SessionAcceptance.failure(421, "Closed");

    private final SMTPServer connections;
    private final SmtpBackend backend;
    private final SmtpMetrics metrics;
    private final RandomGenerator random;
    private final SmtpSession.Settings settings;
    private final @Nullable SSLContext tls;

    /**
     * What the operator chooses.
     *
     * @param port           0 for a free one
     * @param tls            null: no STARTTLS, which is Postal's default
     * @param maxMessageSize in megabytes of 1024 × 1024 bytes, the added {@code Received} line included
     */
    public record Plan(int port, @Nullable SSLContext tls, int maxMessageSize) {
        /** Postal's. */
        public static final int DEFAULT_MAX_MESSAGE_SIZE = 14;
    }

    /**
     * Listens from now on.
     *
     * @param threads one for each connection
     * @throws IOException when the port is in use
     */
    public SmtpServer(Plan plan, SmtpBackend backend, SmtpMetrics metrics, RandomGenerator random, ThreadFactory threads)
            throws IOException {
        this.backend = backend;
        this.metrics = metrics;
        this.random = random;
        this.tls = plan.tls();
        this.settings = new SmtpSession.Settings(plan.tls() != null, plan.maxMessageSize());
        this.connections = SMTPServer.port(plan.port())
                .bindAddress(InetAddress.getByName("127.0.0.1"))
                .hostName(backend.hostname())
                .connectionTimeout(IDLE_MINUTES, TimeUnit.MINUTES)
                .executorService(Executors.newCachedThreadPool(threads))
                .startTlsSocketFactory(this::encrypted)
                .sessionHandler(new Talk())
                .build();
        try {
            connections.start();
        } catch (RuntimeException e) {
            if (e.getCause() instanceof IOException noPort) {
                throw noPort;
            }
            throw e;
        }
    }

    public int port() {
        return connections.getPortAllocated();
    }

    @Override
    public void close() {
        connections.stop();
    }

    /** What the library asks before it would hold a standard session of its own, which never happens. */
    private final class Talk implements SessionHandler {
        @Override
        public SessionAcceptance accept(Session session) {
            metrics.connection();
            try {
                talk(session);
            } catch (IOException e) {
                LOG.debug("The client has gone: {}", e.toString());
            } finally {
                session.quit();
            }
            return OVER;
        }

        @Override
        public void onSessionEnd(Session session) {
            // only for sessions that were accepted
        }
    }

    private void talk(Session session) throws IOException {
        SmtpSession dialogue = new SmtpSession(backend, metrics, settings,
                session.getRemoteAddress().getAddress(), random);
        session.sendResponse(dialogue.banner());
        for (Line line = Line.read(session.getRawInput()); line != null; line = Line.read(session.getRawInput())) {
            Reply reply;
            try {
                reply = dialogue.handle(line);
            } catch (RuntimeException e) {
                failed(e);
                return;
            }
            if (!reply.lines().isEmpty()) {
                session.sendResponse(String.join("\r\n", reply.lines()));
            }
            switch (reply.then()) {
                case GO_ON -> {
                }
                case START_TLS -> startTls(session);
                case CLOSE -> {
                    return;
                }
            }
        }
    }

    /** As in Postal the client gets no reply, only the end of the connection. */
    private void failed(RuntimeException failure) {
        metrics.exception(failure);
        if (failure instanceof CrashException) {
            LOG.info("{}; the connection is closed", failure.getMessage());
        } else {
            LOG.error("The sandbox itself failed; the connection is closed", failure);
        }
    }

    /** What the client has sent in the clear behind its STARTTLS is forgotten. */
    private void startTls(Session session) throws IOException {
        SSLSocket encrypted = connections.createSSLSocket(session.getSocket());
        encrypted.startHandshake();
        session.setSocket(encrypted);
        session.setTlsStarted(true);
        metrics.tlsConnection();
    }

    private SSLSocket encrypted(Socket plain) throws IOException {
        SSLSocket encrypted = (SSLSocket) Objects.requireNonNull(tls, "tls").getSocketFactory().createSocket(plain, null,
                plain.getPort(), true);
        encrypted.setUseClientMode(false);
        return encrypted;
    }
}
