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
package io.github.camelpostal.sandbox.internal.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

import io.github.camelpostal.sandbox.internal.store.Changes;
import io.github.camelpostal.sandbox.internal.store.Installation;
import io.github.camelpostal.sandbox.internal.store.Installation.Destination;
import io.github.camelpostal.sandbox.internal.store.Journal;
import io.github.camelpostal.sandbox.internal.store.MailServer;
import io.github.camelpostal.sandbox.internal.store.Message;
import io.github.camelpostal.sandbox.internal.store.RandomText;
import io.github.camelpostal.sandbox.internal.webhook.DkimSigner;
import io.github.camelpostal.sandbox.internal.webhook.Poster;

/** All mail servers of the installation at work: takes mail from outside to the one that it is for. */
public final class PostOffice {
    private final Installation installation;
    private final Agenda agenda;
    private final ServerOffice.Shared shared;
    private final Map<MailServer, ServerOffice> offices = new ConcurrentHashMap<>();

    public PostOffice(Installation installation, Agenda agenda, Poster poster, DkimSigner dkim, Changes changes,
            RandomGenerator random, Journal journal, WorkerMetrics metrics) {
        this.installation = installation;
        this.agenda = agenda;
        RandomText texts = new RandomText(random, installation.version());
        this.shared = new ServerOffice.Shared(agenda, poster, dkim, changes, texts, journal, this::receiveIfRouted, metrics);
        installation.servers().forEach(this::office);
    }

    public Installation installation() {
        return installation;
    }

    /** In the order of the installation. */
    public List<ServerOffice> offices() {
        return installation.servers().stream().map(this::office).toList();
    }

    /** Takes up again what the journal says was not finished when the process before this one ended. */
    public void resume() {
        offices().forEach(ServerOffice::resume);
    }

    public ServerOffice office(MailServer server) {
        return offices.computeIfAbsent(server, added -> new ServerOffice(added, shared));
    }

    /** The one with this permalink. */
    public Optional<ServerOffice> office(String permalink) {
        return installation.find(permalink).map(this::office);
    }

    /**
     * Mail from outside has come: it is stored, for each recipient and each endpoint of its route, and queued.
     *
     * @return what was stored, as it was before anything was done with it
     * @throws IllegalArgumentException when an address is not taken here; then nothing is stored for any
     */
    public List<Message> receive(Transfer transfer, List<String> rcptTo, byte[] rfc5322) {
        List<Destination> destinations = rcptTo.stream().map(this::destination).toList();
        List<Message> messages = new ArrayList<>();
        destinations.forEach(destination -> messages.addAll(
                office(destination.server()).receive(transfer, destination, rfc5322)));
        return messages;
    }

    /**
     * How many bytes are added before the mail.
     *
     * @param hidden whether the client is not to be named in it (privacy mode)
     */
    public int lengthOfReceived(Transfer transfer, boolean hidden) {
        return transfer.received(installation.names().smtpHostname(), hidden, agenda.now()).length();
    }

    private Destination destination(String rcptTo) {
        Destination destination = installation.destinationOf(rcptTo).orElseThrow(() -> new IllegalArgumentException(
                "No route takes this address: call routeTo(address or *@domain, endpoint) first"));
        if (destination.isRejected()) {
            throw new IllegalArgumentException("The route rejects this address, as SMTP would with 550");
        }
        return destination;
    }

    private List<Message> receiveIfRouted(Transfer transfer, String rcptTo, byte[] rfc5322) {
        return installation.destinationOf(rcptTo).filter(destination -> !destination.isRejected())
                .map(destination -> office(destination.server()).receive(transfer, destination, rfc5322)).orElse(List.of());
    }
}
