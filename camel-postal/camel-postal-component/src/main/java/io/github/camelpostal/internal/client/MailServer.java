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

    /** Without the key. */
    @Override
    public String toString() {
        return access.toString();
    }
}
