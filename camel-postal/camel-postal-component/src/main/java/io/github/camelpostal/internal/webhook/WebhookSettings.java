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

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import io.github.camelpostal.AcceptedKinds;
import io.github.camelpostal.BodyFormat;
import io.github.camelpostal.EventDirection;
import io.github.camelpostal.TenantVerification;
import io.github.camelpostal.internal.conversation.ConversationKeys;
import io.github.camelpostal.internal.reason.ReasonClassifier;
import io.github.camelpostal.internal.signature.SignatureAlgorithm;

/**
 * The options of a consumer, read and checked once when it starts.
 *
 * @param path               where it is mounted, for log lines
 * @param events             names of the events that are routed; empty means all
 * @param processingTimeout  from the arrival of the request head to the response
 * @param maxInFlight        exchanges at once, late ones included
 * @param maxBodySize        in bytes
 * @param spoolThreshold     in bytes; what is larger goes to a file
 * @param spoolDirectory     where those files are made
 * @param maxSpoolSize       in bytes, of all those files
 * @param bridgeErrorHandler whether the route's error handler decides about what is signed but not understood
 * @param keys               empty when signatures are not verified
 * @param conversationKeys   empty when there are no conversations
 * @param verifyTenant       what the mail server must confirm
 * @param reasons            says why mails were not delivered
 */
public record WebhookSettings(
        String path,
        AcceptedKinds accept,
        Set<String> events,
        EventDirection direction,
        BodyFormat bodyFormat,
        BasicCredentials credentials,
        Duration processingTimeout,
        int maxInFlight,
        long maxBodySize,
        long spoolThreshold,
        Path spoolDirectory,
        long maxSpoolSize,
        boolean bridgeErrorHandler,
        Optional<Keys> keys,
        Optional<ConversationKeys> conversationKeys,
        TenantVerification verifyTenant,
        ReasonClassifier reasons) {

    /**
     * Which keys are trusted, and for which signatures.
     *
     * @param publicKey  as configured; when present, no keys are fetched
     * @param jwksUrl    where they are fetched otherwise; a safe address
     * @param hostHeader the value of {@code Host} for that
     * @param refresh    how long fetched keys are used before they are fetched again
     */
    public record Keys(Set<SignatureAlgorithm> algorithms, Optional<String> publicKey, Optional<URI> jwksUrl,
            Optional<String> hostHeader, Duration refresh) {
    }
}
