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
package io.github.camelpostal;

import io.github.camelpostal.api.PostalClient;
import io.github.camelpostal.internal.send.MailSender;
import io.github.camelpostal.internal.send.StoredMail;
import org.apache.hc.client5.http.classic.HttpClient;

/**
 * What a producer can do with one mail server, for as long as it holds the connections to it.
 */
final class ServerCalls implements AutoCloseable {

    private final PostalHttpClients.Lease http;
    private final PostalClient client;
    private final MailSender sender;
    private final StoredMail storedMail;

    ServerCalls(PostalHttpClients.Lease http, MailServers.MailServer server, ProducerSettings settings) {
        this.http = http;
        this.client = new PostalClient(http.client(), server.access());
        this.sender = new MailSender(client, settings.defaults());
        this.storedMail = new StoredMail(client, settings.expansions());
    }

    /** The connections, which others who need the same ones share. */
    HttpClient http() {
        return http.client();
    }

    PostalClient client() {
        return client;
    }

    MailSender sender() {
        return sender;
    }

    StoredMail storedMail() {
        return storedMail;
    }

    /** Gives the connections back. */
    @Override
    public void close() {
        http.close();
    }
}
