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
package io.github.camelpostal.sandbox.store;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.camelpostal.sandbox.format.Addresses;

/**
 * The configuration of the sandbox's one mail server: who may send, from where, and where mail and events are posted.
 * The sandbox posts only to what stands here.
 */
public final class MailServer {
    /** The route for mail that comes to the return path and matches no message (contract 4.1). */
    public static final String RETURN_PATH_ROUTE = "__returnpath__";

    private final Identity identity;
    private final Set<String> verifiedDomains;
    private final List<Credential> credentials;
    private final Map<String, Route> routes = new ConcurrentHashMap<>();
    private final List<Webhook> webhooks = new CopyOnWriteArrayList<>();
    private volatile boolean suspended;

    public MailServer(Identity identity, Set<String> verifiedDomains, List<Credential> credentials) {
        this.identity = identity;
        this.verifiedDomains = Set.copyOf(verifiedDomains);
        this.credentials = List.copyOf(credentials);
    }

    /**
     * The names that the installation and this server have.
     *
     * @param token            stands in the return path
     * @param returnPathDomain also the domain of Message-IDs that Postal makes
     */
    public record Identity(String uuid, String name, String permalink, String organization, String token,
            String returnPathDomain, String smtpHostname) {
        public String returnPath() {
            return token + "@" + returnPathDomain;
        }
    }

    /**
     * An API credential.
     *
     * @param hold parks everything that is sent with it
     */
    public record Credential(String key, boolean hold) {
    }

    public Identity identity() {
        return identity;
    }

    /** Ignores case and spaces around, as the database's collation and the web server do (contract 2.2). */
    public Optional<Credential> credential(String key) {
        return credentials.stream().filter(known -> known.key().equalsIgnoreCase(key.strip())).findFirst();
    }

    /** Whether mail from this one address may be sent: its domain is verified, letter case aside (contract 2.6). */
    public boolean maySendFrom(String bareAddress) {
        return verifiedDomains.contains(Addresses.domain(bareAddress));
    }

    public boolean isSuspended() {
        return suspended;
    }

    public void suspend(boolean suspend) {
        this.suspended = suspend;
    }

    public boolean isReturnPath(String address) {
        return identity.returnPath().equalsIgnoreCase(address);
    }

    /** One route per pattern; a new one replaces it. */
    public void route(Route route) {
        routes.put(route.pattern().toLowerCase(Locale.ROOT), route);
    }

    /** The exact name first, then {@code *}; an address tag is cut off before (contract 4.1). */
    public Optional<Route> routeFor(String address) {
        if (isReturnPath(address)) {
            return Optional.ofNullable(routes.get(RETURN_PATH_ROUTE));
        }
        String domain = Addresses.domain(address);
        Route exact = routes.get(Addresses.localPartWithoutTag(address) + "@" + domain);
        return Optional.ofNullable(exact != null ? exact : routes.get("*@" + domain));
    }

    public void webhook(Webhook webhook) {
        webhooks.add(webhook);
    }

    public List<Webhook> webhooks() {
        return webhooks;
    }
}
