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
import java.util.function.Function;

/** What a call decides, before it is put into the envelope (protocol 2.3). */
sealed interface CallResult {

    /** {@code success}, {@code error} or {@code parameter-error}. */
    String status();

    /** @param failures how a framework writes the data of an error */
    Object data(Function<Failure, Map<String, Object>> failures);

    /** @param data what was asked for */
    record Success(Object content) implements CallResult {
        @Override
        public String status() {
            return "success";
        }

        @Override
        public Object data(Function<Failure, Map<String, Object>> failures) {
            return content;
        }
    }

    /**
     * An error of protocol 2.5.
     *
     * @param echoed       what is given back: the key, or the id that was not found
     * @param hasNoMessage since 3.3.1: a suspended server, and a raw message's sender
     */
    record Failure(ErrorCode code, Map<String, Object> echoed, boolean hasNoMessage) implements CallResult {
        @Override
        public String status() {
            return "error";
        }

        @Override
        public Object data(Function<Failure, Map<String, Object>> failures) {
            return failures.apply(this);
        }
    }

    /** A parameter is missing or of the wrong kind; there is no code. */
    record ParameterError(String message) implements CallResult {
        @Override
        public String status() {
            return "parameter-error";
        }

        @Override
        public Object data(Function<Failure, Map<String, Object>> failures) {
            return Map.of("message", message);
        }
    }

    static CallResult success(Object data) {
        return new Success(data);
    }

    static CallResult error(ErrorCode code) {
        return new Failure(code, Map.of(), false);
    }

    static CallResult error(ErrorCode code, String member, Object echoed) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put(member, echoed);
        return new Failure(code, data, false);
    }

    static CallResult bareError(ErrorCode code) {
        return new Failure(code, Map.of(), true);
    }

    static CallResult missing(String parameter) {
        return new ParameterError("`" + parameter + "` parameter is required but is missing");
    }
}
