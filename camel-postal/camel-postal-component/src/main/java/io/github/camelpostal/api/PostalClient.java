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
package io.github.camelpostal.api;

import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.github.camelpostal.internal.client.ApiCall;
import io.github.camelpostal.internal.client.PostalHttp;
import io.github.camelpostal.internal.client.Refusal;
import io.github.camelpostal.internal.client.RequestWriter;
import io.github.camelpostal.internal.client.ResponseReader;
import io.github.camelpostal.internal.client.SendingRules;
import io.github.camelpostal.internal.client.StoredMessageReader;
import io.github.camelpostal.payload.ReasonRules;
import org.apache.hc.client5.http.classic.HttpClient;

/**
 * Calls Postal's HTTP API for one mail server: sends messages, reads stored ones. Knows HTTP and JSON; never an exchange, and it never makes a
 * request twice.
 *
 * <p>Safe for use by any number of threads. It does not own the HTTP client: time-outs, pool, TLS and proxy are that client's,
 * and so is closing it. The client must not repeat requests by itself; what is sent here cannot be repeated by it, as the body
 * is read once, and redirects are switched off for each request.
 */
public final class PostalClient {

    private final PostalHttp http;
    private final ReasonRules reasons;

    /** Deliveries have the reasons that the component's own rules find. */
    public PostalClient(HttpClient http, ServerAccess server) {
        this(http, server, ReasonRules.standard());
    }

    /** @param reasons find {@link Delivery#reason()} */
    public PostalClient(HttpClient http, ServerAccess server, ReasonRules reasons) {
        this.http = new PostalHttp(http, server);
        this.reasons = Objects.requireNonNull(reasons, "reasons");
    }

    /**
     * Sends a message by {@code send/message}; attachments are read and encoded while they are sent.
     *
     * @return what Postal queued, which is not to say that it was delivered
     * @throws PostalRejectedException also before any call, for what Postal would refuse or {@code send/message} would lose:
     *                                 inline attachments, a header name used twice
     */
    public SendResult sendMessage(PostalMessage message) throws PostalException {
        try {
            SendingRules.checkForMessageCall(message);
        } catch (Refusal refusal) {
            throw refusal.by(ApiCall.SEND_MESSAGE.operation());
        }
        return http.post(ApiCall.SEND_MESSAGE, new RequestWriter.ForMessage(message), ResponseReader::sendResult);
    }

    /**
     * Sends a complete RFC 5322 message by {@code send/raw}; it is read and encoded while it is sent.
     *
     * @return what Postal queued, which is not to say that it was delivered
     */
    public SendResult sendRaw(RawMessage message) throws PostalException {
        try {
            SendingRules.check(message);
        } catch (Refusal refusal) {
            throw refusal.by(ApiCall.SEND_RAW.operation());
        }
        return http.post(ApiCall.SEND_RAW, new RequestWriter.ForRaw(message), ResponseReader::sendResult);
    }

    /**
     * Reads a stored message. Content is held in memory once, decoded.
     *
     * @param id         as in {@link SendResult} and in events
     * @param expansions the sections to read besides id and token
     */
    public StoredMessage message(long id, Set<Expansion> expansions) throws PostalException {
        return http.post(ApiCall.MESSAGE, new RequestWriter.StoredMessageRequest(id, expansions), StoredMessageReader::read);
    }

    /** The attempts to deliver a message so far, oldest first; empty before the first. */
    public List<Delivery> deliveries(long id) throws PostalException {
        return http.post(ApiCall.DELIVERIES, new RequestWriter.StoredMessageRequest(id, null),
                json -> ResponseReader.deliveries(json, reasons));
    }

    /**
     * Returns if the mail server can be reached and the key is good, and has no other effect: Postal checks the key before it
     * misses the id (protocol 2.2).
     */
    public void probe() throws PostalException {
        http.probe();
    }
}
