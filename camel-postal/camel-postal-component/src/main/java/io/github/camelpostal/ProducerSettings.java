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
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.github.camelpostal.api.Expansion;
import io.github.camelpostal.api.ServerAccess;
import io.github.camelpostal.sending.MessageDefaults;

/**
 * What a producer is told by its options, checked once, before anything starts.
 */
record ProducerSettings(ServerAccess server, MessageDefaults defaults, Set<Expansion> expansions) {

    /** @throws IllegalArgumentException naming the option that is missing or wrong, with an example */
    static ProducerSettings of(PostalOperation operation, PostalConfiguration endpoint, PostalConfiguration component) {
        if (!operation.isProducer()) {
            throw new IllegalArgumentException(
                    "postal:" + operation + " receives, so it stands in from(); a producer is one of "
                            + PostalOperation.producerNames() + ", for example to(\"postal:send\")");
        }
        return new ProducerSettings(server(endpoint, component), defaults(endpoint), expansions(endpoint.getExpansions()));
    }

    private static ServerAccess server(PostalConfiguration endpoint, PostalConfiguration component) {
        required("serverUrl", endpoint.getServerUrl(), "https://postal.example.com");
        required("apiKey", endpoint.getApiKey(), "{{env:POSTAL_API_KEY}}");
        // a key that the endpoint has from the component follows it, so that a renewed one is used by the next call
        boolean inherited = endpoint.getApiKey().equals(component.getApiKey());
        Supplier<String> apiKey = inherited ? component::getApiKey : endpoint::getApiKey;
        try {
            return new ServerAccess(new URI(endpoint.getServerUrl().strip()), apiKey,
                    Optional.ofNullable(endpoint.getHostHeader()).filter(host -> !host.isBlank()));
        } catch (URISyntaxException e) {
            // the URL is not repeated: it may hold a password
            throw new IllegalArgumentException("The option serverUrl is no URL; set it to something like"
                    + " https://postal.example.com");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The option serverUrl cannot be used: " + e.getMessage(), e);
        }
    }

    private static void required(String option, String value, String example) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("A postal: producer needs the option " + option + "; set, for example,"
                    + " camel.component.postal." + kebab(option) + "=" + example);
        }
    }

    private static String kebab(String option) {
        return option.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static MessageDefaults defaults(PostalConfiguration endpoint) {
        return new MessageDefaults(endpoint.getFrom(), endpoint.getTo(), endpoint.getCc(), endpoint.getBcc(),
                endpoint.getReplyTo(), endpoint.getSender(), endpoint.getSubject(), endpoint.getTag(), endpoint.getBodyType(),
                endpoint.getTransport());
    }

    private static Set<Expansion> expansions(String option) {
        if (option == null || option.isBlank()) {
            return Set.of();
        }
        if (option.strip().equalsIgnoreCase("all")) {
            return EnumSet.allOf(Expansion.class);
        }
        return Arrays.stream(option.split(",")).map(String::strip).filter(name -> !name.isEmpty())
                .map(ProducerSettings::expansion).collect(Collectors.toUnmodifiableSet());
    }

    private static Expansion expansion(String name) {
        return Expansion.byName(name)
                .orElseThrow(() -> new IllegalArgumentException("The option expansions names '" + name
                        + "'; write all, or some of " + Arrays.stream(Expansion.values()).map(Expansion::postalName)
                                .collect(Collectors.joining(", "))
                        + ", for example expansions=status,details"));
    }
}
