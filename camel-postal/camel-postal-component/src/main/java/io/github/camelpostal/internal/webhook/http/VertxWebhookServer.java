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

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;

import io.github.camelpostal.internal.webhook.HttpResponse;
import io.github.camelpostal.internal.webhook.WebhookHandler;
import io.github.camelpostal.internal.webhook.WebhookResponse;
import io.github.camelpostal.internal.webhook.WebhookServer;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.TCPServerBase;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.jspecify.annotations.Nullable;

/**
 * The router of platform-http on Vert.x (camel-main, Quarkus). Its body handler is left out, which responds with 400 to a
 * form attribute over 8,192 bytes and would bounce every form with an attachment. No request holds a thread until it is
 * complete.
 *
 * <p>Where Camel's own consumers would not use one of the routers that we know, its own way to mount a path decides.
 */
final class VertxWebhookServer implements WebhookServer {

    private static final String ROUTER_OF_ANY_PORT = "platform-http-router-0";
    /** Writing what is too large for the memory takes no time on a healthy disk; an event loop must not wait for a sick one. */
    private static final int DISK_THREADS = 4;

    private final CamelContext context;
    private final WebhookServer otherwise;
    private @Nullable ExecutorService disk;

    /** @param otherwise mounts the path where there is no router for it */
    VertxWebhookServer(CamelContext context, WebhookServer otherwise) {
        this.context = context;
        this.otherwise = otherwise;
    }

    @Override
    public void mount(String path, WebhookHandler handler) throws Exception {
        Optional<VertxPlatformHttpRouter> router = router();
        if (router.isEmpty()) {
            otherwise.mount(path, handler);
            return;
        }
        if (path.equals("/")) {
            router.get().route(path).handler(serve(handler));
        } else { // with path parameters, and with everything below it
            router.get().routeWithRegex("\\Q" + path + "\\E(?:;[^/]*)?(?:/.*)?").handler(serve(handler));
        }
        // where Camel lists what it listens to
        platformHttp().addHttpEndpoint(path, handler.methods(), null, null, null);
    }

    /** Camel logs that it could not bind the port, and goes on without listening. */
    @Override
    public void requireListening() {
        VertxPlatformHttpServer server = router().map(VertxPlatformHttpRouter::getServer).orElse(null);
        if (server != null && server.getServer() instanceof TCPServerBase socket && !socket.isListening()) {
            throw new IllegalStateException("The HTTP server does not listen on " + server.getHost() + ":" + server.getPort()
                    + ", so no mail can arrive. Most likely the port is in use: stop the other process, or set"
                    + " camel.server.port");
        }
    }

    @Override
    public void requireBodySize(long maxBodySize) {
        QuarkusBodyLimit.require(context, maxBodySize);
    }

    private Handler<RoutingContext> serve(WebhookHandler handler) {
        ExecutorService writer = disk();
        return routing -> {
            VertxWebhookRequest request = new VertxWebhookRequest(routing, writer);
            handler.handle(request).whenComplete((response, failure) -> request
                    .onEventLoop(() -> write(failure == null ? response : WebhookResponse.BROKEN, routing)));
        };
    }

    private synchronized ExecutorService disk() {
        if (disk == null) {
            disk = context.getExecutorServiceManager().newFixedThreadPool(this, "PostalWebhookDisk", DISK_THREADS);
        }
        return disk;
    }

    /** The one there is, else the one that Camel's own consumers use. */
    private Optional<VertxPlatformHttpRouter> router() {
        Set<VertxPlatformHttpRouter> routers = context.getRegistry().findByType(VertxPlatformHttpRouter.class);
        if (routers.size() == 1) {
            return Optional.of(routers.iterator().next());
        }
        PlatformHttpEngine chosen = platformHttp().getEngine();
        if (chosen != null && !(chosen instanceof VertxPlatformHttpEngine)) {
            return Optional.empty();
        }
        String name = VertxPlatformHttpRouter.getRouterNameFromPort(serverPort((VertxPlatformHttpEngine) chosen));
        return Optional.ofNullable(VertxPlatformHttpRouter.lookup(context, name))
                .or(() -> Optional.ofNullable(VertxPlatformHttpRouter.lookup(context, ROUTER_OF_ANY_PORT)));
    }

    /** What Camel's own engine says, which is made with its first consumer and knows its server by its port. */
    private int serverPort(VertxPlatformHttpEngine made) {
        VertxPlatformHttpEngine engine = made != null ? made : new VertxPlatformHttpEngine();
        engine.setCamelContext(context);
        return engine.getServerPort();
    }

    private PlatformHttpComponent platformHttp() {
        return context.getComponent(WebhookServers.PLATFORM_HTTP, PlatformHttpComponent.class);
    }

    /** To be called on the event loop. */
    static void write(HttpResponse response, RoutingContext routing) {
        HttpServerResponse http = routing.response();
        if (http.ended() || http.closed()) {
            return;
        }
        http.setStatusCode(response.status());
        response.headers().forEach(http::putHeader);
        http.end(Buffer.buffer(response.content()));
    }
}
