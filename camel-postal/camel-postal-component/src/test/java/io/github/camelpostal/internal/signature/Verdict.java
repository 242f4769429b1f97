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
package io.github.camelpostal.internal.signature;

import java.io.IOException;

/** What the signature of a request proves, once the keys are there. */
enum Verdict {

    /** One of the trusted keys signed exactly these bytes. */
    VERIFIED,
    /** No signature, a wrong one, or one by a key that is not trusted. */
    UNVERIFIED,
    /** It cannot be told, because the keys could not be fetched. */
    KEYS_UNREACHABLE;

    static Verdict of(SignatureVerifier verifier, SignatureHeaders headers, SignedContent body) throws IOException {
        try {
            return TestKeys.await(verifier.checkOf(headers)).passes(body) ? VERIFIED : UNVERIFIED;
        } catch (KeysUnavailableException e) {
            return KEYS_UNREACHABLE;
        }
    }
}
