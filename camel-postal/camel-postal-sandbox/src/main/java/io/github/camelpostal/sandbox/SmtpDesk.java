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

import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.github.camelpostal.sandbox.internal.delivery.PostOffice;
import io.github.camelpostal.sandbox.internal.delivery.Transfer;
import io.github.camelpostal.sandbox.internal.format.ReadMail;
import io.github.camelpostal.sandbox.internal.smtp.AddressRange;
import io.github.camelpostal.sandbox.internal.smtp.Envelope;
import io.github.camelpostal.sandbox.internal.smtp.Postmaster;
import io.github.camelpostal.sandbox.internal.store.Installation;
import io.github.camelpostal.sandbox.internal.store.MailServer;
import io.github.camelpostal.sandbox.internal.store.MailServer.Credential;

/** Where the SMTP server hands over what it was given. */
final class SmtpDesk implements Postmaster {
    private final PostOffice postOffice;
    private final Installation installation;

    SmtpDesk(PostOffice postOffice) {
        this.postOffice = postOffice;
        this.installation = postOffice.installation();
    }

    @Override
    public String hostname() {
        return installation.names().smtpHostname();
    }

    @Override
    public Optional<Account> account(String key) {
        return installation.login(Credential.Type.SMTP, key).map(login -> new Sender(login.server(), login.credential()));
    }

    @Override
    public List<Account> accounts(String organization, String server) {
        return installation.servers().stream()
                .filter(known -> known.identity().organization().equalsIgnoreCase(organization)
                        && known.permalink().equalsIgnoreCase(server))
                .flatMap(known -> senders(known, Credential.Type.SMTP)).map(Account.class::cast).toList();
    }

    /** The narrowest range first (contract 7). */
    @Override
    public Optional<Account> account(InetAddress client) {
        Predicate<Sender> fits = sender -> range(sender).filter(range -> range.contains(client)).isPresent();
        return installation.servers().stream().flatMap(server -> senders(server, Credential.Type.SMTP_IP)).filter(fits)
                .max(Comparator.comparingInt(sender -> range(sender).orElseThrow().prefix())).map(Account.class::cast);
    }

    private static Optional<AddressRange> range(Sender sender) {
        return AddressRange.parse(sender.key());
    }

    private Stream<Sender> senders(MailServer server, Credential.Type type) {
        return server.credentials().stream().filter(credential -> credential.type() == type)
                .map(credential -> new Sender(server, credential));
    }

    @Override
    public Destination destination(String rcptTo) {
        String domain = rcptTo.substring(rcptTo.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        boolean ofRoutes = domain.equals(installation.names().routeDomain());
        boolean ofReturnPaths = installation.names().isReturnPathDomain(domain);
        return installation.destinationOf(rcptTo).map(found -> {
            Kind ofRoute = ofRoutes ? Kind.ROUTE_TOKEN : Kind.ROUTE;
            return new Destination(ofReturnPaths ? Kind.RETURN_PATH : ofRoute, found.server().isSuspended(),
                    found.isRejected());
        }).orElseGet(() -> {
            Kind elsewhere = ofRoutes ? Kind.UNKNOWN_ROUTE_TOKEN : Kind.ELSEWHERE;
            return Destination.of(ofReturnPaths ? Kind.UNKNOWN_SERVER_TOKEN : elsewhere);
        });
    }

    @Override
    public int lengthOfReceived(Envelope envelope, Optional<Account> sender) {
        return postOffice.lengthOfReceived(transfer(envelope), sender.filter(Account::hidesItsClients).isPresent());
    }

    @Override
    public void receive(Envelope envelope, String rcptTo, byte[] mail) {
        postOffice.receive(transfer(envelope), List.of(rcptTo), mail);
    }

    private static Transfer transfer(Envelope envelope) {
        return new Transfer(envelope.mailFrom(), envelope.helo(), envelope.client().getHostAddress(), envelope.tls());
    }

    private final class Sender implements Account {
        private final MailServer mailServer;
        private final Credential credential;

        Sender(MailServer mailServer, Credential credential) {
            this.mailServer = mailServer;
            this.credential = credential;
        }

        @Override
        public String key() {
            return credential.key();
        }

        @Override
        public String server() {
            return mailServer.identity().organization() + "/" + mailServer.permalink();
        }

        @Override
        public boolean isSuspended() {
            return mailServer.isSuspended();
        }

        @Override
        public boolean hidesItsClients() {
            return mailServer.settings().privacyMode();
        }

        @Override
        public boolean maySend(byte[] mail) {
            return mailServer.maySend(ReadMail.of(mail));
        }

        @Override
        public void send(Envelope envelope, String rcptTo, byte[] mail) {
            postOffice.office(mailServer).submit(transfer(envelope), credential, List.of(rcptTo), mail);
        }
    }
}
