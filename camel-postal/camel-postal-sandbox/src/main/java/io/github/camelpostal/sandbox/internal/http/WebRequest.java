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
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import com.sun.net.httpserver.Headers;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request, read to its end.
 *
 * @param path    decoded, as it was sent
 * @param query   raw, or null
 * @param body    null when it is larger than any database packet
 * @param peer    the address that the connection came from
 * @param started {@link System#nanoTime()} when it came in
 */
record WebRequest(String method, String path, @Nullable String query, Headers headers, byte @Nullable [] body, String peer,
        long started) {
    private static final Pattern BROWSER = Pattern.compile(",\\s*\\*/\\*|\\*/\\*\\s*,");
    private static final Pattern OURS = Pattern.compile("127\\.0\\.0\\.1|::1|localhost|unix(:.*)?|fd[0-9a-f]{2}:.+");

    /** The first of that name, or null; bytes are read as UTF-8. */
    @Nullable
    String header(String name) {
        String value = headers.getFirst(name);
        return value == null ? null : new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** The body of a request for which it is known that there is one that we take. */
    byte[] bytes() {
        return Objects.requireNonNull(body, "body");
    }

    /** Several slashes count as one. */
    String plainPath() {
        return path.replaceAll("/{2,}", "/");
    }

    /** Rails looks at the first type only, and takes a browser's list for HTML. */
    boolean wantsJson() {
        String accept = headers.getFirst("Accept");
        return accept != null && !BROWSER.matcher(accept).find()
                && accept.split("[,;]")[0].strip().equalsIgnoreCase("application/json");
    }

    /** Whether Rails chooses the form of the response by {@code Accept}: not for a browser's list, nor where the path says it. */
    boolean isNegotiated() {
        String accept = headers.getFirst("Accept");
        boolean suffix = path.matches("/api/.*\\.[^./]+");
        return accept != null && !accept.isBlank() && !BROWSER.matcher(accept).find() && !suffix;
    }

    /** The last of {@code X-Forwarded-For} that is no proxy of ours; the peer itself without one (protocol 2.1). */
    String clientAddress() {
        String[] forwarded = headers.getOrDefault("X-Forwarded-For", List.of()).stream()
                .flatMap(value -> Arrays.stream(value.split(","))).map(String::strip)
                .filter(address -> !address.isEmpty() && !OURS.matcher(address).matches()).toArray(String[]::new);
        return forwarded.length == 0 ? peer : forwarded[forwarded.length - 1];
    }
}
