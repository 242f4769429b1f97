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

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelpostal.sandbox.internal.format.PostalJson;
import org.jspecify.annotations.Nullable;

/**
 * The framework Moonrope, until 3.3.0 (protocol 11): any method, types checked before the call, its own words for what is wrong
 * with a request, and CORS for everybody.
 */
final class MoonropeFramework implements ApiFramework {
    private static final Pattern PATH = Pattern.compile("/api/v?[^/]*/([\\w.-]+)/([\\w.-]+)(?:/.*)?");
    private static final String JSON = "application/json";
    private static final int DECIMALS = 2;

    @Override
    public Optional<String> call(WebRequest request) {
        Matcher path = PATH.matcher(request.path());
        return request.method().equals("OPTIONS") || !path.matches()
                ? Optional.empty()
                : Optional.of(path.group(1) + "/" + path.group(2)).filter(ApiCalls.NAMES::contains);
    }

    @Override
    public Optional<WebResponse> withoutCall(WebRequest request) {
        if (!request.path().startsWith("/api/")) {
            return Optional.empty();
        }
        if (request.method().equals("OPTIONS")) {
            WebResponse ok = cors(WebResponse.of(200, "text/plain", "OK".getBytes(StandardCharsets.US_ASCII)));
            String asked = request.header("Access-Control-Request-Headers");
            return Optional
                    .of(asked == null ? ok : ok.with("Access-Control-Allow-Headers", asked.replaceAll("\\p{Cntrl}", "")));
        }
        return Optional.of(problem(400, Map.of("status", "invalid-controller-or-action")));
    }

    /** A blank one is looked up, and not found. */
    @Override
    public boolean isMissing(@Nullable String key) {
        return key == null;
    }

    @Override
    public CallResult accessDenied(String call) {
        Map<String, Object> where = new LinkedHashMap<>();
        where.put("action", call.substring(call.indexOf('/') + 1));
        where.put("controller", call.substring(0, call.indexOf('/')));
        return new CallResult.Failure(ErrorCode.ACCESS_DENIED, where, false);
    }

    @Override
    public ObjectNode parameters(String call, WebRequest request)
            throws Parameters.MalformedException, Parameters.WrongParameterException {
        ObjectNode parameters = Parameters.readByMoonrope(request.headers().getFirst("Content-Type"), request.query(),
                request.bytes());
        MoonropeTypes.check(call, parameters);
        return parameters;
    }

    /** The time is missing when the key was refused. */
    @Override
    public WebResponse respond(CallResult outcome, boolean authenticated, long started) {
        Double time = authenticated ? ApiFramework.secondsSince(started, DECIMALS) : null;
        Map<String, Object> envelope = ApiFramework.envelope(outcome.status(), time, outcome.data(MoonropeFramework::data));
        return cors(WebResponse.of(200, JSON, PostalJson.write(envelope)));
    }

    @Override
    public WebResponse malformed(WebRequest request) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("status", "invalid-json");
        problem.put("details", "The parameters are no JSON");
        return problem(400, problem);
    }

    @Override
    public WebResponse crashed(WebRequest request) {
        return problem(500, Map.of("status", "internal-server-error"));
    }

    private static WebResponse problem(int status, Map<String, Object> json) {
        return cors(WebResponse.of(status, JSON, PostalJson.write(json)));
    }

    private static WebResponse cors(WebResponse response) {
        return response.with("Access-Control-Allow-Origin", "*").with("Access-Control-Allow-Methods", "*");
    }

    /** The code first, and always with a message. */
    private static Map<String, Object> data(CallResult.Failure failure) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("code", failure.code().text());
        data.put("message", failure.code().message());
        data.putAll(failure.echoed());
        return data;
    }
}
