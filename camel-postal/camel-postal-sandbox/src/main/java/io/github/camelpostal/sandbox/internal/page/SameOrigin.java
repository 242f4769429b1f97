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

import java.net.URI;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Whether a request comes from the page itself, so that no other web page can make the sandbox do something. The server has
 * checked the Host before, which a rebound DNS name does not pass.
 */
final class SameOrigin {
    /** A header that no other web page can send without asking first, which is refused. */
    static final String SCRIPT_HEADER = "X-Postal-Sandbox";

    private SameOrigin() {
    }

    /**
     * Everything that the browser says about where it comes from must say: from here. One that says nothing at all is no browser
     * of these years; it must carry {@link #SCRIPT_HEADER}.
     */
    static boolean mayChange(PageRequest request) {
        String site = request.header("Sec-Fetch-Site");
        String origin = request.header("Origin");
        String referer = request.header("Referer");
        if (site == null && origin == null && referer == null) {
            return request.header(SCRIPT_HEADER) != null;
        }
        String host = request.header("Host");
        return (site == null || site.equals("same-origin"))
                && (origin == null || isFrom(origin, host))
                && (referer == null || isFrom(referer, host));
    }

    /** Whether the browser says that another site has led here. */
    static boolean isLedFromElsewhere(PageRequest request) {
        String site = request.header("Sec-Fetch-Site");
        return site != null && !site.equals("same-origin") && !site.equals("none");
    }

    private static boolean isFrom(String url, @Nullable String host) {
        try {
            URI uri = URI.create(url.strip());
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return web && host != null && uri.getRawAuthority() != null
                    && uri.getRawAuthority().toLowerCase(Locale.ROOT).equals(host.strip().toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
