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
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.ContentDisposition;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import org.jspecify.annotations.Nullable;

/**
 * One request to the page, taken apart. Knows how browsers encode forms, never what a field means.
 *
 * @param steps of the path, decoded, without the page's prefix
 */
record PageRequest(String method, List<String> steps, Map<String, String> query, Headers headers, byte[] body) {
    /** More than any mail that Postal takes (14 MB by default), with room for a form around it. */
    private static final int LARGEST_BODY = 32 * 1024 * 1024;

    /** What was sent is larger than anything we take. */
    static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** What was sent is no form. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedException(Throwable cause) {
            super(cause);
        }
    }

    static PageRequest of(HttpExchange exchange, String prefix) throws IOException, TooLargeException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            throw new TooLargeException();
        }
        String path = exchange.getRequestURI().getRawPath().substring(prefix.length());
        List<String> steps = Arrays.stream(path.split("/")).filter(step -> !step.isEmpty()).map(PageRequest::decoded).toList();
        return new PageRequest(exchange.getRequestMethod(), steps, pairs(exchange.getRequestURI().getRawQuery()),
                exchange.getRequestHeaders(), body);
    }

    boolean reads() {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** Empty when it is not there. */
    String query(String name) {
        return query.getOrDefault(name, "");
    }

    /** Null when it is not there. */
    @Nullable
    String header(String name) {
        return headers.getFirst(name);
    }

    /** Host and port as the client knows them; nothing gets here without. */
    String host() {
        return Objects.requireNonNull(header("Host"), "Host");
    }

    boolean isMail() {
        return contentType().startsWith("message/rfc822");
    }

    /** The fields of a form, whichever way it is encoded; files by their field's name. */
    Map<String, byte[]> form() throws MalformedException {
        if (contentType().startsWith("multipart/form-data")) {
            return parts();
        }
        Map<String, byte[]> fields = new LinkedHashMap<>();
        if (contentType().startsWith("application/x-www-form-urlencoded")) {
            pairs(new String(body, StandardCharsets.UTF_8))
                    .forEach((name, value) -> fields.put(name, value.getBytes(StandardCharsets.UTF_8)));
        }
        return fields;
    }

    private String contentType() {
        String type = header("Content-Type");
        return type == null ? "" : type.strip().toLowerCase(Locale.ROOT);
    }

    private Map<String, byte[]> parts() throws MalformedException {
        Map<String, byte[]> fields = new LinkedHashMap<>();
        try {
            MimeMultipart multipart = new MimeMultipart(new ByteArrayDataSource(body, header("Content-Type")));
            for (int i = 0; i < multipart.getCount(); i++) {
                BodyPart part = multipart.getBodyPart(i);
                String name = new ContentDisposition(part.getHeader("Content-Disposition")[0]).getParameter("name");
                fields.put(name == null ? "" : name, part.getInputStream().readAllBytes());
            }
            return fields;
        } catch (MessagingException | IOException | RuntimeException e) { // the library also fails on missing headers
            throw new MalformedException(e);
        }
    }

    private static Map<String, String> pairs(@Nullable String encoded) {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (encoded != null) {
            for (String pair : encoded.split("&")) {
                int equals = pair.indexOf('=');
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                pairs.putIfAbsent(name, equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return pairs;
    }

    /** As it stands when it is no percent encoding. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
