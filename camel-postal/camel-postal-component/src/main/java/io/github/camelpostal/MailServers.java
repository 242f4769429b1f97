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

/**
 * The mail servers that an endpoint can talk to: its own, and those that the component has by name. Knows where each is and
 * who holds its key; the key itself is asked for by each call, so that a renewed one counts at once, and is in no text.
 */
final class MailServers {

    private final PostalComponent component;

    MailServers(PostalComponent component) {
        this.component = component;
    }

    /** One mail server, as an endpoint's options want it connected. */
    record MailServer(PostalConfiguration options, ServerAccess access, Account account) {

        @Override
        public String toString() {
            return access.toString();
        }
    }

    /**
     * Whose key it is.
     *
     * @param name  of one of the component's servers; empty for the component's own key
     * @param owner the endpoint, if the key stands on its URI
     */
    record Account(Optional<String> name, Optional<PostalEndpoint> owner) {
    }

    /** What the endpoint's options say; empty when only {@code CamelPostalServer} can say it. */
    Optional<MailServer> of(PostalEndpoint endpoint) {
        PostalConfiguration options = endpoint.getConfiguration();
        if (endpoint.getServer() != null) {
            return Optional.of(named(endpoint.getServer(), options));
        }
        boolean ownKey = options.getApiKey() != null;
        Supplier<String> apiKey = ownKey ? options::getApiKey : () -> component.getConfiguration().getApiKey();
        if (isBlank(apiKey.get()) && !component.getServers().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(server(options, apiKey,
                new Account(Optional.empty(), Optional.of(endpoint).filter(e -> ownKey))));
    }

    /** The one of that name, instead of the endpoint's own. */
    MailServer named(String name, PostalEndpoint endpoint) {
        PostalConfiguration options = endpoint.getConfiguration().copy();
        if (!name.equals(endpoint.getServer())) {
            locate(name, options);
        }
        return named(name, options);
    }

    /** Points the options to the server of that name. A Host header belongs to the URL beside which it stands. */
    void locate(String name, PostalConfiguration options) {
        PostalServer server = find(name);
        boolean elsewhere = !isBlank(server.getServerUrl());
        PostalConfiguration common = component.getConfiguration();
        options.setServerUrl(elsewhere ? server.getServerUrl() : common.getServerUrl());
        options.setHostHeader(elsewhere || !isBlank(server.getHostHeader()) ? server.getHostHeader() : common.getHostHeader());
    }

    /** @throws IllegalArgumentException naming the option that is missing, or the names that there are */
    private MailServer named(String name, PostalConfiguration options) {
        find(name);
        return server(options, () -> find(name).getApiKey(), new Account(Optional.of(name), Optional.empty()));
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

    private static MailServer server(PostalConfiguration options, Supplier<String> apiKey, Account account) {
        String prefix = account.name().map(name -> "servers[" + name + "].").orElse("");
        required("serverUrl", options.getServerUrl(), "server-url=https://postal.example.com");
        required(prefix + "apiKey", apiKey.get(), prefix + "api-key={{env:POSTAL_API_KEY}}");
        try {
            return new MailServer(options, new ServerAccess(new URI(options.getServerUrl().strip()), apiKey,
                    Optional.ofNullable(options.getHostHeader()).filter(host -> !host.isBlank())), account);
        } catch (URISyntaxException e) {
            // the URL is not repeated: it may hold a password
            throw new IllegalArgumentException("The option serverUrl is no URL; set it to something like"
                    + " https://postal.example.com");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The option serverUrl cannot be used: " + e.getMessage(), e);
        }
    }

    private static void required(String option, String value, String example) {
        if (isBlank(value)) {
            throw new IllegalArgumentException("A postal: producer needs the option " + option + "; set, for example,"
                    + " camel.component.postal." + example);
        }
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }
}
