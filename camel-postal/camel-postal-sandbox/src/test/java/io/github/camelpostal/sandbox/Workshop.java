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
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import io.github.camelpostal.sandbox.delivery.Events;
import io.github.camelpostal.sandbox.delivery.MailQueue;
import io.github.camelpostal.sandbox.outbound.KeyRing;
import io.github.camelpostal.sandbox.outbound.PostLog;
import io.github.camelpostal.sandbox.outbound.Poster;
import io.github.camelpostal.sandbox.outbound.SigningKey;
import io.github.camelpostal.sandbox.store.Arrival;
import io.github.camelpostal.sandbox.store.Changes;
import io.github.camelpostal.sandbox.store.Direction;
import io.github.camelpostal.sandbox.store.MailServer;
import io.github.camelpostal.sandbox.store.Message;
import io.github.camelpostal.sandbox.store.MessageStore;

/** Queue, events and real posts, put together around virtual time. */
final class Workshop implements AutoCloseable {
    private static final CompletableFuture<SigningKey> KEY = CompletableFuture.completedFuture(SigningKey.generate());

    final VirtualAgenda agenda = new VirtualAgenda();
    final Changes changes = new Changes();
    final MessageStore store = new MessageStore(agenda.clock(), new Random(1), changes);
    final MailServer server = new MailServer(new MailServer.Identity("u", "Main", "main", "acme", "sandbx", "rp.example.com",
            "postal.example.com"), Set.of("acme.example"), List.of());
    final PostLog log = new PostLog(changes);
    final Events events;
    final MailQueue queue;
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor();
    private final Poster poster;

    Workshop(Duration postTimeout) {
        poster = new Poster(new KeyRing(KEY), agenda.clock(), postTimeout, deadlines);
        events = new Events(server, agenda, poster, log);
        queue = new MailQueue(server, store, agenda, events, poster, log, new Random(2));
    }

    Message send(String rcptTo) {
        Message message = store.add(new Arrival(Direction.OUTGOING, "me@acme.example", rcptTo, "s", "a@b", null, false, 0, true,
                false, "Subject: s\r\n\r\nbody\r\n".getBytes()));
        queue.add(message);
        return message;
    }

    Message now(Message message) {
        return store.find(message.id()).orElseThrow();
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
