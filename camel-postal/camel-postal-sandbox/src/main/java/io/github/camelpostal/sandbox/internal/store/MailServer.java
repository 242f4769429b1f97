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

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import io.github.camelpostal.sandbox.Route;
import io.github.camelpostal.sandbox.ServerSettings;
import io.github.camelpostal.sandbox.TrackDomain;
import io.github.camelpostal.sandbox.internal.format.Addresses;
import io.github.camelpostal.sandbox.internal.format.PostalMail;

/**
 * One mail server of the installation: who may send, from where, and where mail and events go. The sandbox sends only
 * to what stands here. Everything may be changed while it runs.
 */
public final class MailServer {

    private static final int ROUTE_TOKEN_LENGTH = 8;

    private final Identity identity;
    private final Map<String, VerifiedDomain> domains = new ConcurrentHashMap<>();
    private final List<Credential> credentials = new CopyOnWriteArrayList<>();
    private final Map<String, Route> routes = Collections.synchronizedMap(new LinkedHashMap<>());
    private final List<Webhook> webhooks = new CopyOnWriteArrayList<>();
    private final SuppressionList suppressionList = new SuppressionList();
    private final SendVolume sendVolume = new SendVolume();
    private final Map<String, TrackDomain> trackDomains = new ConcurrentHashMap<>();
    private final TrackedLinks trackedLinks = new TrackedLinks();
    private volatile ServerSettings settings = ServerSettings.defaults();

    public MailServer(Identity identity) {
        this.identity = identity;
    }

    /**
     * The names that the installation and this server have.
     *
     * @param permalink    the short name; unique in the installation
     * @param organization permalink of the organization
     * @param token        six lower-case letters or digits; stands in the return path and in tracked links
     * @param installation the domains of the installation
     */
    public record Identity(String uuid, String name, String permalink, String organization, String token,
            Installation.Names installation) {
        /** Where bounces of mail sent from here come to. */
        public String returnPath() {
            return token + "@" + returnPathDomain();
        }

        public String returnPathDomain() {
            return installation.returnPathDomain();
        }

        public String smtpHostname() {
            return installation.smtpHostname();
        }
    }

    /**
     * What lets somebody send.
     *
     * @param key  for {@link Type#SMTP_IP} an address or a CIDR range
     * @param hold parks everything that is sent with it
     */
    public record Credential(Type type, String key, boolean hold) {

        /** What it is good for; a key of one type is none of another (protocol 1). */
        public enum Type {
            API("API"), SMTP("SMTP"), SMTP_IP("SMTP-IP");

            private final String text;

            Type(String text) {
                this.text = text;
            }

            /** Postal's word for it. */
            public String text() {
                return text;
            }
        }
    }

    public Identity identity() {
        return identity;
    }

    public String permalink() {
        return identity.permalink();
    }

    public ServerSettings settings() {
        return settings;
    }

    public synchronized void change(UnaryOperator<ServerSettings> change) {
        settings = change.apply(settings);
    }

    public boolean isSuspended() {
        return settings.suspended();
    }

    public void suspend(boolean suspend) {
        change(now -> now.withSuspended(suspend));
    }

    public void add(Credential credential) {
        credentials.add(credential);
    }

    public List<Credential> credentials() {
        return credentials;
    }

    /** The first of this type that is not flagged <em>hold</em>. */
    public Optional<String> key(Credential.Type type) {
        return credentials.stream().filter(known -> known.type() == type && !known.hold()).map(Credential::key).findFirst();
    }

    /** Ignores case and spaces around, as the database's collation and the web server do (protocol 2.2). */
    public Optional<Credential> credential(Credential.Type type, String key) {
        String wanted = key.strip();
        return credentials.stream().filter(known -> known.type() == type && known.key().equalsIgnoreCase(wanted)).findFirst();
    }

    public void add(VerifiedDomain domain) {
        domains.put(domain.name(), domain);
    }

    public Collection<VerifiedDomain> domains() {
        return domains.values();
    }

    /** Whether mail from this one address may be sent: its domain is verified, letter case aside (protocol 2.6). */
    public boolean maySendFrom(String bareAddress) {
        return domains.containsKey(Addresses.domain(bareAddress)) || domains.values().stream()
                .anyMatch(domain -> domain.useForAny() && domain.owner() == VerifiedDomain.Owner.SERVER);
    }

    /**
     * Whether this mail may be sent: all addresses of all its From headers must pass, or, where the server allows it, those of
     * its Sender headers (protocol 2.6).
     */
    public boolean maySend(PostalMail mail) {
        return allMaySend(mail, "from") || settings.allowSender() && allMaySend(mail, "sender");
    }

    private boolean allMaySend(PostalMail mail, String header) {
        List<String> values = mail.all(header);
        return !values.isEmpty() && values.stream()
                .flatMap(value -> mail.addressesIn(value).stream())
                .allMatch(address -> maySendFrom(Addresses.bare(address)));
    }

    public boolean isReturnPath(String address) {
        return Installation.isReturnPath(address, identity.token(), identity.installation());
    }

    /** One route per pattern; a new one replaces it and keeps its token. Returns it with its token. */
    public Route route(Route route) {
        String token = StableText.of(identity.uuid() + "/" + route.pattern(), ROUTE_TOKEN_LENGTH);
        Route complete = route.token() == null ? route.withToken(token) : route;
        routes.put(key(route.pattern()), complete);
        return complete;
    }

    /** Patterns are matched by domains in their ASCII form, letter case aside. */
    private static String key(String pattern) {
        String lowerCase = pattern.toLowerCase(Locale.ROOT);
        int at = lowerCase.lastIndexOf('@');
        return at < 0 ? lowerCase : lowerCase.substring(0, at + 1) + Addresses.domain(lowerCase);
    }

    public List<Route> routes() {
        synchronized (routes) {
            return List.copyOf(routes.values());
        }
    }

    /** The exact name first, then {@code *}; an address tag is cut off before (protocol 4.1). */
    public Optional<Route> routeFor(String address) {
        if (isReturnPath(address)) {
            return Optional.ofNullable(routes.get(Route.RETURN_PATH));
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

    /** One for each sender domain; a new one replaces it. */
    public void add(TrackDomain domain) {
        trackDomains.put(Addresses.asciiDomain(domain.domain()), domain);
    }

    /** The one for mail from this domain. */
    public Optional<TrackDomain> trackDomain(String senderDomain) {
        return Optional.ofNullable(trackDomains.get(senderDomain));
    }

    /** What the links lead to that were rewritten. */
    public TrackedLinks trackedLinks() {
        return trackedLinks;
    }

    /** The recipients that nothing is sent to any more. */
    public SuppressionList suppressionList() {
        return suppressionList;
    }

    /** What was sent in the last hour. */
    public SendVolume sendVolume() {
        return sendVolume;
    }
}
