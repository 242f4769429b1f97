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

import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelpostal.sandbox.internal.delivery.MailRouter;
import io.github.camelpostal.sandbox.internal.delivery.ServerRuntime;
import io.github.camelpostal.sandbox.internal.store.TrackedLinks;

/**
 * Tracked links and the pixel (protocol 3.2): serves requests that a proxy has marked with {@code X-Postal-Track-Host: 1},
 * whatever their method and host.
 */
public final class TrackingHost {
    private static final Pattern MARKED = Pattern.compile("\\s*0*1(\\D.*)?");
    private static final Pattern PIXEL = Pattern.compile("^/img/([A-Za-z0-9-]+)/([A-Za-z0-9-]+)");
    private static final Pattern LINK = Pattern.compile("^/([A-Za-z0-9-]+)/([A-Za-z0-9-]+)");
    /** One transparent pixel. Postal's is the same picture with 17 kB of colour profile and remarks around it. */
    private static final byte[] PNG = Base64.getDecoder().decode(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAC0lEQVR4nGNgAAIAAAUAAXpeqz8AAAAASUVORK5CYII=");

    private final MailRouter router;

    public TrackingHost(MailRouter router) {
        this.router = router;
    }

    boolean isMarked(WebRequest request) {
        String mark = request.header("X-Postal-Track-Host");
        return mark != null && MARKED.matcher(mark).matches();
    }

    WebResponse respond(WebRequest request) {
        Matcher pixel = PIXEL.matcher(request.path());
        if (pixel.find()) {
            return server(pixel.group(1)).map(server -> pixel(request, server, pixel.group(2)))
                    .orElseGet(TrackingHost::unknownServer);
        }
        Matcher link = LINK.matcher(request.path());
        if (link.find()) {
            return server(link.group(1)).map(server -> link(request, server, link.group(2)))
                    .orElseGet(TrackingHost::unknownServer);
        }
        return WebResponse.middleware(200, "Hello.");
    }

    /** Counts as a load even where it is refused (protocol 14). */
    private WebResponse pixel(WebRequest request, ServerRuntime server, String messageToken) {
        server.loadPixel(messageToken, request.clientAddress(), request.header("User-Agent"));
        boolean asksForAnImage = request.query() != null && request.query().matches("(.*&)?src(=.*)?(&.*)?");
        return asksForAnImage
                ? WebResponse.middleware(400, "There is no such image")
                : new WebResponse(200, Map.of("Content-Type", "image/png"), PNG, WebResponse.Origin.MIDDLEWARE);
    }

    private WebResponse link(WebRequest request, ServerRuntime server, String token) {
        Optional<TrackedLinks.Link> link = server.server().trackedLinks().find(token);
        if (link.isEmpty()) {
            return WebResponse.middleware(404, "Unknown link");
        }
        server.followLink(link.get(), request.clientAddress(), request.header("User-Agent"));
        return WebResponse.middleware(307, "Redirected to: " + link.get().url()).with("Location", link.get().url());
    }

    private Optional<ServerRuntime> server(String token) {
        return router.servers().stream().filter(server -> server.server().identity().token().equalsIgnoreCase(token))
                .findFirst();
    }

    private static WebResponse unknownServer() {
        return WebResponse.middleware(404, "Unknown mail server");
    }
}
