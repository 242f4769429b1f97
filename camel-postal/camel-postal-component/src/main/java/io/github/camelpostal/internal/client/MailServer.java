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
package io.github.camelpostal.internal.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

import io.github.camelpostal.api.ServerAccess;
import org.jspecify.annotations.Nullable;

/**
 * One mail server as an endpoint wants it connected: where it is, whose key opens it, and how to connect.
 */
public record MailServer(ServerAccess access, Account account, ConnectionSettings connection) {

    /**
     * Whose key it is.
     *
     * @param name  of one of the component's servers; null for the component's own key
     * @param owner the endpoint, if the key stands on its URI; else null
     */
    public record Account(@Nullable String name, @Nullable Object owner) {
    }

    /** The server's name, else its host and port. */
    public String label() {
        return account.name() == null ? access.baseUrl().getRawAuthority() : account.name();
    }

    /**
     * What the send ledger calls the mail server: its installation, and which of the mail servers there. The same after a change
     * of the API key, unless the key stands on an endpoint's URI: nothing else tells two of those apart.
     */
    public String ledgerName() {
        return account.owner() == null
                ? ledgerName(access.baseUrl(), account.name())
                : ledgerName(access.baseUrl(), "key-" + fingerprint(access.apiKey().get()));
    }

    /** The same for who has no key. */
    public static String ledgerName(URI baseUrl, @Nullable String name) {
        String path = baseUrl.getRawPath() == null ? "" : baseUrl.getRawPath().replaceFirst("/+$", "");
        return baseUrl.getScheme().toLowerCase(Locale.ROOT) + "://" + baseUrl.getRawAuthority().toLowerCase(Locale.ROOT) + path
                + (name == null ? "" : "#" + name);
    }

    private static String fingerprint(@Nullable String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(String.valueOf(key).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return access.toString();
    }
}
