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

import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.hc.client5.http.ConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.DefaultClientConnectionReuseStrategy;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.auth.BasicAuthCache;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.http.ConnectionReuseStrategy;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.config.Registry;
import org.apache.hc.core5.http.impl.io.MonitoringResponseOutOfOrderStrategy;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/**
 * camel-http with the pool that mail needs: a connection that the server may have closed by now is not used, because a mail
 * lost in one is a mail of which nobody knows whether it was sent.
 */
final class PrivateHttpComponent extends HttpComponent {

    /** Idle for longer, a connection is looked at before it is used. The look costs a millisecond, so busy ones are spared. */
    private static final TimeValue VALIDATE_AFTER = TimeValue.ofMilliseconds(100);

    /** The shortest time after which a server in wide use closes an idle connection: Apache httpd's. */
    private static final long SERVERS_WAIT_MILLIS = 5_000;

    /** How much earlier than the server we stop using a connection, so that the two do not happen at once. */
    private static final long MARGIN_MILLIS = 1_000;

    /** How often a long upload looks whether the server has refused it already; the look costs a millisecond with TLS. */
    private static final int LOOK_FOR_REFUSAL_EVERY = 512 * 1024;

    @Override
    @SuppressWarnings("deprecation") // the registry's type is camel-http's choice
    protected HttpClientConnectionManager createConnectionManager(
            Registry<org.apache.hc.client5.http.socket.ConnectionSocketFactory> registry, int maxTotalConnections,
            int connectionsPerRoute, SocketConfig socketConfig) {
        PoolingHttpClientConnectionManager pool = new PoolingHttpClientConnectionManager(registry,
                PoolConcurrencyPolicy.STRICT, TimeValue.NEG_ONE_MILLISECOND,
                ManagedHttpClientConnectionFactory.builder()
                        .responseOutOfOrderStrategy(new MonitoringResponseOutOfOrderStrategy(LOOK_FOR_REFUSAL_EVERY)).build());
        pool.setMaxTotal(getMaxTotalConnections());
        pool.setDefaultMaxPerRoute(getConnectionsPerRoute());
        pool.setDefaultSocketConfig(socketConfig);
        pool.setDefaultConnectionConfig(ConnectionConfig.custom().setValidateAfterInactivity(VALIDATE_AFTER).build());
        return pool;
    }

    /**
     * How the client is built: our settings, then the user's. Retries, redirects and cookies are switched off before either, and
     * HttpClient has no switch to turn them on again.
     */
    record Configurer(@Nullable HttpClientConfigurer users, @Nullable String proxyUser,
            @Nullable String proxyPassword) implements HttpClientConfigurer {

        @Override
        public void configureHttpClient(HttpClientBuilder builder) {
            builder.setConnectionReuseStrategy(afterPostalsResponses(DefaultClientConnectionReuseStrategy.INSTANCE));
            builder.setKeepAliveStrategy(shorter(DefaultConnectionKeepAliveStrategy.INSTANCE));
            if (proxyUser != null && proxyPassword != null) {
                introduceToProxy(builder, proxyUser, proxyPassword.toCharArray());
            }
            if (users != null) {
                users.configureHttpClient(builder);
            }
        }

        /** Whatever responds with anything but 200 is not Postal, or not well: the next mail gets another connection (protocol 2.4). */
        private static ConnectionReuseStrategy afterPostalsResponses(ConnectionReuseStrategy usual) {
            return (request, response, context) -> response.getCode() == HttpStatus.SC_OK
                    && usual.keepAlive(request, response, context);
        }

        private static ConnectionKeepAliveStrategy shorter(ConnectionKeepAliveStrategy servers) {
            return (response, context) -> {
                TimeValue announced = servers.getKeepAliveDuration(response, context);
                long millis = TimeValue.isPositive(announced)
                        ? Math.min(announced.toMilliseconds(), SERVERS_WAIT_MILLIS)
                        : SERVERS_WAIT_MILLIS;
                return millis > MARGIN_MILLIS ? TimeValue.ofMilliseconds(millis - MARGIN_MILLIS) : null; // null: close it
            };
        }

        /** A body that is read once cannot be sent again after a challenge, so the credentials go along at once. */
        private static void introduceToProxy(HttpClientBuilder builder, String user, char[] password) {
            builder.addExecInterceptorFirst("camel-postal-proxy", (request, scope, chain) -> {
                if (scope.route.getProxyHost() != null && !scope.route.isTunnelled()) {
                    BasicScheme basic = new BasicScheme();
                    basic.initPreemptive(new UsernamePasswordCredentials(user, password));
                    BasicAuthCache known = new BasicAuthCache();
                    known.put(scope.route.getProxyHost(), basic);
                    scope.clientContext.setAuthCache(known);
                }
                return chain.proceed(request, scope);
            });
        }

        @Override
        public String toString() {
            return "Configurer"; // never the password
        }
    }
}
