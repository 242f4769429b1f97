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
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import io.github.camelpostal.sandbox.internal.store.PostalVersion;
import io.github.camelpostal.sandbox.internal.webhook.KeyRing;
import org.jspecify.annotations.Nullable;

/**
 * What the web process serves at which path: tracking first, then the Host rule, the published keys, the few pages that need no
 * login, and the API. Knows paths, never sockets.
 */
public final class WebRouter {
    private static final String KEYS_PATH = "/.well-known/jwks.json";
    private static final int COOKIE_YEARS = 5;

    private final PostalVersion version;
    private final Set<String> hosts;
    private final KeyRing keys;
    private final TrackingHost trackingHost;
    private final ApiCalls calls;
    private final Clock clock;
    private volatile boolean publishesKeys = true;

    /** @param hosts names that are served, in lower case; all others get 403 (protocol 2.1) */
    public WebRouter(PostalVersion version, Set<String> hosts, KeyRing keys, TrackingHost trackingHost, ApiCalls calls,
            Clock clock) {
        this.version = version;
        this.hosts = Set.copyOf(hosts);
        this.keys = keys;
        this.trackingHost = trackingHost;
        this.calls = calls;
        this.clock = clock;
    }

    /** False: a request for the keys gets 503, as from a proxy whose web process is away. */
    void publishKeys(boolean response) {
        this.publishesKeys = response;
    }

    /** The path that faults are told by: a call's name, or the path itself. */
    String faultPath(WebRequest request) {
        return calls.name(request).orElseGet(request::plainPath);
    }

    boolean isCall(WebRequest request) {
        return calls.name(request).isPresent();
    }

    boolean isTracking(WebRequest request) {
        return trackingHost.isMarked(request) && (!version.checksHostOfTrackedLinks() || isKnownHost(request));
    }

    /** @param breaksAfter how many messages a call stores before it crashes */
    ApiCalls.Result respond(WebRequest request, int breaksAfter) {
        if (isTracking(request)) {
            return ApiCalls.Result.of(trackingHost.respond(request));
        }
        if (!isKnownHost(request)) {
            return ApiCalls.Result.of(WebResponse.forbidden());
        }
        return calls.respond(request, breaksAfter).orElseGet(() -> ApiCalls.Result.of(page(request)));
    }

    private WebResponse page(WebRequest request) {
        boolean reading = request.method().equals("GET") || request.method().equals("HEAD");
        boolean wantsJson = request.wantsJson();
        return switch (reading ? request.plainPath() : "") {
            case KEYS_PATH -> keys(wantsJson);
            case "/ip" -> ip(request);
            case "/" -> toLogin(request);
            default -> WebResponse.frame(404, wantsJson);
        };
    }

    private WebResponse keys(boolean wantsJson) {
        if (!version.hasKeySet()) {
            return WebResponse.frame(404, wantsJson);
        }
        return publishesKeys
                ? WebResponse.json(Map.of("keys", List.of(keys.current().jwk())))
                : WebResponse.frame(503, wantsJson);
    }

    private static WebResponse ip(WebRequest request) {
        String text = "ip: " + request.clientAddress() + " remote ip: " + request.clientAddress();
        return WebResponse.of(200, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    private WebResponse toLogin(WebRequest request) {
        String until = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
                .format(clock.instant().atZone(ZoneOffset.UTC).plusYears(COOKIE_YEARS));
        return WebResponse.of(302, "text/html; charset=utf-8", new byte[0])
                .with("Location", "http://" + request.header("Host") + "/login?return_to=%2F")
                .with("Cache-Control", "no-cache")
                .with("Set-Cookie",
                        "browser_id=" + UUID.randomUUID() + "; path=/; expires=" + until + "; httponly; samesite=lax");
    }

    /** Any port, any letter case; the last of {@code X-Forwarded-Host} must match too (protocol 2.1). */
    boolean isKnownHost(WebRequest request) {
        if (!version.checksHost()) {
            return true;
        }
        String forwarded = request.header("X-Forwarded-Host");
        String last = forwarded == null ? null : forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
        return isKnown(request.header("Host")) && (last == null || isKnown(last));
    }

    private boolean isKnown(@Nullable String host) {
        return host != null && hosts.contains(host.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT));
    }
}
