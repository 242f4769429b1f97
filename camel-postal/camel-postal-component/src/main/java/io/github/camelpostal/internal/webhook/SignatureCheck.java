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

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.camelpostal.internal.signature.SignatureHeaders;
import io.github.camelpostal.internal.signature.SignatureVerifier;

/** Lets only what Postal signed pass; everything, when signatures are not verified. */
final class SignatureCheck {

    private static final CompletionStage<SignatureVerifier.Check> UNCHECKED = CompletableFuture.completedFuture(body -> true);

    private final Optional<SignatureVerifier> verifier;
    private final WebhookCounters counters;
    private final RateLimitedLog log;

    SignatureCheck(Optional<SignatureVerifier> verifier, WebhookCounters counters, RateLimitedLog log) {
        this.verifier = verifier;
        this.counters = counters;
        this.log = log;
    }

    /**
     * The keys that may have made the signature; at once, unless they have to be fetched. Nobody waits in line for that: a
     * request that names a known key never waits for one that names an unknown one.
     *
     * @return what is then to be checked, else an {@link EarlyResponse}
     */
    CompletionStage<SignatureVerifier.Check> of(SignatureHeaders signature) {
        if (verifier.isEmpty()) {
            return UNCHECKED;
        }
        return verifier.get().checkOf(signature)
                .exceptionallyCompose(unavailable -> CompletableFuture.failedFuture(keysUnreachable()));
    }

    /** @throws EarlyResponse unless one of the keys signed exactly these bytes */
    void require(SignatureVerifier.Check check, ReceivedRequest request) throws EarlyResponse, IOException {
        if (verifier.isEmpty()) {
            return;
        }
        if (!check.passes(request.body())) {
            log.refused(WebhookResponse.UNVERIFIED, "no known key verifies its signature. If Postal's key was changed,"
                    + " keys from serverUrl or jwksUrl are fetched again within seconds, but a pinned publicKey has to be"
                    + " replaced. Otherwise look for what removes headers or rewrites bodies between Postal and here:"
                    + " Postal's mail is waiting");
            throw new EarlyResponse(WebhookResponse.UNVERIFIED);
        }
        counters.countVerified();
    }

    private EarlyResponse keysUnreachable() {
        log.refused(WebhookResponse.KEYS_UNREACHABLE, "Postal's public keys cannot be fetched. See jwksUrl and hostHeader, or"
                + " pin the key with publicKey");
        return new EarlyResponse(WebhookResponse.KEYS_UNREACHABLE);
    }
}
