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

import io.github.camelpostal.internal.signature.SignatureVerifier;

/** Lets pass what Postal signed; everything, when signatures are not verified. */
final class Genuineness {

    private final Optional<SignatureVerifier> verifier;
    private final Counters counters;
    private final Notices notices;

    Genuineness(Optional<SignatureVerifier> verifier, Counters counters, Notices notices) {
        this.verifier = verifier;
        this.counters = counters;
        this.notices = notices;
    }

    /**
     * @throws Answered if it is not proved that Postal posted exactly these bytes
     */
    void check(Delivery delivery) throws Answered, IOException {
        if (verifier.isEmpty()) {
            return;
        }
        switch (verifier.get().verify(delivery.signature(), delivery.body())) {
            case VERIFIED -> counters.countVerified();
            case UNVERIFIED -> refuse(Answer.UNVERIFIED, "no known key verifies its signature. If Postal's key was changed, or"
                    + " something between Postal and here removes headers or rewrites bodies, Postal's mail is waiting");
            case KEYS_UNREACHABLE -> refuse(Answer.KEYS_UNREACHABLE, "Postal's public keys cannot be fetched. See jwksUrl and"
                    + " hostHeader, or pin the key with publicKey");
        }
    }

    private void refuse(Answer answer, String reason) throws Answered {
        notices.refused(answer, reason);
        throw new Answered(answer);
    }
}
