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
package io.github.camelpostal.sandbox.internal.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Rails controllers, since 3.3.1: types are not checked, so that wrong ones crash or are made into something (protocol 2.4). */
final class RailsFramework implements ApiFramework {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH");
    private static final String PREFIX = "/api/v1/";
    private static final int DECIMALS = 3;

    @Override
    public Optional<String> call(WebRequest request) {
        String path = request.plainPath().replaceAll("(\\.[^./]+)?/?$", "");
        return Optional.of(path).filter(known -> METHODS.contains(request.method()) && known.startsWith(PREFIX))
                .map(known -> known.substring(PREFIX.length())).filter(ApiCalls.NAMES::contains);
    }

    @Override
    public Optional<WebResponse> withoutCall(WebRequest request) {
        return Optional.empty();
    }

    @Override
    public boolean isMissing(@Nullable String key) {
        return key == null || key.isBlank();
    }

    @Override
    public CallResult accessDenied(String call) {
        return CallResult.error(ErrorCode.ACCESS_DENIED);
    }

    @Override
    public ObjectNode parameters(String call, WebRequest request) throws Parameters.MalformedException {
        return Parameters.read(request.headers().getFirst("Content-Type"), request.query(), request.bytes());
    }

    @Override
    public WebResponse respond(CallResult outcome, boolean authenticated, long started) {
        return WebResponse.json(ApiFramework.envelope(outcome.status(), ApiFramework.secondsSince(started, DECIMALS),
                outcome.data(RailsFramework::data)));
    }

    @Override
    public WebResponse malformed(WebRequest request) {
        return WebResponse.frame(400, request.wantsJson());
    }

    @Override
    public WebResponse crashed(WebRequest request) {
        return WebResponse.frame(500, request.wantsJson());
    }

    private static Map<String, Object> data(CallResult.Failure failure) {
        Map<String, Object> data = new LinkedHashMap<>();
        if (!failure.hasNoMessage()) {
            data.put("message", failure.code().message());
        }
        data.putAll(failure.echoed());
        data.put("code", failure.code().text());
        return data;
    }
}
