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
package io.github.camelpostal;

import java.io.IOException;
import java.util.Map;

import io.github.camelpostal.api.PostalProcess;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Whether one of Postal's processes runs, by its own word (contract 8), which says nothing about its database.
 */
final class ProcessHealthCheck extends AbstractHealthCheck {

    private static final int OK = 200;

    private final PostalProcess process;
    private final PostalHttpClients.Lease http;

    ProcessHealthCheck(String name, PostalProcess process, PostalHttpClients.Lease http) {
        super("camel", "producer:postal-" + name);
        this.process = process;
        this.http = http;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        try {
            int status = process.status(http.client());
            builder.detail(HTTP_RESPONSE_CODE, status);
            builder.state(status == OK ? State.UP : State.DOWN);
            if (status != OK) {
                builder.message("It answered HTTP " + status + ", so this is not the health URL of a Postal process");
            }
        } catch (IOException e) {
            builder.message("It does not answer (" + e.getClass().getSimpleName() + ")").down();
        }
    }

    /** Gives the connection back; the check is of no use afterwards. */
    void close() {
        http.close();
    }
}
