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

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.camelpostal.sandbox.format.PostalJson;

/** One HTTP answer. Everything that Postal's own code decides is 200; other statuses come from the frame around it (contract 2.4). */
record Answer(int status, String contentType, byte[] body) {
    static final String JSON = "application/json; charset=utf-8";
    static final String HTML = "text/html; charset=UTF-8";

    private static final Map<Integer, String> REASONS = Map.of(
            400, "Bad Request", 404, "Not Found", 500, "Internal Server Error", 503, "Service Unavailable");

    /** JSON with status 200. */
    static Answer json(Object value) {
        return new Answer(200, JSON, PostalJson.write(value));
    }

    /** What the Host rule and a bodyless 400 look like, whatever is accepted. */
    static Answer emptyHtml(int status) {
        return new Answer(status, HTML, new byte[0]);
    }

    /** The look-alike JSON whose {@code status} is a number, or a page; there is no page for 400 (contract 2.4). */
    static Answer frame(int status, boolean wantsJson) {
        String reason = REASONS.get(status);
        if (wantsJson) {
            Map<String, Object> other = new LinkedHashMap<>();
            other.put("status", status);
            other.put("error", reason);
            return new Answer(status, JSON, PostalJson.write(other));
        }
        if (status == 400) {
            return emptyHtml(status);
        }
        String page = "<!DOCTYPE html>\n<html>\n<head>\n  <title>" + reason + " (" + status
                + ")</title>\n</head>\n<body>\n  <h1>"
                + reason + "</h1>\n</body>\n</html>\n";
        return new Answer(status, HTML, page.getBytes(StandardCharsets.UTF_8));
    }
}
