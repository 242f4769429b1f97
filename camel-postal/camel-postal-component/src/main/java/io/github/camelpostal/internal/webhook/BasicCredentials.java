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
package io.github.camelpostal.internal.webhook;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The HTTP Basic credentials that a request must carry, or none.
 *
 * <p>Postal takes them from the URL of the webhook or endpoint and sends them as they stand there, still percent-encoded
 * (protocol 4.3), so both spellings are right.
 */
public final class BasicCredentials {

    private static final String SCHEME = "Basic ";

    private final List<byte[]> accepted;

    private BasicCredentials(List<byte[]> accepted) {
        this.accepted = accepted;
    }

    /** Every request is let in. */
    public static BasicCredentials none() {
        return new BasicCredentials(List.of());
    }

    /** A request must carry these. */
    public static BasicCredentials of(String username, String password) {
        return new BasicCredentials(List.of(
                bytes(username + ":" + password),
                bytes(percentEncoded(username) + ":" + percentEncoded(password))));
    }

    /** Whether a request must carry any. */
    public boolean areRequired() {
        return !accepted.isEmpty();
    }

    /** Whether these are the credentials of a request, or none are required. Takes the same time for every wrong value. */
    boolean accept(Optional<String> authorization) {
        if (!areRequired()) {
            return true;
        }
        byte[] given = authorization.flatMap(BasicCredentials::decoded).orElse(new byte[0]);
        boolean right = false;
        for (byte[] expected : accepted) {
            right |= MessageDigest.isEqual(expected, given);
        }
        return right;
    }

    private static Optional<byte[]> decoded(String authorization) {
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getDecoder().decode(authorization.substring(SCHEME.length()).trim()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** As RFC 3986 asks for in a URL, which is what a person writes into Postal's form. */
    private static String percentEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
