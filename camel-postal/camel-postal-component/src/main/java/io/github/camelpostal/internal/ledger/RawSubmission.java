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

import io.github.camelpostal.ledger.LedgerRow;
import io.github.camelpostal.ledger.StoredCopy;

/** One call of {@code send/raw} with a given Message-ID. Never repeats a call by itself. */
@FunctionalInterface
public interface RawSubmission {

    /**
     * Submits the mail to these recipients. A runtime exception counts as {@link Outcome.Unclear}.
     *
     * @param row        the key's, with the Message-ID, and with those who are left out: every submission of a key is the same mail
     * @param recipients some or all of the row's
     */
    Outcome submit(LedgerRow row, List<String> recipients);

    /** What is certain after a call. */
    sealed interface Outcome {

        /** Postal said success. From recipient, as submitted, to what was stored for it. */
        record Taken(Map<String, StoredCopy> copies) implements Outcome {
        }

        /** Certainly nothing was stored: refused by Postal, no access, or no connection. */
        record NotTaken(Exception cause) implements Outcome {
        }

        /** The request was sent, at least in part, and no complete, understandable response came back. */
        record Unclear(Exception cause) implements Outcome {
        }
    }
}
