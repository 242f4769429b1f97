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

import io.github.camelpostal.internal.webhook.WebhookServer;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.spi.RestConsumerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the HTTP server of an application. */
public final class WebhookServers {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookServers.class);

    static final String PLATFORM_HTTP = "platform-http";
    private static final String VERTX_ROUTER = "org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter";
    private static final String SPRING_BOOT = "org.springframework.boot.SpringApplication";
    private static final String WHAT_WORKS = "postal:webhook is mounted on the HTTP server of platform-http. Add the dependency"
            + " org.apache.camel:camel-platform-http-vertx (camel-main), io.github.camelpostal:camel-postal-starter and"
            + " spring-boot-starter-web (Spring Boot) or org.apache.camel.quarkus:camel-quarkus-platform-http (Quarkus)";

    private WebhookServers() {
    }

    /**
     * platform-http where it is asked for, else the application's own {@link WebhookServer}, else platform-http.
     *
     * @param  asked                    the option httpServerComponent; may be null
     * @throws IllegalArgumentException if there is none, or another one is asked for, with what to do
     */
    public static WebhookServer find(CamelContext context, @Nullable String asked) {
        if (asked != null && !asked.equals(PLATFORM_HTTP)) {
            throw new IllegalArgumentException("httpServerComponent=" + asked + " does not work, only "
                    + PLATFORM_HTTP + " does: other servers change the bytes that Postal has signed. Leave the option out. "
                    + WHAT_WORKS);
        }
        if (asked != null) {
            return platformHttp(context);
        }
        return own(context).orElseGet(() -> {
            warnOfSpringBootWithoutStarter(context);
            return platformHttp(context);
        });
    }

    /** Whether platform-http runs on Vert.x here. */
    static boolean isVertx(CamelContext context) {
        return context.getClassResolver().resolveClass(VERTX_ROUTER) != null;
    }

    private static Optional<WebhookServer> own(CamelContext context) {
        return context.getRegistry().findByType(WebhookServer.class).stream().findFirst();
    }

    private static void warnOfSpringBootWithoutStarter(CamelContext context) {
        if (context.getClassResolver().resolveClass(SPRING_BOOT) != null) {
            LOG.warn("This is Spring Boot without the dependency io.github.camelpostal:camel-postal-starter. While the"
                    + " application starts, Postal gets 404 and bounces its mail; the starter prevents that");
        }
    }

    private static WebhookServer platformHttp(CamelContext context) {
        WebhookServer server = new RestConsumerWebhookServer(context, factory(context));
        return isVertx(context) ? new VertxWebhookServer(context, server) : server;
    }

    private static RestConsumerFactory factory(CamelContext context) {
        RestConsumerFactory bean = context.getRegistry().lookupByNameAndType(PLATFORM_HTTP, RestConsumerFactory.class);
        if (bean != null) {
            return bean;
        }
        Component component = context.getComponent(PLATFORM_HTTP);
        if (component instanceof RestConsumerFactory factory) {
            return factory;
        }
        throw new IllegalArgumentException(WHAT_WORKS);
    }
}
