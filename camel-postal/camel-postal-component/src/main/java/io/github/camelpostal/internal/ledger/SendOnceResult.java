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

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.camelpostal.ledger.LedgerRow;
import io.github.camelpostal.ledger.LedgerUnavailableException;
import io.github.camelpostal.ledger.StoredCopy;
import org.jspecify.annotations.Nullable;

/** What a send with a key comes to. */
public sealed interface SendOnceResult {

    /**
     * Postal has the mail for every recipient.
     *
     * @param duplicate whether an earlier call had succeeded, so that this one sent nothing
     */
    record Sent(String messageId, Map<String, StoredCopy> copies, List<String> suppressed, boolean duplicate)
            implements
                SendOnceResult {

        static Sent of(LedgerRow row, boolean duplicate) {
            return new Sent(row.messageId(), row.copies(), row.suppressed(), duplicate);
        }
    }

    /**
     * Not for every recipient, or not known. Every recipient is in exactly one of the sets.
     *
     * @param accepted Postal has it
     * @param missing  Postal had no trace of it when it was looked for; sent again later, by the same key
     * @param unknown  nobody can say yet
     * @param cause    what the call failed with; null if this exchange made no call
     */
    record Uncertain(String reason, Set<String> accepted, Set<String> missing, Set<String> unknown,
            @Nullable Exception cause) implements SendOnceResult {
    }

    /**
     * The call certainly changed nothing at Postal. Fails with the cause's own exception.
     *
     * @param accepted what an earlier call of this key had achieved; empty if there was none
     */
    record NotTaken(Exception cause, Set<String> accepted) implements SendOnceResult {
    }

    /** The key stands for another mail or mail server. Nothing was sent. */
    record KeyReused() implements SendOnceResult {
    }

    /** The ledger is away. Nothing was sent. */
    record LedgerAway(LedgerUnavailableException cause) implements SendOnceResult {
    }
}
