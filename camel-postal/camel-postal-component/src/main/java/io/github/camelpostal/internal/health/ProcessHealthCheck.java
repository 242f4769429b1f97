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
package io.github.camelpostal.internal.health;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

import io.github.camelpostal.internal.client.PostalHttpClients;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.HttpStatus;

/**
 * Whether one of Postal's processes, worker or SMTP server, runs, by its own word (protocol 8), which says nothing about its
 * database. It is given no API key.
 */
final class ProcessHealthCheck extends AbstractHealthCheck implements AutoCloseable {

    private final URI health;
    private final PostalHttpClients.Lease http;

    ProcessHealthCheck(String name, URI health, PostalHttpClients.Lease http) {
        super("camel", "producer:postal-" + name);
        this.health = health;
        this.http = http;
    }

    /** Whether a URL can be that of a process, such as {@code http://postal-worker:9090/health}. */
    static boolean isUsable(URI health) {
        return ("http".equalsIgnoreCase(health.getScheme()) || "https".equalsIgnoreCase(health.getScheme()))
                && health.getHost() != null && health.getRawUserInfo() == null;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        try {
            int status = http.client().execute(new HttpGet(health), response -> response.getCode());
            builder.detail(HTTP_RESPONSE_CODE, status);
            builder.state(status == HttpStatus.SC_OK ? State.UP : State.DOWN);
            if (status != HttpStatus.SC_OK) {
                builder.message("It responded with HTTP " + status + ", so this is not the health URL of a Postal process");
            }
        } catch (IOException e) {
            builder.message("It does not respond (" + e.getClass().getSimpleName() + ")").down();
        }
    }

    /** Gives the connection back; the check is of no use afterwards. */
    @Override
    public void close() {
        http.close();
    }
}
