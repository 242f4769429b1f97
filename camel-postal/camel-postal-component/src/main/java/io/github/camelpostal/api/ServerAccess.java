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
package io.github.camelpostal.api;

import java.net.URI;
import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Which Postal to call, and with which key. Its text never shows the key.
 *
 * @param baseUrl    {@code http} or {@code https}, with a path prefix or trailing slash if need be; neither user
 *                   information nor a query
 * @param apiKey     asked for each call, so that a renewed key is used by the next one; the key of a credential of type API
 * @param hostHeader what to send as {@code Host} instead of the host of the base URL: Postal refuses a name that is not its
 *                   own (protocol 2.1); null for that of the base URL
 */
public record ServerAccess(URI baseUrl, Supplier<@Nullable String> apiKey, @Nullable String hostHeader) {

    /** @throws IllegalArgumentException if the base URL cannot be used, with what it has to look like */
    public ServerAccess {
        Objects.requireNonNull(apiKey, "apiKey");
        String scheme = baseUrl.getScheme();
        if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
            throw unusable("it must start with http:// or https://");
        }
        if (baseUrl.getRawAuthority() == null) {
            throw unusable("it names no host");
        }
        if (baseUrl.getRawAuthority().indexOf('@') >= 0) {
            throw unusable("it must not hold a user name or password");
        }
        if (baseUrl.getRawQuery() != null || baseUrl.getRawFragment() != null) {
            throw unusable("it must have neither a query nor a fragment");
        }
        if (hostHeader != null && !hostHeader.matches("[!-~]+")) {
            throw new IllegalArgumentException("hostHeader cannot be sent; write a host name, for example postal.example.com");
        }
    }

    private static IllegalArgumentException unusable(String reason) {
        // the URL itself is not repeated: it may hold a password
        return new IllegalArgumentException(
                "The URL of the Postal server cannot be used: " + reason + "; write, for example, https://postal.example.com");
    }

    @Override
    public String toString() {
        return "ServerAccess[" + baseUrl + (hostHeader == null ? "" : " as " + hostHeader) + "]";
    }
}
