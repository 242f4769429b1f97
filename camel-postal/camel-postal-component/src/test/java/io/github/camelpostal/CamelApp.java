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

import java.util.concurrent.TimeUnit;

import io.github.camelpostal.sandbox.PostalSandbox;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ComponentCustomizer;

/** A Camel application with an HTTP server on a free port, as camel-main makes one. */
public final class CamelApp implements AutoCloseable {

    /** With 0, everything is in files that must live as long as they are used: what small mails hide. */
    private static final Long ATTACHMENT_THRESHOLD = Long.getLong("postal.test.attachmentThreshold");

    private final CamelContext context = new DefaultCamelContext();
    private final VertxPlatformHttpServer server;

    private CamelApp() throws Exception {
        VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setBindHost("127.0.0.1");
        configuration.setBindPort(0);
        server = new VertxPlatformHttpServer(configuration);
        context.addService(server);
        if (ATTACHMENT_THRESHOLD != null) {
            context.getRegistry().bind("threshold", ComponentCustomizer.builder(PostalComponent.class)
                    .build(postal -> postal.getConfiguration().setAttachmentThreshold(ATTACHMENT_THRESHOLD)));
        }
        context.getShutdownStrategy().setTimeUnit(TimeUnit.SECONDS);
        context.getShutdownStrategy().setTimeout(5);
    }

    /** An application that is not started yet. */
    public static CamelApp create() throws Exception {
        return new CamelApp();
    }

    /** A running application with these routes. */
    public static CamelApp start(RoutesBuilder... routes) throws Exception {
        CamelApp app = new CamelApp();
        try {
            for (RoutesBuilder builder : routes) {
                app.context.addRoutes(builder);
            }
            app.context.start();
            return app;
        } catch (Exception e) {
            app.close();
            throw e;
        }
    }

    /** Its producers send to this Postal. */
    public CamelApp sendTo(PostalSandbox postal) {
        PostalConfiguration options = context.getComponent("postal", PostalComponent.class).getConfiguration();
        options.setServerUrl(postal.url().toString());
        options.setApiKey(postal.apiKey());
        return this;
    }

    public CamelContext context() {
        return context;
    }

    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        context.stop();
    }
}
