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
package io.github.camelpostal.internal.ledger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.github.camelpostal.internal.client.MailServer;
import io.github.camelpostal.internal.client.PostalHttp;
import io.github.camelpostal.internal.client.PostalHttpClients;
import io.github.camelpostal.ledger.PostalSendLedger;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/**
 * The ledgers of one component, by mail server: one {@link MailServerLedger} for all who use the same ledger and mail
 * server, made when the first asks for it and stopped when the last gives it back.
 */
public final class SendLedgers {

    /** Reads at most so long, whatever the sends may take: a read can be repeated. In milliseconds. */
    private static final long LONGEST_READ = 5_000;

    private final Supplier<CamelContext> camel;
    private final PostalHttpClients clients;
    private final Map<Key, SharedLedger> ledgers = new HashMap<>();

    public SendLedgers(Supplier<CamelContext> camel, PostalHttpClients clients) {
        this.camel = camel;
        this.clients = clients;
    }

    /** The ledger is compared by identity: whether two objects mean the same database only they could say. */
    private record Key(int ledger, String mailServer) {
    }

    private static final class SharedLedger {

        private final MailServerLedger ledger;
        private PostalHttpClients.@Nullable Lease http;
        private int users;

        SharedLedger(MailServerLedger ledger) {
            this.ledger = ledger;
        }
    }

    /** For a producer. */
    public Lease forSending(LedgerSettings settings, MailServer server) {
        return acquire(settings, server.ledgerName(), server);
    }

    /** For a consumer, which settles by events and reads nothing. */
    public Lease forEvents(LedgerSettings settings, String mailServer) {
        return acquire(settings, mailServer, null);
    }

    /** Those in use, one for each ledger and mail server. */
    public List<MailServerLedger> inUse() {
        synchronized (ledgers) {
            return ledgers.values().stream().map(shared -> shared.ledger).toList();
        }
    }

    private Lease acquire(LedgerSettings settings, String mailServer, @Nullable MailServer server) {
        synchronized (ledgers) {
            start(settings.ledger());
            Key key = new Key(System.identityHashCode(settings.ledger()), mailServer);
            SharedLedger shared = ledgers.computeIfAbsent(key, missing -> open(settings, mailServer));
            shared.users++;
            return new Lease(key, shared, server, settings.sendOnce());
        }
    }

    private void start(PostalSendLedger ledger) {
        try {
            camel.get().addService(ledger);
            ServiceHelper.startService(ledger);
        } catch (Exception e) {
            throw new RuntimeCamelException("The send ledger cannot be started: " + e.getMessage(), e);
        }
    }

    private SharedLedger open(LedgerSettings settings, String mailServer) {
        MailServerLedger ledger = new MailServerLedger(camel.get(), mailServer, settings);
        ServiceHelper.startService(ledger);
        return new SharedLedger(ledger);
    }

    private SendOnce sendOnce(SharedLedger shared, MailServer server, SendOnceSettings settings) {
        synchronized (ledgers) {
            if (shared.http == null) {
                shared.http = clients.acquire(server.connection().withinMillis(LONGEST_READ));
            }
            return shared.ledger.sendOnce(settings,
                    new PostalMessageRows(new PostalHttp(shared.http.client(), server.access())));
        }
    }

    private void release(Key key, SharedLedger shared) {
        synchronized (ledgers) {
            if (--shared.users == 0) {
                ledgers.remove(key);
                ServiceHelper.stopAndShutdownService(shared.ledger);
                if (shared.http != null) {
                    shared.http.close();
                }
            }
        }
    }

    /** The use of a shared ledger. */
    public final class Lease implements AutoCloseable {

        private final Key key;
        private final SharedLedger shared;
        private final @Nullable MailServer server;
        private final SendOnceSettings settings;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Lease(Key key, SharedLedger shared, @Nullable MailServer server, SendOnceSettings settings) {
            this.key = key;
            this.shared = shared;
            this.server = server;
            this.settings = settings;
        }

        public SendOnce sendOnce() {
            if (server == null) {
                throw new IllegalStateException("A consumer sends nothing");
            }
            return SendLedgers.this.sendOnce(shared, server, settings);
        }

        public RandomIds random() {
            return shared.ledger.random();
        }

        public EventSettlement events() {
            return shared.ledger.events();
        }

        /** Gives it back. A second time does nothing. */
        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                release(key, shared);
            }
        }
    }
}
