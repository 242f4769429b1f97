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
import java.net.URISyntaxException;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** What may be shown of a URL that somebody configured: no user, no password, no query. */
public final class ShownUrl {

    private ShownUrl() {
    }

    /** Without a trailing slash. Empty for none, and for what is no URL: such a text may be anything, also a key. */
    public static Optional<String> of(@Nullable String url) {
        try {
            URI given = url == null ? null : new URI(url.strip());
            if (given == null || given.getScheme() == null || given.getRawAuthority() == null) {
                return Optional.empty();
            }
            String path = given.getRawPath() == null ? "" : given.getRawPath().replaceFirst("/+$", "");
            return Optional.of(given.getScheme() + "://" + given.getRawAuthority().replaceFirst("^.*@", "") + path);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
