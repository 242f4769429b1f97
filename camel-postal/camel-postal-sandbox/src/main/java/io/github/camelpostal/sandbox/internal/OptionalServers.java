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
package io.github.camelpostal.sandbox.internal;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

import javax.net.ssl.SSLContext;

import io.github.camelpostal.sandbox.internal.health.HealthServer;
import io.github.camelpostal.sandbox.internal.health.Metrics;
import io.github.camelpostal.sandbox.internal.smtp.SelfMadeCertificate;
import io.github.camelpostal.sandbox.internal.smtp.SmtpBackend;
import io.github.camelpostal.sandbox.internal.smtp.SmtpMetrics;
import io.github.camelpostal.sandbox.internal.smtp.SmtpServer;
import org.jspecify.annotations.Nullable;

/** What listens besides the API: the SMTP server, and the health servers of worker and SMTP server. None does unasked. */
public final class OptionalServers implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final @Nullable SmtpServer smtp;
    private final @Nullable HealthServer workerHealth;
    private final @Nullable HealthServer smtpHealth;
    private final @Nullable X509Certificate certificate;

    /**
     * What was chosen before the start.
     *
     * @param smtp           port of the SMTP server, 0 for a free one, null for no SMTP server
     * @param selfMadeTls    STARTTLS with a certificate that is made at the start
     * @param givenTls       STARTTLS with this instead; null for none
     * @param maxMessageSize in megabytes
     * @param workerHealth   port of the worker's health server, 0 for a free one, null for none
     * @param smtpHealth     port of that of the SMTP server
     */
    public record Plan(@Nullable Integer smtp, boolean selfMadeTls, @Nullable SSLContext givenTls, int maxMessageSize,
            @Nullable Integer workerHealth,
            @Nullable Integer smtpHealth) {
        public static Plan none() {
            return new Plan(null, false, null, SmtpServer.Plan.DEFAULT_MAX_MESSAGE_SIZE, null, null);
        }

        public Plan withSmtp(int port) {
            return new Plan(port, selfMadeTls, givenTls, maxMessageSize, workerHealth, smtpHealth);
        }

        /** @param context null for one that is made at the start */
        public Plan withTls(@Nullable SSLContext context) {
            return new Plan(smtp, context == null, context, maxMessageSize, workerHealth, smtpHealth);
        }

        public Plan withMaxMessageSize(int megabytes) {
            return new Plan(smtp, selfMadeTls, givenTls, megabytes, workerHealth, smtpHealth);
        }

        public Plan withHealth(int workerPort, int smtpPort) {
            return new Plan(smtp, selfMadeTls, givenTls, maxMessageSize, workerPort, smtpPort);
        }
    }

    /** @throws IOException if a port is in use; then none is kept */
    OptionalServers(Plan plan, SmtpBackend backend, Metrics workerMetrics, RandomGenerator random, ThreadFactory threads)
            throws IOException {
        Metrics metrics = new Metrics();
        SmtpMetrics smtpMetrics = new SmtpMetrics(metrics);
        try {
            SelfMadeCertificate made = plan.smtp() != null && plan.selfMadeTls()
                    ? SelfMadeCertificate.of(backend.hostname())
                    : null;
            this.certificate = made == null ? null : made.certificate();
            SSLContext tls = made == null ? plan.givenTls() : made.context();
            this.smtp = opened(plan.smtp(), port -> new SmtpServer(new SmtpServer.Plan(port, tls, plan.maxMessageSize()),
                    backend, smtpMetrics, random, threads));
            this.workerHealth = opened(plan.workerHealth(), port -> new HealthServer(port, "worker", workerMetrics));
            this.smtpHealth = opened(plan.smtpHealth(), port -> new HealthServer(port, "smtp-server", metrics));
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private interface ServerFactory<T> {
        T on(int port) throws IOException;
    }

    /** Null when no port was chosen. */
    private <T extends AutoCloseable> @Nullable T opened(@Nullable Integer port, ServerFactory<T> opening) throws IOException {
        if (port == null) {
            return null;
        }
        try {
            T server = opening.on(port);
            open.push(server);
            return server;
        } catch (IOException e) {
            throw new IOException("port " + port + " is in use", e);
        }
    }

    /** Host and port where mail is taken; null if there is no SMTP server. */
    public @Nullable String smtpAddress() {
        return smtp == null ? null : "127.0.0.1:" + smtp.port();
    }

    public int smtpPort() {
        if (smtp == null) {
            throw new IllegalStateException("There is no SMTP server: start the sandbox with builder().smtpPort(0)");
        }
        return smtp.port();
    }

    public X509Certificate certificate() {
        if (certificate == null) {
            throw new IllegalStateException("No certificate was made: start the sandbox with builder().smtpPort(0).smtpTls()");
        }
        return certificate;
    }

    public int workerHealthPort() {
        return port(workerHealth);
    }

    public int smtpHealthPort() {
        return port(smtpHealth);
    }

    private static int port(@Nullable HealthServer health) {
        if (health == null) {
            throw new IllegalStateException("There is no health server: start the sandbox with builder().healthPorts(0, 0)");
        }
        return health.port();
    }

    @Override
    public void close() {
        for (AutoCloseable server : open) {
            try {
                server.close();
            } catch (Exception e) { // none of them throws one
                throw new IllegalStateException(e);
            }
        }
    }
}
