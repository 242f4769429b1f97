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

import java.time.Duration;
import java.util.Optional;

import io.github.camelpostal.ledger.PostalSendLedger;
import org.jspecify.annotations.Nullable;

/** The ledger of an endpoint, and how it is used. */
public record LedgerSettings(PostalSendLedger ledger, SendOnceSettings sendOnce) {

    /** Empty if there is no ledger: then the other options have no meaning. */
    public static Optional<LedgerSettings> of(@Nullable PostalSendLedger ledger, Duration resendAfter, Duration lease,
            Duration retention) {
        return Optional.ofNullable(ledger)
                .map(given -> new LedgerSettings(given, SendOnceSettings.of(resendAfter, lease, retention)));
    }

    /** @throws IllegalArgumentException naming the options, if a call could still be running that is believed to be over */
    public LedgerSettings checked(long connectMillis, long responseMillis) {
        return new LedgerSettings(ledger,
                sendOnce.checked(Duration.ofMillis(connectMillis), Duration.ofMillis(responseMillis)));
    }
}
