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

import java.net.URI;
import java.util.function.Consumer;

import io.github.camelpostal.api.PostalClient;
import io.github.camelpostal.api.ServerAccess;
import io.github.camelpostal.internal.client.PostalHttpClients;
import io.github.camelpostal.payload.ReasonRules;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A {@link PostalClient} over the HTTP client that routes really use, for tests.
 */
public final class RealClient implements AutoCloseable {

    public static final String KEY = "CanaryKeyCanaryKeyCanary";

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final PostalComponent component = new PostalComponent();
    private final PostalHttpClients.Lease lease;
    private final PostalClient client;

    private RealClient(URI url, String hostHeader, Consumer<PostalComponent> settings) {
        component.setCamelContext(context);
        component.getConfiguration().setServerUrl(url.toString());
        component.getConfiguration().setResponseTimeout(2_000);
        component.getConfiguration().setConnectTimeout(2_000);
        settings.accept(component);
        this.lease = component.httpClients().acquire(component.connectionSettings(component.getConfiguration()));
        this.client = new PostalClient(lease.client(), new ServerAccess(url, () -> KEY, hostHeader));
    }

    public static RealClient of(URI url) {
        return of(url, component -> {
        });
    }

    public static RealClient of(URI url, Consumer<PostalComponent> settings) {
        return new RealClient(url, null, settings);
    }

    public static RealClient of(URI url, String hostHeader) {
        return new RealClient(url, hostHeader, component -> {
        });
    }

    public PostalClient client() {
        return client;
    }

    /** Another one over the same connections. */
    public PostalClient with(ServerAccess access) {
        return new PostalClient(lease.client(), access);
    }

    public PostalClient with(ServerAccess access, ReasonRules reasons) {
        return new PostalClient(lease.client(), access, reasons);
    }

    @Override
    public void close() throws Exception {
        lease.close();
        context.close();
    }
}
