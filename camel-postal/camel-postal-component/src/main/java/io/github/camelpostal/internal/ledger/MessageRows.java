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

/** Reads the messages of one mail server by id, which is the only way Postal offers (protocol 2.12). */
@FunctionalInterface
public interface MessageRows {

    /**
     * @param  atMost                   how long the call may take
     * @return                          the row; empty only if Postal itself said that it has none
     * @throws RowsUnavailableException if Postal could not be asked: that says nothing about the row
     */
    Optional<MessageRow> read(long id, Duration atMost);

    /** Postal could not be asked. */
    final class RowsUnavailableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public RowsUnavailableException(Throwable cause) {
            super("Cannot read messages at Postal", cause);
        }
    }
}
