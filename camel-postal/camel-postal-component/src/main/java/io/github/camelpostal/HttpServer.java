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
package io.github.camelpostal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.camelpostal.internal.webhook.Answer;
import io.github.camelpostal.internal.webhook.FrontDoor;
import io.github.camelpostal.internal.webhook.ServerEngine;
import io.github.camelpostal.internal.webhook.StreamEngine;
import io.github.camelpostal.internal.webhook.http.RouterDoor;
import io.github.camelpostal.internal.webhook.http.VertxEngine;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.spi.RestConsumerFactory;
import org.apache.camel.support.service.ServiceHelper;

/**
 * The HTTP server that Camel offers, and the way to mount a path on it that all servers have: Camel's own
 * {@link RestConsumerFactory}. On Vert.x the {@link RouterDoor} comes before it, which costs less.
 *
 * <p>It never lets the server answer by itself, and nothing of a request back out: not a header, not a parameter.
 */
final class HttpServer implements FrontDoor {

    private static final String PLATFORM_HTTP = "platform-http";
    private static final String VERTX_ROUTER = "org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter";

    private final CamelContext context;
    private final RestConsumerFactory factory;
    private final boolean platformHttp;
    private final ServerEngine engine;

    private HttpServer(CamelContext context, String name, RestConsumerFactory factory) {
        this.context = context;
        this.factory = factory;
        this.platformHttp = PLATFORM_HTTP.equals(name);
        this.engine = chooseEngine();
    }

    /**
     * The server that is asked for, else the application's own front door, else the server of the REST configuration, else
     * platform-http, else the only one there is.
     *
     * @param  asked                    the option httpServerComponent; may be null
     * @throws IllegalArgumentException if there is none, with what to add
     */
    static FrontDoor find(CamelContext context, String asked) {
        String configured = context.getRestConfiguration().getComponent();
        if (asked != null) {
            return named(context, asked, "httpServerComponent=" + asked);
        }
        Optional<FrontDoor> own = context.getRegistry().findByType(FrontDoor.class).stream().findFirst();
        if (own.isPresent()) {
            return own.get();
        }
        if (configured != null) {
            return named(context, configured, "the component " + configured + " of the REST configuration");
        }
        RestConsumerFactory platform = lookup(context, PLATFORM_HTTP);
        return platform != null ? of(context, PLATFORM_HTTP, platform) : onlyOne(context);
    }

    /** Whether platform-http runs on Vert.x here. */
    static boolean isVertx(CamelContext context) {
        return context.getClassResolver().resolveClass(VERTX_ROUTER) != null;
    }

    @Override
    public void mount(String path, Receptionist receptionist) throws Exception {
        ServiceHelper.startService(create(path, engine.mountParameters(),
                exchange -> write(receptionist.at(engine.request(exchange)), exchange)));
        if (!path.equals("/")) {
            ServiceHelper.startService(create(path + "/", parametersBelow(), exchange -> {
                String requestPath = exchange.getMessage().getHeader(Exchange.HTTP_PATH, "", String.class);
                write(receptionist.below(requestPath, engine.request(exchange)), exchange);
            }));
        }
    }

    private Map<String, Object> parametersBelow() {
        Map<String, Object> parameters = new HashMap<>(engine.mountParameters());
        if (platformHttp) {
            parameters.put("matchOnUriPrefix", "true");
        }
        return parameters;
    }

    private Consumer create(String path, Map<String, Object> parameters, Processor processor) throws Exception {
        return factory.createConsumer(context, processor, null, path, null, null, null, context.getRestConfiguration(),
                parameters);
    }

    private static void write(Answer answer, Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, answer.status());
        // a body that is not null and not blank text, or the server turns 200 into 204
        message.setBody(ByteBuffer.wrap(answer.text().getBytes(StandardCharsets.US_ASCII)));
        if (!answer.text().isEmpty()) {
            message.setHeader(Exchange.CONTENT_TYPE, "text/plain");
        }
        if (answer == Answer.WRONG_METHOD) {
            message.setHeader("Allow", "POST");
        }
    }

    private ServerEngine chooseEngine() {
        if (!platformHttp) {
            return StreamEngine.plain();
        }
        return isVertx(context) ? new VertxEngine() : StreamEngine.ofPlatformHttp();
    }

    private static FrontDoor named(CamelContext context, String name, String who) {
        RestConsumerFactory factory = lookup(context, name);
        if (factory == null) {
            throw new IllegalArgumentException("postal:webhook cannot be mounted: " + who + " is no component with an HTTP"
                    + " server. Add its dependency, or set httpServerComponent=platform-http and add"
                    + " camel-platform-http-vertx");
        }
        return of(context, name, factory);
    }

    private static FrontDoor of(CamelContext context, String name, RestConsumerFactory factory) {
        FrontDoor server = new HttpServer(context, name, factory);
        return PLATFORM_HTTP.equals(name) && isVertx(context) ? new RouterDoor(context, server) : server;
    }

    private static FrontDoor onlyOne(CamelContext context) {
        Set<String> names = new LinkedHashSet<>(context.getRegistry().findByTypeWithName(RestConsumerFactory.class).keySet());
        Collection<String> components = context.getComponentNames();
        components.stream().filter(name -> context.getComponent(name, false) instanceof RestConsumerFactory)
                .forEach(names::add);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("postal:webhook needs an HTTP server to be mounted on. Add the dependency"
                    + " org.apache.camel:camel-platform-http-vertx (camel-main),"
                    + " io.github.camelpostal:camel-postal-starter and spring-boot-starter-web (Spring Boot) or"
                    + " org.apache.camel.quarkus:camel-quarkus-platform-http (Quarkus)");
        }
        if (names.size() > 1) {
            throw new IllegalArgumentException("postal:webhook can be mounted on several HTTP servers: " + names
                    + "; choose one, for example httpServerComponent=" + names.iterator().next());
        }
        return named(context, names.iterator().next(), "it");
    }

    private static RestConsumerFactory lookup(CamelContext context, String name) {
        RestConsumerFactory bean = context.getRegistry().lookupByNameAndType(name, RestConsumerFactory.class);
        if (bean != null) {
            return bean;
        }
        Component component = context.getComponent(name);
        return component instanceof RestConsumerFactory factory ? factory : null;
    }
}
