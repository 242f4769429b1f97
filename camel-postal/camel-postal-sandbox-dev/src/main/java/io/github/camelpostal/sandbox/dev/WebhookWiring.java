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

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.camelpostal.AcceptedKinds;
import io.github.camelpostal.PostalComponent;
import io.github.camelpostal.PostalConfiguration;
import io.github.camelpostal.PostalEndpoint;
import io.github.camelpostal.PostalOperation;
import io.github.camelpostal.sandbox.HttpEndpoint;
import io.github.camelpostal.sandbox.PostalSandbox;
import org.apache.camel.CamelContext;

/** Points the webhook and the routes of a sandbox at every {@code postal:webhook} of a context. */
final class WebhookWiring {

    /** Where mail goes that comes to the return path and is no bounce of a known message. */
    private static final String RETURN_PATH = "__returnpath__";

    private final CamelContext context;
    private final PostalSandbox sandbox;
    private final HttpAddress address;
    private final Set<String> connected = new HashSet<>();
    private final List<HttpEndpoint> forMail = new ArrayList<>();

    WebhookWiring(CamelContext context, PostalSandbox sandbox) {
        this.context = context;
        this.sandbox = sandbox;
        this.address = new HttpAddress(context);
    }

    /** Connects an endpoint, unless it is no webhook or was connected before. */
    synchronized void connect(PostalEndpoint endpoint) {
        if (endpoint.getOperation() != PostalOperation.WEBHOOK || !connected.add(endpoint.getPath())) {
            return;
        }
        URI url = url(endpoint);
        AcceptedKinds accept = endpoint.getConfiguration().getAccept();
        if (accept != AcceptedKinds.MAIL) {
            sandbox.postEventsTo(url);
        }
        if (accept != AcceptedKinds.EVENTS) {
            forMail.add(HttpEndpoint.of(url));
            routeMail(forMail.toArray(HttpEndpoint[]::new));
        }
    }

    private void routeMail(HttpEndpoint[] endpoints) {
        PostalComponent component = context.getComponent("postal", PostalComponent.class);
        for (String pattern : new DevSettings(context).routes(component)) {
            sandbox.routeTo(pattern, endpoints);
        }
        sandbox.routeTo(RETURN_PATH, endpoints);
    }

    private URI url(PostalEndpoint endpoint) {
        PostalConfiguration configuration = endpoint.getConfiguration();
        String credentials = Optional.ofNullable(configuration.getWebhookUsername())
                .map(name -> name + ":" + configuration.getWebhookPassword()).orElse(null);
        try {
            return new URI("http", credentials, "127.0.0.1", address.port(), address.prefix() + endpoint.getPath(), null, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("The path of a postal:webhook is no path of a URL: " + endpoint.getPath(), e);
        }
    }
}
