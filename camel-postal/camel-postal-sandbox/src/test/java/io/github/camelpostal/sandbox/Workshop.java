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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import io.github.camelpostal.sandbox.internal.delivery.PostOffice;
import io.github.camelpostal.sandbox.internal.delivery.ServerOffice;
import io.github.camelpostal.sandbox.internal.delivery.Transfer;
import io.github.camelpostal.sandbox.internal.delivery.VirtualAgenda;
import io.github.camelpostal.sandbox.internal.delivery.WorkerMetrics;
import io.github.camelpostal.sandbox.internal.health.Metrics;
import io.github.camelpostal.sandbox.internal.store.Arrival;
import io.github.camelpostal.sandbox.internal.store.Changes;
import io.github.camelpostal.sandbox.internal.store.Direction;
import io.github.camelpostal.sandbox.internal.store.Installation;
import io.github.camelpostal.sandbox.internal.store.Journal;
import io.github.camelpostal.sandbox.internal.store.MailServer;
import io.github.camelpostal.sandbox.internal.store.Message;
import io.github.camelpostal.sandbox.internal.store.VerifiedDomain;
import io.github.camelpostal.sandbox.internal.webhook.DkimSigner;
import io.github.camelpostal.sandbox.internal.webhook.KeyRing;
import io.github.camelpostal.sandbox.internal.webhook.Posted;
import io.github.camelpostal.sandbox.internal.webhook.Poster;
import io.github.camelpostal.sandbox.internal.webhook.SigningKey;

/** Queue, events and real posts, put together around virtual time. */
final class Workshop implements AutoCloseable {
    private static final CompletableFuture<SigningKey> KEY = CompletableFuture.completedFuture(SigningKey.generate());

    final VirtualAgenda agenda = new VirtualAgenda(Instant.parse("2026-11-20T18:00:00Z"));
    final MailServer server;
    final ServerOffice office;
    private final PostOffice postOffice;
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor();
    private final Poster poster;

    Workshop(Duration postTimeout) {
        Installation installation = new Installation(Installation.Names.example());
        server = new MailServer(new MailServer.Identity("u", "Main", "main", "acme", "sandbx", installation.names()));
        server.add(VerifiedDomain.of("acme.example"));
        installation.add(server);
        KeyRing keys = new KeyRing(KEY);
        poster = new Poster(keys, agenda.clock(), postTimeout, deadlines);
        postOffice = new PostOffice(installation, agenda, poster, new DkimSigner(keys), new Changes(), new Random(1),
                Journal.NONE, new WorkerMetrics(new Metrics()));
        office = postOffice.office(server);
    }

    Message receive(String mailFrom, String rcptTo, byte[] mail) {
        return postOffice.receive(Transfer.from(mailFrom), List.of(rcptTo), mail).get(0);
    }

    Message send(String rcptTo) {
        Message message = office.store().add(new Arrival(Direction.OUTGOING, "me@acme.example", rcptTo, "s", "a@b", null, false,
                0, true, false, "Subject: s\r\n\r\nbody\r\n".getBytes()));
        office.queue(message);
        return message;
    }

    /** Does what is due now, and what follows from it without waiting. */
    void settle() {
        agenda.advance(Duration.ZERO);
    }

    /** Null when nothing is left to do. */
    Duration nextWait() {
        return agenda.nextWait().orElse(null);
    }

    List<Posted> posts() {
        return office.log().all();
    }

    Message now(Message message) {
        return office.store().find(message.id()).orElseThrow();
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        try {
            poster.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
