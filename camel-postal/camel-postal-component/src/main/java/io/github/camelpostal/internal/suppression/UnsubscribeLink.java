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
package io.github.camelpostal.internal.suppression;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The link in List-Unsubscribe: the address of the page with the token in a query parameter. */
public final class UnsubscribeLink {

    /** The query parameter. */
    public static final String PARAMETER = "t";
    private static final Pattern WITH_TOKEN = Pattern.compile("(?:^|.*&)" + PARAMETER + "=[A-Za-z0-9_-]{43,2048}(?:&.*)?");
    private static final int LONGEST_FIELD = 10_000;

    private UnsubscribeLink() {
    }

    /**
     * @param page {@code https://...}: RFC 8058 knows no other scheme
     */
    public static String of(String page, String token) {
        if (!page.startsWith("https://") && !page.startsWith("http://localhost") && !page.startsWith("http://127.0.0.1")) {
            throw new IllegalArgumentException("unsubscribeUrl must start with https://, no mail client posts to another");
        }
        URI.create(page);
        return page + (page.indexOf('?') < 0 ? "?" : "&") + PARAMETER + "=" + token;
    }

    /** The header fields of a mail with this link (RFC 2369, RFC 8058). */
    public static Map<String, String> fields(String link) {
        return withPost("<" + link + ">");
    }

    /**
     * The same with a mail address to leave by, for those whose program knows only that. The token is the subject: the local
     * part of an address may lose its case on the way.
     *
     * @param mailto {@code mailto:leave@example.com}
     */
    public static Map<String, String> fields(String link, String mailto, String token) {
        return withPost("<" + link + ">, <" + mailto + "?subject=" + token + ">");
    }

    private static Map<String, String> withPost(String ways) {
        return Map.of("List-Unsubscribe", ways, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }

    /** Whether the query of a request looks like that of such a link, for as long as nobody knows where the page is. */
    public static boolean isQuery(String query) {
        return query.length() <= LONGEST_FIELD && WITH_TOKEN.matcher(query).matches();
    }

    /** The token in a List-Unsubscribe field, wherever it points to. */
    static Optional<String> token(List<String> fields) {
        for (String field : fields) {
            if (field.length() <= LONGEST_FIELD) {
                for (String part : field.split("[<>?&\\s,]+")) {
                    if (part.startsWith(PARAMETER + "=")) {
                        return Optional.of(part.substring(PARAMETER.length() + 1));
                    }
                }
            }
        }
        return Optional.empty();
    }
}
