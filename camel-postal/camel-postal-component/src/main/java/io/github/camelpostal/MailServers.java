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
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

import io.github.camelpostal.api.ServerAccess;
import io.github.camelpostal.internal.client.MailServer;
import org.jspecify.annotations.Nullable;

/**
 * The mail servers that an endpoint can talk to: its own, and those that the component has by name. Knows where each is and
 * who holds its key; the key itself is asked for by each call, so that a renewed one counts at once, and is in no text.
 */
final class MailServers {

    private final PostalComponent component;

    MailServers(PostalComponent component) {
        this.component = component;
    }

    /** Where a server is; a Host header belongs to the URL beside which it stands. */
    record Location(@Nullable String serverUrl, @Nullable String hostHeader) {
    }

    /** What the endpoint's options say; empty when only {@code CamelPostalServer} can say it. */
    Optional<MailServer> of(PostalEndpoint endpoint) {
        PostalConfiguration options = endpoint.getConfiguration();
        Location location = new Location(options.getServerUrl(), options.getHostHeader());
        if (endpoint.getServer() != null) {
            return Optional.of(named(endpoint.getServer(), location, endpoint));
        }
        boolean ownKey = options.getApiKey() != null;
        Supplier<String> apiKey = ownKey ? options::getApiKey : () -> component.getConfiguration().getApiKey();
        if (isBlank(apiKey.get()) && !component.getServers().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(server(location, apiKey, new MailServer.Account(null, ownKey ? endpoint : null), endpoint));
    }

    /**
     * What the send ledger calls the mail server that posts to a consumer: the one of the option server, else that of the
     * component's own key.
     *
     * @throws IllegalArgumentException naming the options, if they do not say which one it is
     */
    String ledgerName(PostalEndpoint endpoint) {
        PostalConfiguration options = endpoint.getConfiguration();
        String name = endpoint.getServer();
        if (name == null && isBlank(component.getConfiguration().getApiKey()) && !component.getServers().isEmpty()) {
            throw new IllegalArgumentException(
                    "postal:webhook with a sendLedger must know which mail server posts to it; set the"
                            + " option server to one of " + String.join(", ", new TreeSet<>(component.getServers().keySet())));
        }
        String url = options.getServerUrl();
        if (url == null || url.isBlank()) {
            throw new IllegalArgumentException("postal:webhook with a sendLedger needs the option serverUrl, the same as the"
                    + " producer's; set, for example, camel.component.postal.server-url=https://postal.example.com");
        }
        return MailServer.ledgerName(URI.create(url.strip()), name);
    }

    /** The one of that name, instead of the endpoint's own. */
    MailServer named(String name, PostalEndpoint endpoint) {
        return name.equals(endpoint.getServer()) ? of(endpoint).orElseThrow() : named(name, location(name), endpoint);
    }

    /** Where the component's server of that name is. */
    Location location(String name) {
        PostalServer server = find(name);
        boolean elsewhere = !isBlank(server.getServerUrl());
        PostalConfiguration common = component.getConfiguration();
        return new Location(elsewhere ? server.getServerUrl() : common.getServerUrl(),
                elsewhere || !isBlank(server.getHostHeader()) ? server.getHostHeader() : common.getHostHeader());
    }

    /** @throws IllegalArgumentException naming the option that is missing, or the names that there are */
    private MailServer named(String name, Location location, PostalEndpoint endpoint) {
        find(name);
        return server(location, () -> find(name).getApiKey(), new MailServer.Account(name, null), endpoint);
    }

    private PostalServer find(String name) {
        Map<String, PostalServer> servers = component.getServers();
        PostalServer server = servers.get(name);
        if (server == null) {
            throw new IllegalArgumentException("There is no mail server of the name '" + name + "'; " + (servers.isEmpty()
                    ? "set, for example, camel.component.postal.servers[" + name + "].api-key={{env:POSTAL_API_KEY}}"
                    : "the component postal has " + String.join(", ", new TreeSet<>(servers.keySet()))));
        }
        return server;
    }

    private static MailServer server(Location location, Supplier<@Nullable String> apiKey, MailServer.Account account,
            PostalEndpoint endpoint) {
        String prefix = account.name() == null ? "" : "servers[" + account.name() + "].";
        String url = required("serverUrl", location.serverUrl(), "server-url=https://postal.example.com");
        required(prefix + "apiKey", apiKey.get(), prefix + "api-key={{env:POSTAL_API_KEY}}");
        try {
            ServerAccess access = new ServerAccess(new URI(url.strip()), apiKey,
                    isBlank(location.hostHeader()) ? null : location.hostHeader());
            return new MailServer(access, account, endpoint.connectionSettings().to(url));
        } catch (URISyntaxException e) {
            // the URL is not repeated: it may hold a password
            throw new IllegalArgumentException("The option serverUrl is no URL; set it to something like"
                    + " https://postal.example.com");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The option serverUrl cannot be used: " + e.getMessage(), e);
        }
    }

    private static String required(String option, @Nullable String value, String example) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("A postal: producer needs the option " + option + "; set, for example,"
                    + " camel.component.postal." + example);
        }
        return value;
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
