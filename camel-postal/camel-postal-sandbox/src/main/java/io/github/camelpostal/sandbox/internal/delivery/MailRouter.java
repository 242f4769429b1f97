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

import io.github.camelpostal.sandbox.internal.store.ChangeNotifier;
import io.github.camelpostal.sandbox.internal.store.Installation;
import io.github.camelpostal.sandbox.internal.store.Installation.Destination;
import io.github.camelpostal.sandbox.internal.store.Journal;
import io.github.camelpostal.sandbox.internal.store.MailServer;
import io.github.camelpostal.sandbox.internal.store.Message;
import io.github.camelpostal.sandbox.internal.store.RandomText;
import io.github.camelpostal.sandbox.internal.webhook.DkimSigner;
import io.github.camelpostal.sandbox.internal.webhook.HttpPoster;

/**
 * The way into delivery for the HTTP API, the SMTP server and the page: takes mail from outside to the mail server that it is
 * for, and finds the {@link ServerRuntime} of each mail server.
 */
public final class MailRouter {
    private final Installation installation;
    private final Scheduler scheduler;
    private final ApiFaultPlan apiFaults = new ApiFaultPlan();
    private final ServerRuntime.SharedServices shared;
    private final Map<MailServer, ServerRuntime> runtimes = new ConcurrentHashMap<>();

    public MailRouter(Installation installation, Scheduler scheduler, HttpPoster poster, DkimSigner dkim,
            ChangeNotifier changes,
            RandomGenerator random, Journal journal, WorkerMetrics metrics) {
        this.installation = installation;
        this.scheduler = scheduler;
        RandomText texts = new RandomText(random, installation.version());
        this.shared = new ServerRuntime.SharedServices(scheduler, poster, dkim, changes, texts, journal, this, metrics);
        installation.servers().forEach(this::server);
    }

    /** Wakes up when anything has changed that somebody may wait for. */
    public ChangeNotifier changes() {
        return shared.changes();
    }

    /** What goes wrong with requests to the API. */
    public ApiFaultPlan apiFaults() {
        return apiFaults;
    }

    public Scheduler scheduler() {
        return scheduler;
    }

    public Installation installation() {
        return installation;
    }

    /** In the order of the installation. */
    public List<ServerRuntime> servers() {
        return installation.servers().stream().map(this::server).toList();
    }

    /** Takes up again what the journal says was not finished when the process before this one ended. */
    public void resume() {
        servers().forEach(ServerRuntime::resume);
    }

    public ServerRuntime server(MailServer server) {
        return runtimes.computeIfAbsent(server, added -> new ServerRuntime(added, shared));
    }

    /** The one with this permalink. */
    public Optional<ServerRuntime> server(String permalink) {
        return installation.find(permalink).map(this::server);
    }

    /**
     * Mail from outside has come: it is stored, for each recipient and each endpoint of its route, and queued.
     *
     * @return what was stored, as it was before anything was done with it
     * @throws IllegalArgumentException when an address is not taken here; then nothing is stored for any
     */
    public List<Message> receive(SmtpTransaction transfer, List<String> rcptTo, byte[] rfc5322) {
        List<Destination> destinations = rcptTo.stream().map(this::destination).toList();
        List<Message> messages = new ArrayList<>();
        destinations.forEach(destination -> messages.addAll(
                server(destination.server()).receive(transfer, destination, rfc5322)));
        return messages;
    }

    /**
     * How many bytes are added before the mail.
     *
     * @param hidden whether the client is not to be named in it (privacy mode)
     */
    public int lengthOfReceived(SmtpTransaction transfer, boolean hidden) {
        return transfer.received(installation.names().smtpHostname(), hidden, scheduler.now()).length();
    }

    private Destination destination(String rcptTo) {
        Destination destination = installation.destinationOf(rcptTo).orElseThrow(() -> new IllegalArgumentException(
                "No route takes this address: call routeTo(address or *@domain, endpoint) first"));
        if (destination.isRejected()) {
            throw new IllegalArgumentException("The route rejects this address, as SMTP would with 550");
        }
        return destination;
    }

    /** Mail that is sent to an address of this installation comes back in; nothing happens for any other address. */
    List<Message> receiveIfRouted(SmtpTransaction transfer, String rcptTo, byte[] rfc5322) {
        return installation.destinationOf(rcptTo).filter(destination -> !destination.isRejected())
                .map(destination -> server(destination.server()).receive(transfer, destination, rfc5322)).orElse(List.of());
    }
}
