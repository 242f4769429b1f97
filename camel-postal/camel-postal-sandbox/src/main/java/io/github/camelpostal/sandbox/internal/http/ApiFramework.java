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

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** What stands around the four calls: which request is for which, how parameters come in, how responses go out (protocol 11). */
sealed interface ApiFramework permits RailsFramework, MoonropeFramework {

    /** {@code send/message} and the like; empty when the request is for none of the calls. */
    Optional<String> call(WebRequest request);

    /** The response to a request that is for none of the calls; empty if it is not for the API at all. */
    Optional<WebResponse> withoutCall(WebRequest request);

    /** Whether the request carries no key at all. */
    boolean isMissing(@Nullable String key);

    /** What is said then. */
    CallResult accessDenied(String call);

    /**
     * @throws Parameters.MalformedException      when JSON cannot be read
     * @throws Parameters.WrongParameterException when a parameter is missing or of the wrong type
     * @throws CrashException                     where Postal's code throws
     */
    ObjectNode parameters(String call, WebRequest request)
            throws Parameters.MalformedException, Parameters.WrongParameterException;

    /** @param authenticated whether it came to the call at all */
    WebResponse respond(CallResult outcome, boolean authenticated, long started);

    WebResponse malformed(WebRequest request);

    WebResponse crashed(WebRequest request);

    /** The four members, in order. */
    static Map<String, Object> envelope(String status, @Nullable Double time, Object data) {
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("status", status);
        envelope.put("time", time);
        envelope.put("flags", Map.of());
        envelope.put("data", data);
        return envelope;
    }

    /** Seconds since then, in so many decimals. */
    static double secondsSince(long started, int decimals) {
        double unit = Math.pow(10, decimals);
        return Math.round((System.nanoTime() - started) / 1e9 * unit) / unit;
    }
}
