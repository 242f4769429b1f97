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
package io.github.camelpostal.internal.webhook.http;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.camel.CamelContext;

/**
 * Quarkus rejects large bodies with 413 before anything else sees them, and Postal bounces the mail. Nothing but its own
 * property changes that.
 */
final class QuarkusBodyLimit {

    private static final String QUARKUS_HTTP = "io.quarkus.vertx.http.runtime.VertxHttpRecorder";
    private static final String PROPERTY = "quarkus.http.limits.max-body-size";
    private static final String DEFAULT = "10240K";
    private static final Pattern SIZE = Pattern.compile("(\\d+)\\s*([KMG]?)B?");

    private QuarkusBodyLimit() {
    }

    /** @throws IllegalArgumentException if this is Quarkus, and its limit is lower */
    static void require(CamelContext context, long maxBodySize) {
        if (context.getClassResolver().resolveClass(QUARKUS_HTTP) == null) {
            return;
        }
        String configured = context.getPropertiesComponent().resolveProperty(PROPERTY).orElse(DEFAULT);
        if (bytes(configured) < maxBodySize) {
            throw new IllegalArgumentException("Quarkus rejects bodies over " + PROPERTY + "=" + configured + " with 413, and"
                    + " Postal bounces the mail. Set " + PROPERTY + "=" + (maxBodySize + 1023) / 1024
                    + "K, or a lower maxBodySize");
        }
    }

    /** Unlimited if it has a form that is not known here. */
    private static long bytes(String size) {
        Matcher matcher = SIZE.matcher(size.strip().toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Long.MAX_VALUE;
        }
        int shift = switch (matcher.group(2)) {
            case "K" -> 10;
            case "M" -> 20;
            case "G" -> 30;
            default -> 0;
        };
        return Long.parseLong(matcher.group(1)) << shift;
    }
}
