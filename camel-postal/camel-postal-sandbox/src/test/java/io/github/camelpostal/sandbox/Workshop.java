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

import io.github.camelpostal.sandbox.internal.delivery.MailRouter;
import io.github.camelpostal.sandbox.internal.delivery.ServerRuntime;
import io.github.camelpostal.sandbox.internal.delivery.SmtpTransaction;
import io.github.camelpostal.sandbox.internal.delivery.VirtualTimeScheduler;
import io.github.camelpostal.sandbox.internal.delivery.WorkerMetrics;
import io.github.camelpostal.sandbox.internal.health.Metrics;
import io.github.camelpostal.sandbox.internal.store.Arrival;
import io.github.camelpostal.sandbox.internal.store.ChangeNotifier;
import io.github.camelpostal.sandbox.internal.store.Direction;
import io.github.camelpostal.sandbox.internal.store.Installation;
import io.github.camelpostal.sandbox.internal.store.Journal;
import io.github.camelpostal.sandbox.internal.store.MailServer;
import io.github.camelpostal.sandbox.internal.store.Message;
import io.github.camelpostal.sandbox.internal.store.VerifiedDomain;
import io.github.camelpostal.sandbox.internal.webhook.DkimSigner;
import io.github.camelpostal.sandbox.internal.webhook.HttpPoster;
import io.github.camelpostal.sandbox.internal.webhook.KeyRing;
import io.github.camelpostal.sandbox.internal.webhook.PostalExchange;
import io.github.camelpostal.sandbox.internal.webhook.SigningKey;

/** Queue, events and real posts, put together around virtual time. */
final class Workshop implements AutoCloseable {
    private static final CompletableFuture<SigningKey> KEY = CompletableFuture.completedFuture(SigningKey.generate());

    final VirtualTimeScheduler scheduler = new VirtualTimeScheduler(Instant.parse("2026-11-20T18:00:00Z"));
    final MailServer server;
    final ServerRuntime runtime;
    private final MailRouter router;
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor();
    private final HttpPoster poster;

    Workshop(Duration postTimeout) {
        Installation installation = new Installation(Installation.Names.example());
        server = new MailServer(new MailServer.Identity("u", "Main", "main", "acme", "sandbx", installation.names()));
        server.add(VerifiedDomain.of("acme.example"));
        installation.add(server);
        KeyRing keys = new KeyRing(KEY);
        poster = new HttpPoster(keys, scheduler.clock(), postTimeout, deadlines);
        router = new MailRouter(installation, scheduler, poster, new DkimSigner(keys), new ChangeNotifier(), new Random(1),
                Journal.NONE, new WorkerMetrics(new Metrics()));
        runtime = router.server(server);
    }

    Message receive(String mailFrom, String rcptTo, byte[] mail) {
        return router.receive(SmtpTransaction.from(mailFrom), List.of(rcptTo), mail).get(0);
    }

    Message send(String rcptTo) {
        Message message = runtime.store()
                .add(new Arrival(Direction.OUTGOING, "me@acme.example", rcptTo, "s", "a@b", null, false,
                        0, true, false, "Subject: s\r\n\r\nbody\r\n".getBytes()));
        runtime.beforeResponse(List.of(message));
        runtime.afterResponse(List.of(message));
        return message;
    }

    /** Does what is due now, and what follows from it without waiting. */
    void settle() {
        scheduler.advance(Duration.ZERO);
    }

    /** Null when nothing is left to do. */
    Duration nextWait() {
        return scheduler.nextWait().orElse(null);
    }

    List<PostalExchange> posts() {
        return runtime.log().all();
    }

    Message now(Message message) {
        return runtime.store().find(message.id()).orElseThrow();
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
