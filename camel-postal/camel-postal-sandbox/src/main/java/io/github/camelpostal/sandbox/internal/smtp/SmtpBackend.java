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
package io.github.camelpostal.sandbox.internal.smtp;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.camelpostal.sandbox.internal.delivery.MailRouter;
import io.github.camelpostal.sandbox.internal.delivery.ServerRuntime;
import io.github.camelpostal.sandbox.internal.delivery.SmtpTransaction;
import io.github.camelpostal.sandbox.internal.smtp.RecipientDestination.Kind;
import io.github.camelpostal.sandbox.internal.store.MailServer.Credential;

/** What the SMTP server asks of the installation: who may send, where an address leads, and who takes the mail. */
public final class SmtpBackend {
    private final MailRouter router;

    public SmtpBackend(MailRouter router) {
        this.router = router;
    }

    /** What the SMTP server calls itself. */
    public String hostname() {
        return router.installation().names().smtpHostname();
    }

    /** Whose credential of type SMTP has this key. */
    Optional<SmtpAccount> account(String key) {
        return router.installation().login(Credential.Type.SMTP, key)
                .map(login -> new SmtpAccount(router.server(login.server()), login.credential()));
    }

    /** The credentials of type SMTP of one mail server; none if there is no such server. */
    List<SmtpAccount> accounts(String organization, String server) {
        return router.servers().stream()
                .filter(known -> known.server().identity().organization().equalsIgnoreCase(organization)
                        && known.server().permalink().equalsIgnoreCase(server))
                .flatMap(known -> accounts(known, Credential.Type.SMTP)).toList();
    }

    /** Whose credential of type SMTP-IP fits this client best: the narrowest range first (protocol 7). */
    Optional<SmtpAccount> account(InetAddress client) {
        return router.servers().stream().flatMap(server -> accounts(server, Credential.Type.SMTP_IP))
                .filter(account -> range(account).filter(range -> range.contains(client)).isPresent())
                .max(Comparator.comparingInt(account -> range(account).orElseThrow().prefix()));
    }

    private static Optional<AddressRange> range(SmtpAccount account) {
        return AddressRange.parse(account.key());
    }

    private static Stream<SmtpAccount> accounts(ServerRuntime server, Credential.Type type) {
        return server.server().credentials().stream().filter(credential -> credential.type() == type)
                .map(credential -> new SmtpAccount(server, credential));
    }

    /**
     * Where mail from outside to this address goes.
     *
     * @param rcptTo has a domain
     */
    RecipientDestination destination(String rcptTo) {
        String domain = rcptTo.substring(rcptTo.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        boolean ofRoutes = domain.equals(router.installation().names().routeDomain());
        boolean ofReturnPaths = router.installation().names().isReturnPathDomain(domain);
        return router.installation().destinationOf(rcptTo).map(found -> {
            Kind ofRoute = ofRoutes ? Kind.ROUTE_TOKEN : Kind.ROUTE;
            return new RecipientDestination(ofReturnPaths ? Kind.RETURN_PATH : ofRoute, found.server().isSuspended(),
                    found.isRejected());
        }).orElseGet(() -> {
            Kind elsewhere = ofRoutes ? Kind.UNKNOWN_ROUTE_TOKEN : Kind.ELSEWHERE;
            return RecipientDestination.of(ofReturnPaths ? Kind.UNKNOWN_SERVER_TOKEN : elsewhere);
        });
    }

    /** How many bytes the {@code Received} line has that the mail will get, its end included. */
    int lengthOfReceived(Envelope envelope, Optional<SmtpAccount> sender) {
        return router.lengthOfReceived(transfer(envelope), sender.filter(SmtpAccount::hidesItsClients).isPresent());
    }

    /** Takes mail from outside; its {@code Received} line is still to be added. */
    void receive(Envelope envelope, String rcptTo, byte[] mail) {
        router.receive(transfer(envelope), List.of(rcptTo), mail);
    }

    static SmtpTransaction transfer(Envelope envelope) {
        return new SmtpTransaction(envelope.mailFrom(), envelope.helo(), envelope.client().getHostAddress(), envelope.tls());
    }
}
