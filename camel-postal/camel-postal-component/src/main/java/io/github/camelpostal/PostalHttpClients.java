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

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.hc.client5.http.classic.HttpClient;

/**
 * The HTTP clients of one component: one for all who need the same connections to the same server, made when the first asks
 * for it and closed when the last gives it back. Knows connections; not what travels over them.
 *
 * <p>They are camel-http's, from a private instance of its component: the registry's {@code http} may have been given retries,
 * redirects or cookies, and a repeated send is a duplicate mail.
 */
final class PostalHttpClients {

    private final PostalComponent component;
    private final Map<Settings, Shared> clients = new HashMap<>();

    PostalHttpClients(PostalComponent component) {
        this.component = component;
    }

    /** The client for these options; it belongs to all its users, so give the lease back instead of closing it. */
    Lease acquire(PostalConfiguration configuration) {
        Settings settings = Settings.of(configuration, component);
        synchronized (clients) {
            Shared shared = clients.computeIfAbsent(settings, this::open);
            shared.users++;
            return new Lease(settings, shared.endpoint.getHttpClient());
        }
    }

    /** How many clients are open. */
    int size() {
        synchronized (clients) {
            return clients.size();
        }
    }

    private void release(Settings settings) {
        synchronized (clients) {
            Shared shared = clients.get(settings);
            if (--shared.users == 0) {
                clients.remove(settings);
                ServiceHelper.stopAndShutdownServices(shared.endpoint, shared.http);
            }
        }
    }

    private Shared open(Settings settings) {
        HttpComponent http = new PrivateHttpComponent();
        http.setCamelContext(component.getCamelContext());
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
            return new Shared(http, endpoint);
        } catch (Exception e) {
            ServiceHelper.stopAndShutdownServices(http);
            throw new RuntimeCamelException("The HTTP client for Postal cannot be made: " + e.getMessage(), e);
        }
    }

    /** The use of a shared client. */
    final class Lease implements AutoCloseable {

        private final Settings settings;
        private final HttpClient client;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Lease(Settings settings, HttpClient client) {
            this.settings = settings;
            this.client = client;
        }

        HttpClient client() {
            return client;
        }

        /** Gives it back; the last one to do so closes all its connections. A second time does nothing. */
        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                release(settings);
            }
        }
    }

    private static final class Shared {

        private final HttpComponent http;
        private final HttpEndpoint endpoint;
        private int users;

        private Shared(HttpComponent http, HttpEndpoint endpoint) {
            this.http = http;
            this.endpoint = endpoint;
        }
    }

    /** What two users must have in common to share connections; the server, because maxConnections is meant for each. */
    private record Settings(String server, long connectTimeout, long responseTimeout, int maxConnections,
            SSLContextParameters sslContextParameters, boolean globalSsl, String proxyHost, Integer proxyPort,
            String proxyAuthScheme, String proxyAuthMethod, String proxyAuthUsername, String proxyAuthPassword,
            String nonProxyHosts, HttpClientConfigurer configurer) {

        static Settings of(PostalConfiguration c, PostalComponent component) {
            return new Settings(server(c.getServerUrl()), atLeast(1L, "connectTimeout", c.getConnectTimeout(), "5s"),
                    atLeast(1L, "responseTimeout", c.getResponseTimeout(), "30s"),
                    atLeast(1, "maxConnections", c.getMaxConnections(), "5"),
                    c.getSslContextParameters(), component.isUseGlobalSslContextParameters(), c.getProxyHost(),
                    c.getProxyPort(), c.getProxyAuthScheme(), c.getProxyAuthMethod(), c.getProxyAuthUsername(),
                    c.getProxyAuthPassword(), c.getNonProxyHosts(), component.getHttpClientConfigurer());
        }

        /** Without the path; whether the URL is any good is for others to say. */
        private static String server(String url) {
            return url == null ? "" : url.replaceFirst("^([^/]*//[^/]*).*", "$1");
        }

        private static <T extends Comparable<T>> T atLeast(T least, String option, T value, String example) {
            if (value.compareTo(least) < 0) {
                throw new IllegalArgumentException(option + " must be at least " + least + ", for example " + example);
            }
            return value;
        }

        /** Digest answers a challenge and cannot come first. */
        String preemptiveProxyUser() {
            return proxyAuthMethod == null || proxyAuthMethod.equalsIgnoreCase("Basic") ? proxyAuthUsername : null;
        }

        @Override
        public String toString() {
            return server; // never the password
        }
    }
}
