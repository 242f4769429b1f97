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

import io.github.camelpostal.sandbox.internal.health.Counter;
import io.github.camelpostal.sandbox.internal.health.Metrics;

/** What Postal's SMTP server counts (protocol 8). */
public final class SmtpMetrics {
    private final Counter connections;
    private final Counter exceptions;
    private final Counter tlsConnections;
    private final Counter commands;
    private final Counter clientErrors;
    private final Counter messages;

    /** The type of a message, as it is counted. */
    enum MessageType {
        OUTGOING("outgoing"), INCOMING("incoming"), BOUNCE("bounce");

        private final String label;

        MessageType(String label) {
            this.label = label;
        }
    }

    public SmtpMetrics(Metrics metrics) {
        connections = metrics.counter("postal_smtp_server_connections_total", "Connections that clients have made");
        exceptions = metrics.counter("postal_smtp_server_exceptions_total", "Failures of the server itself", "error", "type");
        tlsConnections = metrics.counter("postal_smtp_server_tls_connections_total", "Connections that were encrypted");
        commands = metrics.counter("postal_smtp_server_commands_total", "Commands received, those that matter", "command");
        clientErrors = metrics.counter("postal_smtp_server_client_errors", "Errors that clients were told", "error");
        messages = metrics.counter("postal_smtp_server_messages_total", "Messages taken, one for each recipient", "type",
                "tls");
    }

    void connection() {
        connections.increment();
    }

    void tlsConnection() {
        tlsConnections.increment();
    }

    void exception(RuntimeException failure) {
        String error = failure instanceof CrashException crash ? crash.error() : failure.getClass().getSimpleName();
        exceptions.increment(error, "data");
    }

    void command(String command) {
        commands.increment(command);
    }

    void clientError(String error) {
        clientErrors.increment(error);
    }

    void message(MessageType type, boolean tls) {
        messages.increment(type.label, tls ? "yes" : "no");
    }
}
