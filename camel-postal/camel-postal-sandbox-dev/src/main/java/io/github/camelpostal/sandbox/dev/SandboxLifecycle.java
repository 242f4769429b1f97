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
package io.github.camelpostal.sandbox.dev;

import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import io.github.camelpostal.PostalComponent;
import io.github.camelpostal.PostalConfiguration;
import io.github.camelpostal.PostalEndpoint;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.SandboxBuilder;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.support.LifecycleStrategySupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the sandbox before the routes are made, points it at their webhooks, and stops it after them. */
final class SandboxLifecycle extends LifecycleStrategySupport {

    private static final Logger LOG = LoggerFactory.getLogger(SandboxLifecycle.class);

    private @Nullable PostalSandbox sandbox;
    private @Nullable WebhookWiring wiring;

    /**
     * To be called when properties are bound to the component, and no endpoint exists yet.
     *
     * @return false if the application needs no sandbox
     */
    boolean start(CamelContext context) {
        DevSettings settings = new DevSettings(context);
        if (!settings.isEnabled()) {
            return false;
        }
        PostalComponent component = context.getComponent("postal", PostalComponent.class);
        ConfiguredPostal configured = new ConfiguredPostal(context, component);
        if (configured.isPresent()) {
            LOG.debug("No sandbox is started: a Postal is configured");
            return false;
        }
        SandboxBuilder builder = PostalSandbox.builder();
        Set<String> domains = settings.domains(component);
        domains.forEach(builder::domain);
        PostalSandbox started = builder.start();
        pointAt(started, component.getConfiguration());
        context.getRegistry().bind("postalSandbox", PostalSandbox.class, started);
        wiring = new WebhookWiring(context, started);
        sandbox = started;
        LOG.warn("No mail leaves this machine: no Postal is configured, so a sandbox plays its part. See the mails at {}."
                + " Mail may be sent from {} (camel.postal.dev.domains)", started.url(),
                String.join(", ", new TreeSet<>(domains.isEmpty() ? DevSettings.DEFAULT_DOMAINS : domains)));
        return true;
    }

    private static void pointAt(PostalSandbox sandbox, PostalConfiguration configuration) {
        configuration.setServerUrl(sandbox.url().toString());
        configuration.setApiKey(sandbox.apiKey());
        if (configuration.getWebhookUsername() == null) { // what a shared installation needs, so that nobody meets it first there
            configuration.setWebhookUsername("sandbox");
            configuration.setWebhookPassword(UUID.randomUUID().toString());
        }
    }

    /** Before any route runs: what a route sends at once has its events, too. */
    @Override
    public void onEndpointAdd(Endpoint endpoint) {
        if (wiring != null && endpoint instanceof PostalEndpoint postal) {
            wiring.connect(postal);
        }
    }

    @Override
    public void onContextStopped(CamelContext context) {
        if (sandbox != null) {
            sandbox.close();
            sandbox = null;
            wiring = null;
        }
    }
}
