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
package io.github.camelpostal.sandbox;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

import io.github.camelpostal.sandbox.ServerSettings.Mode;
import io.github.camelpostal.sandbox.internal.store.Installation;
import io.github.camelpostal.sandbox.internal.store.MailServer;
import io.github.camelpostal.sandbox.internal.store.MailServer.Credential;
import io.github.camelpostal.sandbox.internal.store.StableText;
import io.github.camelpostal.sandbox.internal.store.VerifiedDomain;
import io.github.camelpostal.sandbox.internal.store.VerifiedDomain.Owner;
import io.github.camelpostal.sandbox.internal.store.Webhook;

/** What one mail server of the sandbox starts with. */
public final class ServerSetup {
    private static final int TOKEN_LENGTH = 6;

    private String permalink;
    private final List<VerifiedDomain> domains = new ArrayList<>();
    private final List<Credential> credentials = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private final List<Webhook> webhooks = new ArrayList<>();
    private final List<TrackDomain> trackDomains = new ArrayList<>();
    private ServerSettings settings = ServerSettings.defaults();
    private String organization = "sandbox";
    private String name;
    private String token;

    ServerSetup(String permalink) {
        this.permalink = requirePermalink(permalink);
        this.name = permalink;
        this.token = StableText.of(permalink, TOKEN_LENGTH);
    }

    private static String requirePermalink(String permalink) {
        if (!permalink.matches("[a-z0-9-]+")) {
            throw new IllegalArgumentException(
                    "A mail server is called by lower-case letters, digits and hyphens: " + permalink);
        }
        return permalink;
    }

    /**
     * Another short name than the one that it was added by; the default mail server is {@code sandbox} without it.
     *
     * @throws IllegalArgumentException unless it is lower-case letters, digits and hyphens
     */
    public ServerSetup permalink(String shortName) {
        this.permalink = requirePermalink(shortName);
        return this;
    }

    /** The name in events; by default the permalink. */
    public ServerSetup name(String displayName) {
        this.name = displayName;
        return this;
    }

    /** The permalink of the organization that it belongs to; {@code sandbox} by default. */
    public ServerSetup organization(String organizationPermalink) {
        this.organization = organizationPermalink;
        return this;
    }

    /** The six letters or digits of the return path; by default they follow from the permalink. */
    public ServerSetup token(String sixCharacters) {
        this.token = sixCharacters;
        return this;
    }

    /** A verified domain of this server, which mail may be sent from. */
    public ServerSetup domain(String verifiedDomain) {
        domains.add(VerifiedDomain.of(verifiedDomain));
        return this;
    }

    /** A verified domain that lets mail be sent from any address at all (protocol 2.6). */
    public ServerSetup domainForAny(String verifiedDomain) {
        domains.add(new VerifiedDomain(verifiedDomain, Owner.SERVER, true));
        return this;
    }

    /** A verified domain of the organization; no events about its DNS. */
    public ServerSetup organizationDomain(String verifiedDomain) {
        domains.add(new VerifiedDomain(verifiedDomain, Owner.ORGANIZATION, false));
        return this;
    }

    /** A verified Sender makes up for an unverified From (protocol 2.6). */
    public ServerSetup allowSender() {
        return settings(now -> now.withAllowSender(true));
    }

    /** A credential for the API. */
    public ServerSetup apiKey(String key) {
        return credential(Credential.Type.API, key, false);
    }

    /** A credential for the API, flagged <em>hold</em>: what is sent with it is parked (protocol 2.14). */
    public ServerSetup holdingApiKey(String key) {
        return credential(Credential.Type.API, key, true);
    }

    /** A credential for SMTP; it is none for the API. */
    public ServerSetup smtpKey(String key) {
        return credential(Credential.Type.SMTP, key, false);
    }

    /** A credential for SMTP, flagged <em>hold</em>. */
    public ServerSetup holdingSmtpKey(String key) {
        return credential(Credential.Type.SMTP, key, true);
    }

    /** Who connects from here may send by SMTP without a key: an address or a CIDR range. */
    public ServerSetup smtpFrom(String addressOrRange) {
        return credential(Credential.Type.SMTP_IP, addressOrRange, false);
    }

    /** As {@link SandboxServer#postEventsTo}. */
    public ServerSetup postEventsTo(URI webhookUrl, String... events) {
        webhooks.add(new Webhook(SandboxServer.checked(webhookUrl), Set.of(events)));
        return this;
    }

    /** As {@link SandboxServer#routeTo}. */
    public ServerSetup routeTo(String addressPattern, URI endpoint) {
        return route(Route.to(addressPattern, HttpEndpoint.of(endpoint)));
    }

    /** As {@link SandboxServer#route}. */
    public ServerSetup route(Route route) {
        routes.add(SandboxServer.checked(route));
        return this;
    }

    /** As {@link SandboxServer#trackDomain}. */
    public ServerSetup trackDomain(TrackDomain domain) {
        trackDomains.add(domain);
        return this;
    }

    /** Everything is held: outgoing and incoming (protocol 2.15). */
    public ServerSetup developmentMode() {
        return settings(now -> now.withMode(Mode.DEVELOPMENT));
    }

    /** Outgoing messages in a rolling hour; more are held (protocol 2.14). */
    public ServerSetup sendLimit(int perHour) {
        return settings(now -> now.withSendLimit(perHour));
    }

    /** Everything else. */
    public ServerSetup settings(UnaryOperator<ServerSettings> change) {
        this.settings = change.apply(settings);
        return this;
    }

    private ServerSetup credential(Credential.Type type, String key, boolean hold) {
        if (key == null || key.isBlank()) {
            throw new IllegalArgumentException("A key may not be blank: Postal takes that for no key at all");
        }
        credentials.add(new Credential(type, key, hold));
        return this;
    }

    boolean hasDomain() {
        return !domains.isEmpty();
    }

    boolean hasApiKey() {
        return credentials.stream().anyMatch(known -> known.type() == Credential.Type.API && !known.hold());
    }

    MailServer build(Installation.Names names) {
        String uuid = UUID.nameUUIDFromBytes((organization + "/" + permalink).getBytes(StandardCharsets.UTF_8)).toString();
        MailServer server = new MailServer(new MailServer.Identity(uuid, name, permalink, organization, token, names));
        domains.forEach(server::add);
        credentials.forEach(server::add);
        routes.forEach(server::route);
        webhooks.forEach(server::webhook);
        trackDomains.forEach(server::add);
        server.change(now -> settings);
        return server;
    }
}
