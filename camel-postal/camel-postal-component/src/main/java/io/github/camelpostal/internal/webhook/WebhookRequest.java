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
package io.github.camelpostal.internal.webhook;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import io.github.camelpostal.internal.signature.SignatureHeaders;

/**
 * One request as the HTTP server hands it over: its head is here, its body may still be on the way.
 *
 * <p>Valid only until its response. Nothing of it may reach an exchange of the route except through the steps of
 * {@link WebhookReceiver}.
 */
public interface WebhookRequest {

    /** The HTTP method in upper case. */
    String method();

    /** The path, as far as the server mounts paths in it: decoded, without the query. */
    String path();

    /** What follows the question mark, as it was sent; empty without one. */
    Optional<String> query();

    /** The first value of a header, whatever the case of its name. */
    Optional<String> header(String name);

    /** Whether it looks like one of Postal's, which signs all its requests; whether it is one, only the signature says. */
    default boolean isFromPostal() {
        return method().equals("POST") && (header(SignatureHeaders.SHA256_HEADER).isPresent()
                || header(SignatureHeaders.SHA1_HEADER).isPresent());
    }

    /** How long ago the head of the request arrived. */
    Duration age();

    /**
     * Hands the body over as it arrives, exactly as sent. Called once.
     *
     * <p>No thread waits for the client: most servers return at once and call the receiver on their own threads, one call
     * at a time. A server that can only read blockingly calls it before this returns, and stops when the receiver wants no
     * more.
     */
    void read(BodyReceiver receiver);

    /** Reads and discards the body, to its end or until Postal stops waiting for the response. Instead of {@link #read}. */
    default CompletionStage<Void> drain() {
        return IncomingBody.drain(this);
    }

    /** Refuses the request, once its body is drained. */
    default CompletionStage<WebhookResponse> refuse(WebhookResponse refusal) {
        return drain().thenApply(drained -> refusal);
    }

    /** Has the connection closed after the response, because a part of the body was left unread. */
    void closeAfterResponse();
}
