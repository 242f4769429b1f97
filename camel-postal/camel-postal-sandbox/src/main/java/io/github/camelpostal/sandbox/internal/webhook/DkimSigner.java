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
package io.github.camelpostal.sandbox.internal.webhook;

import java.time.Instant;

import io.github.camelpostal.sandbox.internal.format.DkimSignature;

/**
 * Signs outgoing mail with the installation's key for its return path domain, which is what Postal does for a domain whose own
 * DKIM record was not found (protocol 2.14). There is no DNS here that could hold such a record.
 */
public final class DkimSigner {
    private static final String SELECTOR = "postal";

    private final KeyRing keys;

    public DkimSigner(KeyRing keys) {
        this.keys = keys;
    }

    /** The {@code DKIM-Signature} header, ending in CRLF. */
    public String headerLine(byte[] mail, String returnPathDomain, Instant now) {
        return DkimSignature.headerLine(mail,
                new DkimSignature.Signer(returnPathDomain, SELECTOR, keys.signing()::rsaSha256), now);
    }
}
