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

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.camelpostal.internal.signature.SignatureHeaders;
import io.github.camelpostal.internal.suppression.UnsubscribeLink;
import io.github.camelpostal.internal.webhook.WebhookResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.CamelContext;
import org.apache.camel.Ordered;
import org.apache.camel.StartupListener;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Responds with 503 to what Postal sends to a path that nobody has mounted, behind everything else on the server: while the
 * server listens and the routes are still being made, that is every path. Without it the response is 404, and Postal bounces
 * the mail (protocol 4.5).
 */
final class UnmountedPathHandler extends LifecycleStrategySupport implements StartupListener, Ordered {

    private static final Logger LOG = LoggerFactory.getLogger(UnmountedPathHandler.class);

    private final CamelContext context;
    private final AtomicBoolean isReported = new AtomicBoolean();
    private final Set<VertxPlatformHttpRouter> guarded = Collections.newSetFromMap(new IdentityHashMap<>());

    private UnmountedPathHandler(CamelContext context) {
        this.context = context;
    }

    /** To be called before the context starts its services. */
    static void stayBehind(CamelContext context) throws Exception {
        UnmountedPathHandler last = new UnmountedPathHandler(context);
        context.addLifecycleStrategy(last);
        context.addStartupListener(last);
    }

    /**
     * Camel's server makes its router, then a pool with a thread that starts to listen: this is the one moment when there is a
     * router and no request yet.
     */
    @Override
    public void onThreadPoolAdd(CamelContext camelContext, ThreadPoolExecutor threadPool, String id, String sourceId,
            String routeId, String threadPoolProfileId) {
        if (id.startsWith(VertxPlatformHttpServer.class.getSimpleName())) {
            guard();
        }
    }

    /** For servers that are made in another way. */
    @Override
    public void onCamelContextStarting(CamelContext starting, boolean alreadyStarted) {
        guard();
    }

    @Override
    public void onCamelContextStarted(CamelContext started, boolean alreadyStarted) {
        guard();
    }

    /** After Camel's own listener, which starts the services and has been there longer. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST;
    }

    @Override
    public void onContextStopped(CamelContext stopped) {
        guarded.clear();
    }

    private synchronized void guard() {
        for (VertxPlatformHttpRouter router : context.getRegistry().findByType(VertxPlatformHttpRouter.class)) {
            if (guarded.add(router)) {
                router.route().last().handler(this::handle);
            }
        }
    }

    private void handle(RoutingContext routing) {
        if (!isPostal(routing.request()) && !leavesBeforeThereAreRoutes(routing.request())) {
            routing.next();
            return;
        }
        if (context.isStarted() && isReported.compareAndSet(false, true)) { // before that no path is wrong
            LOG.warn("Postal sends to a path where nobody listens; it gets 503 and will try again. Compare the URLs of its"
                    + " webhooks and HTTP endpoints with the paths of postal:webhook");
        }
        VertxWebhookRequest refused = new VertxWebhookRequest(routing, Runnable::run);
        refused.refuse(WebhookResponse.NOT_OPEN)
                .thenAccept(response -> refused.onEventLoop(() -> VertxWebhookServer.write(response, routing)));
    }

    private static boolean isPostal(HttpServerRequest request) {
        return request.method() == HttpMethod.POST && (request.headers().contains(SignatureHeaders.SHA256_HEADER)
                || request.headers().contains(SignatureHeaders.SHA1_HEADER));
    }

    /** Later a link that leads nowhere is the application's matter. */
    private boolean leavesBeforeThereAreRoutes(HttpServerRequest request) {
        return !context.isStarted() && request.query() != null && UnsubscribeLink.isQuery(request.query());
    }
}
