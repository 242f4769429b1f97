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
package io.github.camelpostal.internal.client;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.hc.client5.http.classic.HttpClient;

/**
 * The HTTP clients of one component: one for all who need the same connections to the same server, made when the first asks
 * for it and closed when the last gives it back. Knows connections; not what travels over them.
 *
 * <p>They are camel-http's, from a private instance of its component: the registry's {@code http} may have been given retries,
 * redirects or cookies, and a repeated send is a duplicate mail.
 */
public final class PostalHttpClients {

    private final Supplier<CamelContext> camel;
    private final Map<ConnectionSettings, SharedClient> clients = new HashMap<>();

    public PostalHttpClients(Supplier<CamelContext> camel) {
        this.camel = camel;
    }

    /** The client for these settings; it belongs to all its users, so give the lease back instead of closing it. */
    public Lease acquire(ConnectionSettings settings) {
        synchronized (clients) {
            SharedClient shared = clients.computeIfAbsent(settings, this::open);
            shared.users++;
            return new Lease(settings, shared);
        }
    }

    /** How many clients are open. */
    public int size() {
        synchronized (clients) {
            return clients.size();
        }
    }

    private void release(ConnectionSettings settings, SharedClient shared) {
        synchronized (clients) {
            if (--shared.users == 0) {
                clients.remove(settings);
                ServiceHelper.stopAndShutdownServices(shared.endpoint, shared.http);
            }
        }
    }

    private SharedClient open(ConnectionSettings settings) {
        HttpComponent http = new PrivateHttpComponent();
        http.setCamelContext(camel.get());
        http.setConnectTimeout(settings.connectTimeout());
        http.setResponseTimeout(settings.responseTimeout());
        http.setSoTimeout(settings.responseTimeout());
        http.setConnectionRequestTimeout(settings.responseTimeout());
        http.setMaxTotalConnections(settings.maxConnections());
        http.setConnectionsPerRoute(settings.maxConnections());
        http.setSslContextParameters(settings.sslContextParameters());
        http.setUseGlobalSslContextParameters(settings.globalSsl());
        http.setProxyHost(settings.proxyHost());
        http.setProxyPort(settings.proxyPort());
        // camel-http would speak TLS to the proxy for an https server, which hardly any proxy understands
        http.setProxyAuthScheme(settings.proxyAuthScheme() == null ? "http" : settings.proxyAuthScheme());
        http.setProxyAuthMethod(settings.proxyAuthMethod());
        http.setProxyAuthUsername(settings.proxyAuthUsername());
        http.setProxyAuthPassword(settings.proxyAuthPassword());
        http.setNonProxyHosts(settings.nonProxyHosts());
        http.setAutomaticRetriesDisabled(true);
        http.setRedirectHandlingDisabled(true);
        http.setCookieManagementDisabled(true);
        http.setConnectionStateDisabled(true); // else a client certificate keeps connections from being used again
        http.setHttpClientConfigurer(new PrivateHttpComponent.Configurer(settings.configurer(), settings.preemptiveProxyUser(),
                settings.proxyAuthPassword()));
        try {
            ServiceHelper.startService(http);
            // the name is never looked up; https makes the global TLS settings count
            HttpEndpoint endpoint = (HttpEndpoint) http.createEndpoint("https://postal");
            ServiceHelper.startService(endpoint);
            return new SharedClient(http, endpoint);
        } catch (Exception e) {
            ServiceHelper.stopAndShutdownServices(http);
            throw new RuntimeCamelException("The HTTP client for Postal cannot be made: " + e.getMessage(), e);
        }
    }

    /** The use of a shared client. */
    public final class Lease implements AutoCloseable {

        private final ConnectionSettings settings;
        private final SharedClient shared;
        private final HttpClient client;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Lease(ConnectionSettings settings, SharedClient shared) {
            this.settings = settings;
            this.shared = shared;
            this.client = shared.endpoint.getHttpClient();
        }

        public HttpClient client() {
            return client;
        }

        /** Gives it back; the last one to do so closes all its connections. A second time does nothing. */
        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                release(settings, shared);
            }
        }
    }

    private static final class SharedClient {

        private final HttpComponent http;
        private final HttpEndpoint endpoint;
        private int users;

        private SharedClient(HttpComponent http, HttpEndpoint endpoint) {
            this.http = http;
            this.endpoint = endpoint;
        }
    }
}
