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
package io.github.camelpostal.sandbox.internal.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

import com.sun.net.httpserver.HttpExchange;

/** A response of the page. Each carries a policy that allows no more than it needs, and none may be kept by the browser. */
record PageResponse(int status, String contentType, Map<String, String> headers, byte[] body) {
    private static final String HTML = "text/html; charset=utf-8";
    private static final String NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";
    private static final String PAGE = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
            + "img-src 'self' data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    private static final String MAIL = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; "
            + "frame-ancestors 'self'; sandbox; img-src data:";

    /** A whole page of ours. */
    static PageResponse page(int status, String html) {
        // not no-referrer: with that a browser says Origin: null with our own forms
        return new PageResponse(status, HTML, Map.of("Content-Security-Policy", PAGE, "Referrer-Policy", "same-origin"),
                utf8(html));
    }

    /** Somebody's HTML, for the frame: no script, no form, no link out of the frame, nothing loaded. */
    static PageResponse mail(String html, boolean remoteImages) {
        String policy = remoteImages ? MAIL + " http: https:" : MAIL;
        return new PageResponse(200, HTML, Map.of("Content-Security-Policy", policy, "X-DNS-Prefetch-Control", "off"),
                utf8(html));
    }

    /** Something to keep, never to show: whatever it is, the browser does not open it here. */
    static PageResponse download(String filename, byte[] content) {
        return new PageResponse(200, "application/octet-stream",
                Map.of("Content-Disposition", DispositionHeader.attachment(filename)), content);
    }

    static PageResponse asset(String contentType, byte[] content) {
        return new PageResponse(200, contentType, Map.of(), content);
    }

    static PageResponse json(String json) {
        return new PageResponse(200, "application/json", Map.of(), utf8(json));
    }

    static PageResponse text(int status, String text) {
        return new PageResponse(status, "text/plain; charset=utf-8", Map.of(), utf8(text));
    }

    /** @param location a path that we made: never one from a request */
    static PageResponse seeOther(String location) {
        return new PageResponse(303, "text/plain; charset=utf-8", Map.of("Location", location), new byte[0]);
    }

    PageResponse with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new PageResponse(status, contentType, more, body);
    }

    void send(HttpExchange exchange) throws IOException {
        Map<String, String> all = new TreeMap<>(Map.of(
                "Content-Type", contentType,
                "Content-Security-Policy", NOTHING,
                "Cache-Control", "no-store",
                "X-Content-Type-Options", "nosniff",
                "Referrer-Policy", "no-referrer",
                "Cross-Origin-Opener-Policy", "same-origin",
                "Cross-Origin-Resource-Policy", "same-origin"));
        all.putAll(headers);
        all.forEach(exchange.getResponseHeaders()::set);
        boolean empty = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, empty ? -1 : body.length);
        if (!empty) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
