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
package io.github.camelpostal.sandbox.api;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a call decides: the {@code status} and {@code data} of Postal's envelope (contract 2.3). */
record Outcome(String status, Object data) {

    static Outcome success(Object data) {
        return new Outcome("success", data);
    }

    /** An error of contract 2.5 with a text for people. */
    static Outcome error(ErrorCode code) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("message", code.message());
        data.put("code", code.text());
        return new Outcome("error", data);
    }

    /** An error that echoes something back: the key, or the id that was not found. */
    static Outcome error(ErrorCode code, String member, Object echoed) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("message", code.message());
        data.put(member, echoed);
        data.put("code", code.text());
        return new Outcome("error", data);
    }

    /** Without a text: a suspended server, and a raw message's sender (contract 2.5, since 3.3.1). */
    static Outcome bareError(ErrorCode code) {
        return new Outcome("error", Map.of("code", code.text()));
    }

    /** A parameter is missing or of the wrong kind; there is no code. */
    static Outcome missing(String parameter) {
        return new Outcome("parameter-error", Map.of("message", "`" + parameter + "` parameter is required but is missing"));
    }

    /** @param seconds time spent, three decimals */
    Map<String, Object> envelope(double seconds) {
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("status", status);
        envelope.put("time", seconds);
        envelope.put("flags", Map.of());
        envelope.put("data", data);
        return envelope;
    }
}
