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
package io.github.camelpostal.examples.springboot.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import io.github.camelpostal.sandbox.PostalSandbox;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * Stands in for the world around the application, where no real Postal is configured: it starts a sandbox before the application
 * is built, plays the {@link Story} once it is ready, and closes the sandbox after it.
 */
public final class DemoPostal
        implements
            ApplicationContextInitializer<ConfigurableApplicationContext>,
            GenericApplicationListener {

    private static final String SERVER_URL = "camel.component.postal.server-url";

    private final boolean exitAfterwards;
    private PostalSandbox sandbox;
    private boolean complete;

    /** @param exitAfterwards whether to end the process when the story is told */
    public DemoPostal(boolean exitAfterwards) {
        this.exitAfterwards = exitAfterwards;
    }

    /** Whether the process has to end now. */
    public boolean hasToExit() {
        return exitAfterwards;
    }

    /** 0, or 1 when something did not arrive, or when there was nothing to show. */
    public int exitCode() {
        return complete ? 0 : 1;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        if (StringUtils.hasText(environment.getProperty(SERVER_URL))) {
            return;
        }
        String domain = environment.getRequiredProperty("shop.domain");
        String port = environment.getProperty("server.port", freePort());
        String password = UUID.randomUUID().toString();
        URI here = URI.create("http://postal:" + password + "@127.0.0.1:" + port + "/postal");
        sandbox = PostalSandbox.builder().domain(domain).start();
        sandbox.postEventsTo(here);
        sandbox.routeTo("orders@" + domain, here);
        Map<String, Object> properties = new HashMap<>();
        properties.put(SERVER_URL, sandbox.url().toString());
        properties.put("camel.component.postal.api-key", sandbox.apiKey());
        properties.put("camel.component.postal.webhook-username", "postal");
        properties.put("camel.component.postal.webhook-password", password);
        properties.put("server.port", port);
        properties.put("server.address", "127.0.0.1");
        environment.getPropertySources().addFirst(new MapPropertySource("demo", properties));
    }

    @Override
    public boolean supportsEventType(ResolvableType type) {
        return type.isAssignableFrom(ApplicationReadyEvent.class) || type.isAssignableFrom(ContextClosedEvent.class);
    }

    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        if (sandbox != null && event instanceof ApplicationReadyEvent ready) {
            complete = new Story(sandbox, ready.getApplicationContext().getEnvironment()).play();
        } else if (sandbox != null && event instanceof ContextClosedEvent) {
            sandbox.close();
        }
    }

    private static String freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return String.valueOf(socket.getLocalPort());
        } catch (IOException e) {
            throw new IllegalStateException("No free port on 127.0.0.1", e);
        }
    }
}
