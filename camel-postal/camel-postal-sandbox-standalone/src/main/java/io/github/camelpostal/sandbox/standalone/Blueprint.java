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

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.github.camelpostal.sandbox.HttpEndpoint;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.Route;
import io.github.camelpostal.sandbox.SandboxBuilder;
import io.github.camelpostal.sandbox.ServerSetup;
import org.jspecify.annotations.Nullable;

/** Turns a configuration into a sandbox that is not started yet. The first mail server is the default one. */
final class Blueprint {
    private Blueprint() {
    }

    /** @throws ConfigException when what is written cannot be built */
    static SandboxBuilder of(Config config) {
        SandboxBuilder sandbox = PostalSandbox.builder().port(config.port()).host("localhost"); // what people type
        Optional.ofNullable(config.version()).ifPresent(sandbox::version);
        config.hosts().forEach(sandbox::host);
        config.allowedDestinations().forEach(sandbox::allowDestination);
        if (config.smtp() != null) {
            sandbox.smtpPort(config.smtp().port());
            if (config.smtp().tls()) {
                sandbox.smtpTls();
            }
            Optional.ofNullable(config.smtp().maxMessageSize()).ifPresent(sandbox::maxMessageSize);
        }
        if (config.health() != null) {
            sandbox.healthPorts(config.health().worker(), config.health().smtp());
        }
        if (config.storage() != null) {
            sandbox.storage(config.storage());
        }
        List<Config.Server> servers = config.servers();
        Config.Server first = servers.get(0);
        sandbox.server(setup -> set(setup.permalink(required(first.permalink(), "permalink")), first));
        servers.stream().skip(1)
                .forEach(server -> sandbox.server(required(server.permalink(), "permalink"), setup -> set(setup, server)));
        return sandbox;
    }

    private static void set(ServerSetup setup, Config.Server server) {
        Optional.ofNullable(server.name()).ifPresent(setup::name);
        Optional.ofNullable(server.organization()).ifPresent(setup::organization);
        server.domains().forEach(setup::domain);
        Optional.ofNullable(server.domainForAny()).ifPresent(setup::domainForAny);
        if (server.allowSender()) {
            setup.allowSender();
        }
        if (server.mode() == Config.ServerMode.DEVELOPMENT) {
            setup.developmentMode();
        }
        Optional.ofNullable(server.sendLimit()).ifPresent(setup::sendLimit);
        server.credentials().forEach(credential -> set(setup, credential));
        server.routes().forEach(route -> setup.route(route(route)));
        server.webhooks().forEach(
                webhook -> setup.postEventsTo(required(webhook.url(), "url"), webhook.events().toArray(String[]::new)));
    }

    private static void set(ServerSetup setup, Config.Credential credential) {
        String key = required(credential.key(), "key");
        switch (required(credential.type(), "type")) {
            case API -> {
                if (credential.hold()) {
                    setup.holdingApiKey(key);
                } else {
                    setup.apiKey(key);
                }
            }
            case SMTP -> {
                if (credential.hold()) {
                    setup.holdingSmtpKey(key);
                } else {
                    setup.smtpKey(key);
                }
            }
            case SMTP_IP -> setup.smtpFrom(key);
        }
    }

    private static Route route(Config.RouteLine line) {
        boolean posts = line.mode() == Route.Mode.ENDPOINT;
        if (posts == line.endpoints().isEmpty()) {
            throw new ConfigException("The route of " + required(line.address(), "address") + (posts
                    ? " has no endpoint to post to; its mode may be accept, hold, bounce or reject instead"
                    : " has endpoints, but its mode posts to none"));
        }
        return new Route(required(line.address(), "address"), line.mode(), line.spam(),
                line.endpoints().stream().map(Blueprint::endpoint).toList());
    }

    private static HttpEndpoint endpoint(Config.Endpoint line) {
        URI url = required(line.url(), "url");
        HttpEndpoint endpoint = HttpEndpoint.of(url).withStripReplies(line.stripReplies())
                .withAttachments(line.attachments() == null || line.attachments());
        endpoint = line.encoding() == null ? endpoint : endpoint.withEncoding(line.encoding());
        endpoint = line.format() == null ? endpoint : endpoint.withFormat(line.format());
        return line.timeout() == null ? endpoint : endpoint.withTimeout(Duration.ofSeconds(line.timeout()));
    }

    private static <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw new ConfigException("'" + name + "' is missing under one of the 'servers'");
        }
        return value;
    }
}
