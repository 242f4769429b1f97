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

import io.github.camelpostal.sandbox.internal.format.PostalJson;

/**
 * One HTTP response. Everything that Postal's own code decides is 200; other statuses come from the framework around it (protocol 2.4).
 *
 * @param headers those of this response alone
 * @param origin  who made it, which decides what other headers it has
 */
record WebResponse(int status, Map<String, String> headers, byte[] body, Origin origin) {
    static final String JSON = "application/json; charset=utf-8";
    static final String HTML = "text/html; charset=UTF-8";

    private static final Map<Integer, String> REASONS = Map.of(
            400, "Bad Request", 404, "Not Found", 500, "Internal Server Error", 502, "Bad Gateway", 503, "Service Unavailable",
            504, "Gateway Timeout");

    /** Where in the stack of the web process a response is made. */
    enum Origin {
        /** The HTTP server itself: no headers besides the framing. */
        SERVER,
        /** Before Rails, such as the Host rule and tracking: the headers that protect browsers. */
        MIDDLEWARE,
        /** Rails: also request id, run time and, on success, an entity tag. */
        RAILS
    }

    /** JSON with status 200. */
    static WebResponse json(Object value) {
        return of(200, JSON, PostalJson.write(value));
    }

    static WebResponse of(int status, String contentType, byte[] body) {
        return new WebResponse(status, Map.of("Content-Type", contentType), body, Origin.RAILS);
    }

    /** A line of text from before Rails, without a type. */
    static WebResponse middleware(int status, String text) {
        return new WebResponse(status, Map.of(), text.getBytes(StandardCharsets.UTF_8), Origin.MIDDLEWARE);
    }

    /** What the HTTP server says to a request that it does not take. */
    static WebResponse refused(int status) {
        return new WebResponse(status, Map.of(), new byte[0], Origin.SERVER);
    }

    /** What the Host rule looks like, whatever is accepted. */
    static WebResponse forbidden() {
        return new WebResponse(403, Map.of("Content-Type", HTML), new byte[0], Origin.MIDDLEWARE);
    }

    /** The look-alike JSON whose {@code status} is a number, or a page; there is no page for 400 (protocol 2.4). */
    static WebResponse frame(int status, boolean wantsJson) {
        String reason = REASONS.getOrDefault(status, "Error");
        if (wantsJson) {
            Map<String, Object> other = new LinkedHashMap<>();
            other.put("status", status);
            other.put("error", reason);
            return of(status, JSON, PostalJson.write(other));
        }
        if (status == 400) {
            return of(status, HTML, new byte[0]);
        }
        String page = "<!DOCTYPE html>\n<html>\n<head>\n  <title>" + reason + " (" + status
                + ")</title>\n</head>\n<body>\n  <h1>"
                + reason + "</h1>\n</body>\n</html>\n";
        return of(status, HTML, page.getBytes(StandardCharsets.UTF_8));
    }

    /** With one header more. */
    WebResponse with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new WebResponse(status, more, body, origin);
    }
}
