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
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;

/**
 * How to connect to one server: what two users must have in common to share connections. Times are in milliseconds.
 *
 * @param server         scheme, host and port, because maxConnections is meant for each server; empty for any
 * @param globalSsl      whether the TLS settings of the CamelContext count where there are no own ones
 * @param proxyAuthScheme null for http, as for all settings of a proxy that are not set
 * @param configurer     the user's own settings of the HTTP client
 */
public record ConnectionSettings(String server, long connectTimeout, long responseTimeout, int maxConnections,
        @Nullable SSLContextParameters sslContextParameters, boolean globalSsl, @Nullable String proxyHost,
        @Nullable Integer proxyPort, @Nullable String proxyAuthScheme, @Nullable String proxyAuthMethod,
        @Nullable String proxyAuthUsername, @Nullable String proxyAuthPassword, @Nullable String nonProxyHosts,
        @Nullable HttpClientConfigurer configurer) {

    /** @throws IllegalArgumentException naming the option that is out of range */
    public ConnectionSettings {
        atLeastOne("connectTimeout", connectTimeout, "5s");
        atLeastOne("responseTimeout", responseTimeout, "30s");
        atLeastOne("maxConnections", maxConnections, "5");
    }

    /** The same for another server; whether the URL is any good is for others to say. */
    public ConnectionSettings to(@Nullable String url) {
        return new ConnectionSettings(server(url), connectTimeout, responseTimeout, maxConnections, sslContextParameters,
                globalSsl, proxyHost, proxyPort, proxyAuthScheme, proxyAuthMethod, proxyAuthUsername, proxyAuthPassword,
                nonProxyHosts, configurer);
    }

    /** The same with shorter times and a connection of its own, for calls that must neither wait for others nor hold them up. */
    public ConnectionSettings withinMillis(long millis) {
        return new ConnectionSettings(server, Math.min(connectTimeout, millis), Math.min(responseTimeout, millis), 2,
                sslContextParameters, globalSsl, proxyHost, proxyPort, proxyAuthScheme, proxyAuthMethod, proxyAuthUsername,
                proxyAuthPassword, nonProxyHosts, configurer);
    }

    private static String server(@Nullable String url) {
        return url == null ? "" : url.strip().replaceFirst("^([^/]*//[^/]*).*", "$1");
    }

    private static void atLeastOne(String option, long value, String example) {
        if (value < 1) {
            throw new IllegalArgumentException(option + " must be at least 1, for example " + example);
        }
    }

    /** Digest responds to a challenge and cannot come first. */
    @Nullable
    String preemptiveProxyUser() {
        return proxyAuthMethod == null || proxyAuthMethod.equalsIgnoreCase("Basic") ? proxyAuthUsername : null;
    }

    /** Never the password. */
    @Override
    public String toString() {
        return server;
    }
}
