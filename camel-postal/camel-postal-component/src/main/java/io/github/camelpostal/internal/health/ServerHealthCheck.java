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

import java.util.Map;

import io.github.camelpostal.api.PostalClient;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalException;
import io.github.camelpostal.api.PostalUnavailableException;
import io.github.camelpostal.api.ServerAccess;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Whether a mail server would take a call, asked by one that changes nothing (protocol 2.2). Says which thing is wrong, since each
 * is for somebody else to repair; never the key.
 */
final class ServerHealthCheck extends AbstractHealthCheck {

    private static final int FORBIDDEN = 403;

    private final PostalClient client;
    private final ServerAccess access;

    ServerHealthCheck(String id, PostalClient client, ServerAccess access) {
        super("camel", id);
        this.client = client;
        this.access = access;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.detail("postal.serverUrl", access.baseUrl().toString());
        try {
            client.probe();
            builder.up();
        } catch (PostalException e) {
            builder.detail("postal.problem", problem(e));
            if (e.rawCode() != null) {
                builder.detail("postal.code", e.rawCode());
            }
            if (e.httpStatus() > 0) {
                builder.detail(HTTP_RESPONSE_CODE, e.httpStatus());
            }
            builder.message(e.getMessage()).down();
        }
    }

    private static String problem(PostalException e) {
        return switch (PostalErrorCode.of(e.rawCode())) {
            case ACCESS_DENIED, INVALID_SERVER_API_KEY -> "wrong-key";
            case SERVER_SUSPENDED -> "suspended";
            default -> e.httpStatus() == FORBIDDEN
                    ? "wrong-host"
                    : e instanceof PostalUnavailableException ? "unreachable" : "misconfigured";
        };
    }
}
