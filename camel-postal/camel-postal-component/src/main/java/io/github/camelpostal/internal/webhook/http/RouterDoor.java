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
import java.util.concurrent.Semaphore;
import java.util.function.Function;

import io.github.camelpostal.internal.webhook.Answer;
import io.github.camelpostal.internal.webhook.FrontDoor;
import io.github.camelpostal.internal.webhook.HttpRequest;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * The router of platform-http on Vert.x itself. What comes to our paths makes no exchange of its own on the way, and a small
 * request holds no thread: the event loop gathers it, the work ends on the consumer's threads, and a timer is its deadline.
 *
 * <p>Where there are several servers, such as one for management, or none that we can tell, Camel's own way to mount a path
 * decides.
 */
public final class RouterDoor implements FrontDoor {

    /** Of all small requests together that are on their way; further ones are read as large ones are. */
    private static final int MOST_GATHERED = 16 * 1024 * 1024;

    private final CamelContext context;
    private final FrontDoor otherwise;
    private final Semaphore room = new Semaphore(MOST_GATHERED);

    /** @param otherwise mounts the path where there is not exactly one router */
    public RouterDoor(CamelContext context, FrontDoor otherwise) {
        this.context = context;
        this.otherwise = otherwise;
    }

    @Override
    public void mount(String path, Receptionist receptionist) throws Exception {
        Set<VertxPlatformHttpRouter> routers = context.getRegistry().findByType(VertxPlatformHttpRouter.class);
        if (routers.size() != 1) {
            otherwise.mount(path, receptionist);
            return;
        }
        VertxPlatformHttpRouter router = routers.iterator().next();
        router.route(path).handler(at(receptionist));
        if (!path.equals("/")) {
            router.route(path + "/*").handler(below(receptionist));
        }
        // where Camel lists what it listens to
        context.getComponent("platform-http", PlatformHttpComponent.class).addHttpEndpoint(path, "POST", null, null, null);
    }

    private Handler<RoutingContext> at(Receptionist receptionist) {
        return routing -> {
            HttpServerRequest request = routing.request();
            Optional<SmallRequest> small = SmallRequest.of(request, receptionist, room);
            if (small.isPresent()) {
                small.get().gather(answer -> write(answer, routing));
            } else {
                inTheBackground(routing, receptionist::at);
            }
        };
    }

    private static Handler<RoutingContext> below(Receptionist receptionist) {
        return routing -> inTheBackground(routing, request -> receptionist.below(routing.request().path(), request));
    }

    /** What may take long, and reads the body piece by piece. */
    private static void inTheBackground(RoutingContext routing, Function<HttpRequest, Answer> receptionist) {
        HttpRequest request = new VertxRequest(routing.request());
        routing.request().pause();
        routing.vertx().executeBlocking(() -> receptionist.apply(request), false)
                .onSuccess(answer -> write(answer, routing))
                .onFailure(failure -> write(Answer.BROKEN, routing));
    }

    static void write(Answer answer, RoutingContext routing) {
        HttpServerResponse response = routing.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(answer.status());
        if (answer == Answer.WRONG_METHOD) {
            response.putHeader(HttpHeaders.ALLOW, "POST");
        }
        if (!answer.text().isEmpty()) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "text/plain");
        }
        response.end(answer.text());
    }
}
