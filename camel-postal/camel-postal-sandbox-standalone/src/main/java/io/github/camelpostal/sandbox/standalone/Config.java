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
package io.github.camelpostal.sandbox.standalone;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.camelpostal.sandbox.HttpEndpoint;
import io.github.camelpostal.sandbox.Route.Mode;
import io.github.camelpostal.sandbox.Route.SpamMode;
import org.jspecify.annotations.Nullable;

/**
 * The configuration file, as it is written. What each line means stands in {@code example.yml}; what is left out has the value
 * that stands there or none.
 *
 * @param port    of the page and the API; 0 for a free one
 * @param version of Postal; null for the newest that is known
 * @param smtp    null for no SMTP server
 * @param health  null for no health server
 * @param hosts   names under which the API can be called, besides 127.0.0.1 and localhost
 * @param storage folder for messages and signing key; null for memory
 * @param allowedDestinations hosts of private addresses that may be posted to; only for versions that ask
 * @param servers at least one mail server
 */
record Config(Integer port, @Nullable String version, @Nullable Smtp smtp, @Nullable Health health, List<String> hosts,
        @Nullable Path storage,
        List<String> allowedDestinations, List<Server> servers) {

    private static final int POSTALS_PORT = 5000;
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    Config {
        port = port == null ? POSTALS_PORT : port;
        hosts = orNone(hosts);
        allowedDestinations = orNone(allowedDestinations);
        servers = orNone(servers);
    }

    /** @param maxMessageSize in megabytes; null for Postal's 14 */
    record Smtp(int port, boolean tls, @Nullable Integer maxMessageSize) {
    }

    /** The two ports; 0 for a free one. */
    record Health(int worker, int smtp) {
    }

    /** One mail server; what may be left out may be null. */
    record Server(String permalink, @Nullable String name, @Nullable String organization, ServerMode mode, List<String> domains,
            @Nullable String domainForAny,
            boolean allowSender, @Nullable Integer sendLimit, List<Credential> credentials, List<RouteLine> routes,
            List<WebhookLine> webhooks) {
        Server {
            mode = mode == null ? ServerMode.LIVE : mode;
            domains = orNone(domains);
            credentials = orNone(credentials);
            routes = orNone(routes);
            webhooks = orNone(webhooks);
        }
    }

    /** Whether mail is delivered or held. */
    enum ServerMode {
        LIVE, DEVELOPMENT
    }

    /** @param key the key, or for {@code smtp-ip} an address or range */
    record Credential(CredentialType type, String key, boolean hold) {
        /** Without the key. */
        @Override
        public String toString() {
            return "Credential[" + type + "]";
        }
    }

    /** Postal's types. */
    enum CredentialType {
        API, SMTP, @JsonProperty("smtp-ip")
        SMTP_IP
    }

    /** A route; {@code endpoints} only with mode {@code endpoint}. */
    record RouteLine(String address, Mode mode, SpamMode spam, List<Endpoint> endpoints) {
        RouteLine {
            mode = mode == null ? Mode.ENDPOINT : mode;
            spam = spam == null ? SpamMode.MARK : spam;
            endpoints = orNone(endpoints);
        }
    }

    /** @param timeout in seconds; null for 5 */
    record Endpoint(URI url, HttpEndpoint.@Nullable Encoding encoding, HttpEndpoint.@Nullable Format format,
            boolean stripReplies, @Nullable Boolean attachments,
            @Nullable Integer timeout) {
    }

    /** @param events empty for all */
    record WebhookLine(URI url, List<String> events) {
        WebhookLine {
            events = orNone(events);
        }
    }

    /** @throws ConfigException when there is no such file, or it is wrong */
    static Config read(Path file) {
        try {
            return read(Files.readString(file), file.toString());
        } catch (NoSuchFileException e) {
            throw new ConfigException("There is no file " + file + ". A configuration to start from prints --example");
        } catch (IOException e) {
            throw new ConfigException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** @param name of the text, for what is said about it */
    static Config read(String yaml, String name) {
        try {
            Config config = YAML.readValue(yaml, Config.class);
            if (config == null || config.servers().isEmpty()) {
                throw new ConfigException(name + ": there is no mail server under 'servers'");
            }
            return config;
        } catch (JsonProcessingException e) {
            throw new ConfigException(name + ": " + problem(e), e);
        }
    }

    /** Jackson's own text can quote what stands in the file, keys included. */
    private static String problem(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "there is no '" + path(unknown) + "'; known there are " + unknown.getKnownPropertyIds().stream()
                    .map(String::valueOf).sorted().collect(Collectors.joining(", "));
        }
        if (e instanceof InvalidFormatException format && format.getTargetType().isEnum()) {
            return path(format) + " is one of " + Arrays.stream(format.getTargetType().getEnumConstants())
                    .map(value -> value.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .collect(Collectors.joining(", "));
        }
        return e instanceof JsonMappingException mapping
                ? path(mapping) + " is of another kind than expected"
                : "this is no YAML" + line(e.getLocation());
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining()).replaceFirst("^\\.", "");
    }

    private static String line(@Nullable JsonLocation location) {
        return location == null ? "" : ", in line " + location.getLineNr();
    }

    private static <T> List<T> orNone(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
