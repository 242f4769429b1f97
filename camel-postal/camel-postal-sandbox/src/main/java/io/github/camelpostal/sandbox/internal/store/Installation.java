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
package io.github.camelpostal.sandbox.internal.store;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.camelpostal.sandbox.Route;
import io.github.camelpostal.sandbox.internal.format.Addresses;
import org.jspecify.annotations.Nullable;

/**
 * All mail servers of one Postal: finds the one that a key or an address belongs to. One web process, one SMTP server and one
 * signing key serve them all.
 */
public final class Installation {
    private static final String CUSTOM_RETURN_PATH = "psrp.";

    private final Names names;
    private final PostalVersion version;
    private final List<MailServer> servers = new CopyOnWriteArrayList<>();

    /** Of the recorded version. */
    public Installation(Names names) {
        this(names, PostalVersion.RECORDED);
    }

    public Installation(Names names, PostalVersion version) {
        this.names = names;
        this.version = version;
    }

    /**
     * The domains that belong to the installation itself.
     *
     * @param returnPathDomain where bounces come to; also the domain of Message-IDs that Postal makes
     * @param smtpHostname     what the SMTP server calls itself
     * @param routeDomain      the domain of route token addresses (protocol 4.1)
     */
    public record Names(String returnPathDomain, String smtpHostname, String routeDomain) {
        /** For the made-up host {@code postal.example.com}. */
        public static Names example() {
            return new Names("rp.postal.example.com", "postal.example.com", "routes.postal.example.com");
        }

        /** Whether bounces come to this domain: that of the installation, or {@code psrp.} before any other. */
        public boolean isReturnPathDomain(String lowerCaseDomain) {
            return lowerCaseDomain.equals(returnPathDomain) || lowerCaseDomain.startsWith(CUSTOM_RETURN_PATH);
        }
    }

    /**
     * Who a key belongs to.
     *
     * @param server     the mail server that it belongs to
     * @param credential the credential with that key
     */
    public record Login(MailServer server, MailServer.Credential credential) {
    }

    /**
     * Where mail from outside goes.
     *
     * @param server the mail server that takes it
     * @param route  null for the return path
     * @param rcptTo the address to store: that of the route when the mail came to a route token
     */
    public record Destination(MailServer server, @Nullable Route route, String rcptTo) {
        /** Whether the mail is refused at once: SMTP 550 (protocol 4.1). */
        public boolean isRejected() {
            return route != null && route.mode() == Route.Mode.REJECT;
        }
    }

    public Names names() {
        return names;
    }

    public PostalVersion version() {
        return version;
    }

    /** In the order in which they were added; the first is the default one. */
    public List<MailServer> servers() {
        return servers;
    }

    /** @throws IllegalArgumentException when there is one of that permalink */
    public void add(MailServer server) {
        if (find(server.permalink()).isPresent()) {
            throw new IllegalArgumentException("There are two mail servers called " + server.permalink());
        }
        servers.add(server);
    }

    /** The server with this permalink. */
    public Optional<MailServer> find(String permalink) {
        return servers.stream().filter(server -> server.permalink().equals(permalink)).findFirst();
    }

    /** Looks the key up over all servers; ignores letter case and spaces around, as the database does (protocol 2.2). */
    public Optional<Login> login(MailServer.Credential.Type type, String key) {
        return servers.stream()
                .flatMap(server -> server.credential(type, key).map(found -> new Login(server, found)).stream())
                .findFirst();
    }

    /** The order in which Postal's SMTP server looks: return path, route token, route (protocol 7). */
    public Optional<Destination> destinationOf(String rcptTo) {
        return returnPath(rcptTo).or(() -> routeToken(rcptTo)).or(() -> route(rcptTo));
    }

    private Optional<Destination> returnPath(String rcptTo) {
        return servers.stream().filter(server -> server.isReturnPath(rcptTo)).findFirst()
                .map(server -> new Destination(server, null, rcptTo));
    }

    /** The address becomes that of the route; a tag is kept. */
    private Optional<Destination> routeToken(String rcptTo) {
        if (!Addresses.domain(rcptTo).equals(names.routeDomain())) {
            return Optional.empty();
        }
        String token = Addresses.localPartWithoutTag(rcptTo);
        String local = rcptTo.substring(0, rcptTo.lastIndexOf('@'));
        String tag = local.substring(token.length());
        return servers.stream()
                .flatMap(server -> server.routes().stream()
                        .filter(route -> route.token() != null && route.token().toLowerCase(Locale.ROOT).equals(token))
                        .map(route -> new Destination(server, route, address(route, tag))))
                .findFirst();
    }

    /** The address that mail to the route token is stored under; the name of a wildcard stays {@code *} (protocol 4.1). */
    private static String address(Route route, String tag) {
        int at = route.pattern().indexOf('@');
        return at < 0 ? route.pattern() : route.pattern().substring(0, at) + tag + route.pattern().substring(at);
    }

    private Optional<Destination> route(String rcptTo) {
        return servers.stream()
                .flatMap(server -> server.routeFor(rcptTo).map(route -> new Destination(server, route, rcptTo)).stream())
                .findFirst();
    }

    /** Whether the address is the return path of the server with this token: also at {@code psrp.} of any domain. */
    static boolean isReturnPath(String address, String token, Names names) {
        return names.isReturnPathDomain(Addresses.domain(address))
                && Addresses.localPartWithoutTag(address).equalsIgnoreCase(token);
    }
}
