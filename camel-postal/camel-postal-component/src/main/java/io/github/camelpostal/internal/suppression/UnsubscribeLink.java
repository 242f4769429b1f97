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
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.camelpostal.internal.mime.DomainName;

/** The link in List-Unsubscribe: the address of the page with the token in a query parameter. */
public final class UnsubscribeLink {

    /** The query parameter. */
    public static final String PARAMETER = "t";
    private static final Pattern WITH_TOKEN = Pattern.compile("(?:^|.*&)" + PARAMETER + "=[A-Za-z0-9_-]{43,2048}(?:&.*)?");
    private static final Pattern OWN_TOKEN = Pattern.compile("(?:^|&)" + PARAMETER + "(?:=|&|$)");
    /** For which http is enough. */
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int LONGEST_FIELD = 10_000;

    private UnsubscribeLink() {
    }

    /** @param page as {@link #page} gives it */
    public static String of(String page, String token) {
        return page + (page.indexOf('?') < 0 ? "?" : "&") + PARAMETER + "=" + token;
    }

    /**
     * The address of the page as it stands in a header field: in ASCII.
     *
     * @param  page                     {@code https://...}: RFC 8058 knows no other scheme
     * @throws IllegalArgumentException if a link made of it would lead nowhere; each recipient would find that out alone
     */
    public static String page(String page) {
        URI uri = URI.create(page);
        String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
        String host = authority.replaceFirst(":\\d*$", "");
        boolean local = "http".equalsIgnoreCase(uri.getScheme()) && LOCAL.contains(host.toLowerCase(Locale.ROOT));
        if (!"https".equalsIgnoreCase(uri.getScheme()) && !local) {
            throw new IllegalArgumentException("unsubscribeUrl must start with https://, no mail client posts to another");
        }
        if (host.isEmpty()) {
            throw new IllegalArgumentException("unsubscribeUrl names no host");
        }
        if (host.indexOf('@') >= 0) {
            throw new IllegalArgumentException("unsubscribeUrl holds a user or password, which every recipient would see");
        }
        if (uri.getRawFragment() != null) {
            throw new IllegalArgumentException("unsubscribeUrl has a fragment (#...): a browser would keep what follows it, the"
                    + " token, to itself");
        }
        if (uri.getRawQuery() != null && OWN_TOKEN.matcher(uri.getRawQuery()).find()) {
            throw new IllegalArgumentException(
                    "unsubscribeUrl has a query parameter '" + PARAMETER + "' already; the page would"
                            + " read that one, and not the token");
        }
        String ascii = DomainName.of(host).ascii()
                .orElseThrow(() -> new IllegalArgumentException("unsubscribeUrl has a host that cannot be written in ASCII"));
        return URI.create(page.replace("//" + host, "//" + ascii)).toASCIIString();
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

    /**
     * The token in the query of a request. Some gateways that check links write them anew, with {@code %2D} for a hyphen or
     * {@code &amp;} for an ampersand: whoever follows such a link wants to leave like everybody else.
     */
    public static Optional<String> tokenOfQuery(String query) {
        for (String parameter : query.split("&(?:amp;)?")) {
            if (parameter.startsWith(PARAMETER + "=")) {
                return Optional.of(decoded(parameter.substring(PARAMETER.length() + 1)));
            }
        }
        return Optional.empty();
    }

    private static String decoded(String value) {
        try {
            return value.indexOf('%') < 0 ? value : URLDecoder.decode(value, StandardCharsets.US_ASCII).strip();
        } catch (IllegalArgumentException e) {
            return value; // no token either way
        }
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
