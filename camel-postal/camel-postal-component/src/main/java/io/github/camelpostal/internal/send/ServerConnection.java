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
package io.github.camelpostal.internal.send;

import java.util.Set;

import io.github.camelpostal.api.Expansion;
import io.github.camelpostal.api.PostalClient;
import io.github.camelpostal.internal.client.MailServer;
import io.github.camelpostal.internal.client.PostalHttpClients;
import io.github.camelpostal.internal.ledger.SendLedgers;
import io.github.camelpostal.payload.ReasonRules;
import org.apache.hc.client5.http.classic.HttpClient;
import org.jspecify.annotations.Nullable;

/**
 * What a producer can do with one mail server, for as long as it holds the connections to it.
 */
public final class ServerConnection implements AutoCloseable {

    private final MailServer server;
    private final PostalHttpClients.Lease http;
    private final PostalClient client;
    private final SendLedgers.@Nullable Lease ledger;
    private final MailSender sender;
    private final MessageLookup lookup;

    /**
     * Takes the connections from the pool.
     *
     * @param reasons says why delivery attempts failed
     * @param ledger what to send once with, for as long as this is open; null for none
     */
    public ServerConnection(PostalHttpClients clients, MailServer server, SendSettings settings, Set<Expansion> expansions,
            ReasonRules reasons, SendLedgers.@Nullable Lease ledger) {
        this.server = server;
        this.http = clients.acquire(server.connection());
        this.client = new PostalClient(http.client(), server.access(), reasons);
        this.ledger = ledger;
        this.sender = new MailSender(client, settings, ledger);
        this.lookup = new MessageLookup(client, expansions);
    }

    public MailServer server() {
        return server;
    }

    /** The connections, which others who need the same ones share. */
    public HttpClient http() {
        return http.client();
    }

    public PostalClient client() {
        return client;
    }

    public MailSender sender() {
        return sender;
    }

    public MessageLookup lookup() {
        return lookup;
    }

    /** Gives the connections back. */
    @Override
    public void close() {
        if (ledger != null) {
            ledger.close();
        }
        http.close();
    }
}
