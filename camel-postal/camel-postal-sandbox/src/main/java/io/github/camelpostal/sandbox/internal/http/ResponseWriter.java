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

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;

/** Puts a response on the wire, with the headers that Postal's web process adds to it (protocol 2.1; recorded). */
final class ResponseWriter {
    private static final Map<String, String> PROTECTING_BROWSERS = Map.of(
            "X-Frame-Options", "sameorigin",
            "X-Content-Type-Options", "nosniff",
            "X-XSS-Protection", "1; mode=block",
            "X-Download-Options", "noopen",
            "X-Permitted-Cross-Domain-Policies", "none",
            "Content-Security-Policy", "child-src 'self'; connect-src 'self'; font-src 'self' https: data:; "
                    + "img-src 'self' https: data:; object-src 'none'; script-src 'self'; style-src 'self' https: 'unsafe-inline'");

    private ResponseWriter() {
    }

    static void send(HttpExchange exchange, WebRequest request, WebResponse response) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        if (response.origin() != WebResponse.Origin.SERVER) {
            PROTECTING_BROWSERS.forEach(headers::set);
        }
        response.headers().forEach(headers::set);
        int status = response.status();
        if (response.origin() == WebResponse.Origin.RAILS) {
            headers.set("X-Request-Id", UUID.randomUUID().toString());
            headers.set("X-Runtime", String.format(Locale.ROOT, "%.6f", (System.nanoTime() - request.started()) / 1e9));
            status = status == 200 ? tagged(headers, request, response.body()) : status;
        }
        if (request.method().equals("HEAD") && response.origin() == WebResponse.Origin.MIDDLEWARE) {
            headers.set("Content-Length", Integer.toString(response.body().length)); // Rails leaves it out, what is before it does not
        }
        if (status == 304 || request.method().equals("HEAD") || response.body().length == 0) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, response.body().length);
            exchange.getResponseBody().write(response.body());
        }
        exchange.getResponseBody().close();
    }

    /** 304, without a type, when the client has it already. */
    private static int tagged(Headers headers, WebRequest request, byte[] body) {
        String etag = "W/\"" + md5(body) + '"';
        headers.set("ETag", etag);
        headers.set("Cache-Control", "max-age=0, private, must-revalidate");
        if (request.isNegotiated()) {
            headers.set("Vary", "Accept");
        }
        boolean unchanged = request.method().equals("GET") && etag.equals(request.header("If-None-Match"));
        if (unchanged) {
            headers.remove("Content-Type");
        }
        return unchanged ? 304 : 200;
    }

    private static String md5(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5", e);
        }
    }
}
